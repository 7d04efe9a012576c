import type { Document } from '@hocuspocus/server'
import * as Y from 'yjs'
import { type LiveTextKey, type LiveTextMessage, liveTextName } from '#server/vocabulary/live-texts.ts'
import type { LiveSocket } from './live-socket.ts'

/** A live text that somebody has open, or is opening. */
export class OpenText {
  readonly key: LiveTextKey
  readonly name: string
  readonly liveTextId: string
  readonly sockets = new Set<LiveSocket>()
  /** In memory, once loaded. Holds nothing that is not in the journal. */
  document: Document | null = null
  /** Under way, when it is being read into memory. */
  loading: Promise<unknown> | null = null
  /** Sealed: nothing is taken any more. */
  closed = false
  /** Edits that the snapshot does not hold yet. */
  journalled = { rows: 0, bytes: 0 }
  #byteLength = 0
  readonly #answers = new Map<string, Uint8Array>()

  constructor(key: LiveTextKey, liveTextId: string) {
    this.key = key
    this.name = liveTextName(key)
    this.liveTextId = liveTextId
  }

  /** The text has been read into memory. */
  loaded(document: Document, size: { byteLength: number; journalRows: number }): void {
    this.document = document
    this.#byteLength = size.byteLength
    this.journalled = { rows: size.journalRows, bytes: 0 }
    this.#answers.clear()
    document.on('update', () => this.#answers.clear())
  }

  /** The text has left memory. */
  unloaded(): void {
    this.document = null
    this.#answers.clear()
  }

  /**
   * What a client in this state lacks. Encoded once for each version of the text and state of client: a hundred people
   * opening a text at once are all in the same one.
   */
  missingFrom(document: Document, stateVector: Uint8Array): Uint8Array {
    const key = Buffer.from(stateVector).toString('latin1')
    const known = this.#answers.get(key)
    if (known) return known
    const answer = Y.encodeStateAsUpdate(document, stateVector)
    if (this.#answers.size < LARGEST_CACHE) this.#answers.set(key, answer)
    return answer
  }

  /** Applies an edit that is in the journal; those who have the text open receive it in this turn of the event loop. */
  apply(document: Document, update: Uint8Array): void {
    Y.applyUpdate(document, update, JOURNALLED)
    this.#byteLength += update.byteLength
  }

  /** Whether the text would pass this size. Edits count whole until then; deleting and merging make a text smaller. */
  wouldExceed(limit: number, document: Document, update: Uint8Array): boolean {
    if (this.#byteLength + update.byteLength <= limit) return false
    this.#byteLength = this.missingFrom(document, NOTHING).byteLength
    return this.#byteLength + update.byteLength > limit
  }

  /** Tells everyone who has the text open, after the edits that came before. */
  tell(message: LiveTextMessage): void {
    this.document?.flush()
    this.document?.broadcastStateless(JSON.stringify(message))
  }
}

const LARGEST_CACHE = 20

/** State vector of a client that has nothing. */
const NOTHING = new Uint8Array([0])

/** Hocuspocus has nothing to store. */
const JOURNALLED = { source: 'local', skipStoreHooks: true } as const
