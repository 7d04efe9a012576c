import { Extension } from '@tiptap/core'
import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { Plugin } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { headingAnchor } from '../reading/outline.ts'

/** Gives each heading the anchor it has on the reading page, so that the outline leads to it. */
export const HeadingAnchors = Extension.create({
  name: 'headingAnchors',
  addProseMirrorPlugins: () => [
    new Plugin({
      state: {
        init: (_config, state) => anchors(state.doc),
        apply: (tr, before) => (tr.docChanged ? anchors(tr.doc) : before),
      },
      props: {
        decorations(state) {
          return this.getState(state)
        },
      },
    }),
  ],
})

function anchors(doc: ProseMirrorNode): DecorationSet {
  const found: Decoration[] = []
  doc.descendants((node, position) => {
    if (node.type.name === 'heading') {
      const id = headingAnchor(node.attrs.agendaItemId, found.length)
      found.push(Decoration.node(position, position + node.nodeSize, { id }))
    }
    return !node.isTextblock
  })
  return DecorationSet.create(doc, found)
}
