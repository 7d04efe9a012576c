import type { Content } from '@tiptap/core'
import Collaboration from '@tiptap/extension-collaboration'
import { initProseMirrorDoc } from '@tiptap/y-tiptap'
import type * as Y from 'yjs'
import { EDITOR_FRAGMENT } from '#server/vocabulary/editor-schema.ts'

/**
 * The text as it is shared, from the first: the stock extension begins with an empty document and replaces it, which
 * loses the caret's first position and makes a long text twice.
 */
export function sharedText(document: Y.Doc) {
  const mapping: ReturnType<typeof initProseMirrorDoc>['mapping'] = new Map()
  return Collaboration.extend({
    onBeforeCreate(event) {
      this.parent?.(event)
      const read = initProseMirrorDoc(document.getXmlFragment(EDITOR_FRAGMENT), this.editor.schema)
      for (const [shared, node] of read.mapping) mapping.set(shared, node)
      // Tiptap takes a node as it is, though its types do not say so.
      this.editor.options.content = read.doc as unknown as Content
    },
  }).configure({ document, field: EDITOR_FRAGMENT, ySyncOptions: { mapping } })
}
