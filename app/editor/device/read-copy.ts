import { yDocToProsemirrorJSON } from '@tiptap/y-tiptap'
import * as Y from 'yjs'
import { EDITOR_FRAGMENT } from '#server/vocabulary/editor-schema.ts'
import type { TextNode } from '../reading/text-node.ts'
import { DeviceCopy } from './DeviceCopy.ts'
import type { UnsentText } from './registry.ts'

/** What an author wrote that the server did not take: the text before it, and with it. */
export interface RefusedEdits {
  before: TextNode
  after: TextNode
}

/** Reads what the device keeps of a text, without sending it anywhere; null when nothing readable is there. */
export async function readCopy(text: UnsentText): Promise<RefusedEdits | null> {
  const doc = new Y.Doc()
  const copy = new DeviceCopy(doc, text)
  try {
    const restored = await copy.restore()
    if (!restored) return null
    return {
      before: restored.acknowledged ?? { type: 'doc', content: [] },
      after: yDocToProsemirrorJSON(doc, EDITOR_FRAGMENT) as TextNode,
    }
  } finally {
    await copy.close()
    doc.destroy()
  }
}
