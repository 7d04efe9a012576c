import type { Editor } from '@tiptap/core'
import { forwardRef, type ReactNode, useId, useImperativeHandle, useState } from 'react'
import { Icon } from '#app/components/Icon.tsx'
import { useEditorValue } from '../useEditorValue.ts'
import { EditorIcon } from './EditorIcon.tsx'
import { type EditorEntry, editorEntries } from './entries.ts'
import { useRovingFocus } from './useRovingFocus.ts'

export interface ToolbarHandle {
  focus(): void
}

interface ToolbarProps {
  editor: Editor
  /** Id of the text it acts upon. */
  controls: string
  onLink: () => void
  /** What was just said, at the end of the bar: « Tout est enregistré ». */
  echo: ReactNode
}

/** The tools, in one row; on a narrow screen the formatting ones unfold below. */
export const Toolbar = forwardRef<ToolbarHandle, ToolbarProps>(function Toolbar(
  { editor, controls, onLink, echo },
  ref,
) {
  const { toolbarProps, tabIndex, focus } = useRovingFocus('undo')
  const [unfolded, setUnfolded] = useState(false)
  const formatId = useId()
  const states = useEditorValue(editor, entryStates)
  useImperativeHandle(ref, () => ({ focus }), [focus])

  const buttons = (group: EditorEntry['group']) =>
    editorEntries
      .filter(entry => entry.group === group && entry.name !== 'paragraph')
      .map(entry => (
        <ToolButton
          key={entry.name}
          entry={entry}
          state={states[entry.name]}
          tabIndex={tabIndex(entry.name)}
          onUse={() => entry.run(editor)}
        />
      ))

  return (
    <div
      {...toolbarProps}
      className="toolbar"
      role="toolbar"
      aria-label="Outils d’écriture"
      aria-controls={controls}
      data-unfolded={unfolded || undefined}
    >
      <div className="toolbar-group">{buttons('history')}</div>
      <div className="toolbar-group">{buttons('blocks')}</div>
      <button
        type="button"
        className="toolbar-button toolbar-fold"
        data-roving="format"
        tabIndex={tabIndex('format')}
        aria-expanded={unfolded}
        aria-controls={formatId}
        onClick={() => setUnfolded(!unfolded)}
      >
        <EditorIcon name="format" />
        <span className="toolbar-label">Mise en forme</span>
      </button>
      <div className="toolbar-echo">{echo}</div>
      <div className="toolbar-format" id={formatId}>
        <div className="toolbar-group">{buttons('structure')}</div>
        <div className="toolbar-group">
          {buttons('marks')}
          <button
            type="button"
            className="toolbar-button"
            data-roving="link"
            tabIndex={tabIndex('link')}
            aria-label="Lien"
            aria-pressed={states.link?.active ?? false}
            aria-haspopup="dialog"
            title="Lien (Ctrl+K)"
            onMouseDown={keepSelection}
            onClick={onLink}
          >
            <Icon name="link" />
          </button>
        </div>
      </div>
    </div>
  )
})

interface EntryState {
  active: boolean
  possible: boolean
}

interface ToolButtonProps {
  entry: EditorEntry
  state: EntryState | undefined
  tabIndex: number
  onUse: () => void
}

function ToolButton({ entry, state, tabIndex, onUse }: ToolButtonProps) {
  const possible = state?.possible ?? false
  const withWords = entry.group === 'blocks'
  return (
    <button
      type="button"
      className="toolbar-button"
      data-roving={entry.name}
      tabIndex={tabIndex}
      aria-label={withWords ? undefined : entry.label}
      aria-pressed={entry.isActive ? (state?.active ?? false) : undefined}
      // Not `disabled`: the focus would be lost when the last thing is undone.
      aria-disabled={possible ? undefined : true}
      title={entry.keys ? `${entry.label} (${entry.keys})` : entry.label}
      onMouseDown={keepSelection}
      onClick={possible ? onUse : undefined}
    >
      {entry.icon.of === 'page' ? <Icon name={entry.icon.name} /> : <EditorIcon name={entry.icon.name} />}
      {withWords && <span className="toolbar-label">{entry.label}</span>}
    </button>
  )
}

/** A click on a tool must not take the caret out of the text; the keyboard still reaches it. */
function keepSelection(event: { preventDefault(): void }): void {
  event.preventDefault()
}

function entryStates(editor: Editor): Record<string, EntryState> {
  return {
    ...Object.fromEntries(
      editorEntries.map(entry => [
        entry.name,
        { active: entry.isActive?.(editor) ?? false, possible: entry.isPossible(editor) },
      ]),
    ),
    link: { active: editor.isActive('link'), possible: true },
  }
}
