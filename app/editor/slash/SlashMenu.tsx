import type { Editor } from '@tiptap/core'
import { useEffect, useSyncExternalStore } from 'react'
import { Icon } from '#app/components/Icon.tsx'
import { EditorIcon } from '../toolbar/EditorIcon.tsx'
import type { MenuEntry, SlashMenuState, SlashMenuStore } from './slash-menu.ts'

const LIST_ID = 'menu-insertion'

/** The list of the `/` menu, and of `@`. The caret stays in the text, which says what is selected here (ARIA combobox pattern). */
export function SlashMenu({ editor, store }: { editor: Editor; store: SlashMenuStore }) {
  const state = useSyncExternalStore(store.subscribe, store.getSnapshot)
  useTextAttributes(editor, state)
  return (
    <div
      className="suggestions-place"
      ref={place => {
        store.place = place
      }}
    >
      {state && (
        <div className="suggestions" role="listbox" id={LIST_ID} aria-label={state.label}>
          {state.entries.map((entry, index) => (
            <Option key={entry.name} entry={entry} index={index} state={state} store={store} />
          ))}
        </div>
      )}
    </div>
  )
}

interface OptionProps {
  entry: MenuEntry
  index: number
  state: SlashMenuState
  store: SlashMenuStore
}

/** Its keys are those of the text, where the focus stays. */
function Option({ entry, index, state, store }: OptionProps) {
  const isSelected = index === state.selected
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above.
    <div
      id={optionId(index)}
      className="suggestion"
      role="option"
      aria-selected={isSelected}
      tabIndex={-1}
      onMouseDown={event => event.preventDefault()}
      onMouseMove={() => isSelected || store.select(index)}
      onClick={() => state.choose(index)}
      ref={element => {
        if (isSelected && element?.parentElement) reveal(element, element.parentElement)
      }}
    >
      {entry.icon.of === 'page' ? <Icon name={entry.icon.name} /> : <EditorIcon name={entry.icon.name} />}
      <span>{entry.label}</span>
      {entry.keys && (
        <span className="suggestion-keys" aria-hidden="true">
          {entry.keys}
        </span>
      )}
    </div>
  )
}

/** Scrolls the list, and nothing else: `scrollIntoView` would move the page under the caret. */
function reveal(option: HTMLElement, list: HTMLElement): void {
  const [top, bottom] = [option.offsetTop, option.offsetTop + option.offsetHeight]
  if (top < list.scrollTop) list.scrollTop = top
  else if (bottom > list.scrollTop + list.clientHeight) list.scrollTop = bottom - list.clientHeight
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
