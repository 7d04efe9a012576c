import type { Editor } from '@tiptap/core'
import { useEffect, useSyncExternalStore } from 'react'
import { createPortal } from 'react-dom'
import { Icon } from '#app/components/Icon.tsx'
import { EditorIcon } from '../toolbar/EditorIcon.tsx'
import type { SlashMenuState, SlashMenuStore } from './slash-menu.ts'

const LIST_ID = 'menu-insertion'

/** The list of the `/` menu. The caret stays in the text, which says what is selected here (ARIA combobox pattern). */
export function SlashMenu({ editor, store }: { editor: Editor; store: SlashMenuStore }) {
  const state = useSyncExternalStore(store.subscribe, store.getSnapshot)
  useTextAttributes(editor, state)
  if (!state) return null
  return createPortal(
    <div className="suggestions" role="listbox" id={LIST_ID} aria-label="Insérer">
      {state.entries.map((entry, index) => (
        // The keyboard is handled where the focus is, in the text.
        // biome-ignore lint/a11y/useKeyWithClickEvents: see above.
        <div
          key={entry.name}
          id={optionId(index)}
          className="suggestion"
          role="option"
          aria-selected={index === state.selected}
          tabIndex={-1}
          onMouseDown={event => event.preventDefault()}
          onMouseMove={() => index !== state.selected && store.select(index)}
          onClick={() => state.choose(entry)}
          ref={element => {
            if (index === state.selected) element?.scrollIntoView({ block: 'nearest' })
          }}
        >
          {entry.icon.of === 'page' ? <Icon name={entry.icon.name} /> : <EditorIcon name={entry.icon.name} />}
          <span className="suggestion-label">{entry.label}</span>
          {entry.keys && (
            <span className="suggestion-keys" aria-hidden="true">
              {entry.keys}
            </span>
          )}
        </div>
      ))}
    </div>,
    state.container,
  )
}

function useTextAttributes(editor: Editor, state: SlashMenuState | null): void {
  const isOpen = state !== null
  const selected = state?.selected ?? 0
  useEffect(() => {
    const { dom } = editor.view
    if (!isOpen) return
    dom.setAttribute('aria-controls', LIST_ID)
    dom.setAttribute('aria-activedescendant', optionId(selected))
    return () => {
      dom.removeAttribute('aria-controls')
      dom.removeAttribute('aria-activedescendant')
    }
  }, [editor, isOpen, selected])
}

function optionId(index: number): string {
  return `${LIST_ID}-${index}`
}
