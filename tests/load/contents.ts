/** Whether two replicas are the same, for processes that compare theirs. */
import { createHash } from 'node:crypto'
import * as Y from 'yjs'
import { EDITOR_FRAGMENT } from '#server/vocabulary/editor-schema.ts'

/** A state vector lists its clients in any order. */
export function sortedVector(vector: Uint8Array): string {
  return JSON.stringify([...Y.decodeStateVector(vector)].sort(([a], [b]) => a - b))
}

/** The words and their structure. */
export function digestOf(doc: Y.Doc): string {
  return createHash('sha256').update(doc.getXmlFragment(EDITOR_FRAGMENT).toJSON()).digest('hex')
}
