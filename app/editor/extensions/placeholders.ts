import { Extension } from '@tiptap/core'
import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { type EditorState, Plugin } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'

/** What is to be written in what is empty: said in the text itself, gone with the first letter. */
export const Placeholders = Extension.create({
  name: 'minutesPlaceholders',
  addProseMirrorPlugins() {
    const { editor } = this
    return [
      new Plugin({
        props: {
          decorations: state => (editor.isEditable ? DecorationSet.create(state.doc, placeholders(state)) : null),
        },
      }),
    ]
  },
})

function placeholders(state: EditorState): Decoration[] {
  const found: Decoration[] = []
  state.doc.descendants((node, position, parent, index) => {
    if (!node.isTextblock) return true
    if (node.content.size > 0) return false
    const current = state.selection.empty && state.selection.$from.parent === node
    const words = placeholderFor(node, parent, index, current)
    if (words)
      found.push(
        Decoration.node(position, position + node.nodeSize, { class: 'is-empty', style: `--placeholder: "${words}"` }),
      )
    return false
  })
  return found
}

function placeholderFor(
  node: ProseMirrorNode,
  parent: ProseMirrorNode | null,
  index: number,
  current: boolean,
): string | null {
  switch (parent?.type.name) {
    case 'decision':
      if (index === 0) return 'Texte de la décision'
      return index === 1 ? 'Motifs (facultatif)' : null
    case 'essential':
      return parent.childCount === 1 ? 'Ce qu’il faut retenir de la réunion, en trois lignes' : null
  }
  switch (node.type.name) {
    case 'action':
      return 'Ce qu’il faut faire'
    case 'vigilance':
      return 'Ce à quoi il faut veiller'
    case 'heading':
      return 'Titre'
    default:
      return current && parent?.type.name === 'doc'
        ? 'Écrivez, ou tapez / pour insérer une décision, une action…'
        : null
  }
}
