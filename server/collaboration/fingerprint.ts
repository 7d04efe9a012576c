import { createHash } from 'node:crypto'
import * as Y from 'yjs'

/** What tells one state of a text from every other: what was written, and what was deleted of it. */
export type TextFingerprint = {
  /** Yjs state vector. */
  stateVector: Uint8Array
  /** SHA-256 of the delete set, hexadecimal: a deletion alone leaves the state vector as it was. */
  deleteSetHash: string
}

/** Fingerprint of a text. Two copies that received the same updates, in any order, have the same one. */
export function textFingerprint(doc: Y.Doc): TextFingerprint {
  const deleteSet = Y.encodeSnapshot(new Y.Snapshot(Y.createDeleteSetFromStructStore(doc.store), new Map()))
  return {
    stateVector: Y.encodeStateVector(doc),
    deleteSetHash: createHash('sha256').update(deleteSet).digest('hex'),
  }
}

/** Whether nothing changed between the two. */
export function sameText(a: TextFingerprint, b: TextFingerprint): boolean {
  return a.deleteSetHash === b.deleteSetHash && Buffer.compare(a.stateVector, b.stateVector) === 0
}
