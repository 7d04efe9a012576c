import { NodeViewContent, NodeViewWrapper, type ReactNodeViewProps } from '@tiptap/react'
import type { ReactNode } from 'react'
import { Icon } from '#app/components/Icon.tsx'
import { useEditorSurroundings } from '../EditorContext.ts'
import { type BlockKind, BlockLabel, blockAnchor, blockLooks } from '../reading/BlockFrame.tsx'

interface BlockShellProps {
  kind: BlockKind
  word?: string
  view: ReactNodeViewProps
  /** « Supprimer la décision »; without it the block stays. */
  removeLabel?: string
  /** Controls and facts under the text. */
  children?: ReactNode
}

/** A typed block while it is written: its label and removal, its text, its controls. Only the text is typed in. */
export function BlockShell({ kind, word = blockLooks[kind].word, view, removeLabel, children }: BlockShellProps) {
  const { mayWrite } = useEditorSurroundings()
  const id: unknown = view.node.attrs.id
  return (
    <NodeViewWrapper
      as="section"
      className={`block-${kind}`}
      id={typeof id === 'string' ? blockAnchor(id) : undefined}
      role="group"
      aria-label={word}
    >
      <div className="block-head" contentEditable={false}>
        <BlockLabel kind={kind} word={word} />
        {mayWrite && removeLabel && <RemoveButton label={removeLabel} view={view} />}
      </div>
      <NodeViewContent className="block-text" />
      {children && (
        // biome-ignore lint/a11y/noStaticElementInteractions: Escape, from any of the controls, goes back to the text.
        <div
          contentEditable={false}
          onKeyDown={event => {
            if (event.key === 'Escape') view.editor.commands.focus()
          }}
        >
          {children}
        </div>
      )}
    </NodeViewWrapper>
  )
}

function RemoveButton({ label, view }: { label: string; view: ReactNodeViewProps }) {
  const { announce } = useEditorSurroundings()
  return (
    <button
      type="button"
      className="block-remove"
      aria-label={label}
      title={label}
      onClick={() => {
        view.deleteNode()
        view.editor.commands.focus()
        announce('Supprimé. Pour annuler : Contrôle Z.')
      }}
    >
      <Icon name="trash" />
    </button>
  )
}
