import { Extension } from '@tiptap/core'
import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { type EditorState, Plugin, type Transaction } from '@tiptap/pm/state'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import { isTypedBlock } from './block-commands.ts'

/**
 * Each typed block has an identity, and no two the same one: the register of decisions is made from them. What someone
 * does here is mended here, at once; what comes from others was mended where it was done.
 */
export const BlockIds = Extension.create<{ newId: () => string }>({
  name: 'blockIds',
  addOptions: () => ({ newId: () => crypto.randomUUID() }),
  addProseMirrorPlugins() {
    const { newId } = this.options
    return [
      new Plugin({
        appendTransaction: (transactions, _before, state) =>
          transactions.some(tr => tr.docChanged) && !transactions.some(isFromOthers) ? mended(state, newId) : null,
      }),
    ]
  },
})

/** Gives an id to the blocks without one, another to the second of two; null when there is nothing to mend. */
export function mended(state: EditorState, newId: () => string): Transaction | null {
  const tr = state.tr
  const seen = new Set<string>()
  state.doc.descendants((node, position) => {
    const attribute = identityOf(node)
    const id: string | null = attribute ? node.attrs[attribute] : null
    if (attribute === 'id' && (id === null || seen.has(id))) tr.setNodeAttribute(position, 'id', newId())
    // Two headings made of one by a split: the agenda item is the first one's.
    else if (attribute === 'agendaItemId' && id !== null && seen.has(id))
      tr.setNodeAttribute(position, 'agendaItemId', null)
    if (id !== null) seen.add(id)
    return !node.isTextblock
  })
  return tr.docChanged ? tr : null
}

function identityOf(node: ProseMirrorNode): 'id' | 'agendaItemId' | null {
  if (isTypedBlock(node)) return 'id'
  return node.type.name === 'heading' ? 'agendaItemId' : null
}

function isFromOthers(tr: Transaction): boolean {
  const meta: unknown = tr.getMeta(ySyncPluginKey)
  return typeof meta === 'object' && meta !== null && 'isChangeOrigin' in meta && meta.isChangeOrigin === true
}
