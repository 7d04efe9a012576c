import type { Document } from '@hocuspocus/server'
import * as Y from 'yjs'
import { type LiveTextKey, type LiveTextMessage, liveTextName } from '#server/vocabulary/live-texts.ts'
import { type Answer, Answers } from './answers.ts'
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
  readonly #answers = new Answers()

  constructor(key: LiveTextKey, liveTextId: string) {
    this.key = key
    this.name = liveTextName(key)
    this.liveTextId = liveTextId
  }

  /** The text has been read into memory. @param stored.whole what it holds, as an update */
  loaded(document: Document, stored: { whole: Uint8Array; journalRows: number }): void {
    // Hocuspocus would send what has just been read to those who are then there, besides the answer to their question.
    document.flush()
    this.document = document
    this.#byteLength = stored.whole.byteLength
    this.journalled = { rows: stored.journalRows, bytes: 0 }
    this.#answers.forget()
    this.#answers.keep(NOTHING, stored.whole)
    document.on('update', update => this.#answers.changed(update))
  }

  /** The text has left memory. */
  unloaded(): void {
    this.document = null
    this.#answers.forget()
  }

  /** What a client in this state lacks. */
  missingFrom(document: Document, stateVector: Uint8Array): Answer {
    return this.#answers.to(document, stateVector)
  }

  /** Applies an edit that is in the journal; those who have the text open receive it in this turn of the event loop. */
  apply(document: Document, update: Uint8Array): void {
    Y.applyUpdate(document, update, JOURNALLED)
    this.#byteLength += update.byteLength
  }

  /** Whether the text would pass this size. Edits count whole until then; deleting and merging make a text smaller. */
  wouldExceed(limit: number, document: Document, update: Uint8Array): boolean {
    if (this.#byteLength + update.byteLength <= limit) return false
    this.#byteLength = Y.encodeStateAsUpdate(document).byteLength
    return this.#byteLength + update.byteLength > limit
  }

  /** Tells everyone who has the text open, after the edits that came before. */
  tell(message: LiveTextMessage): void {
    this.document?.flush()
    this.document?.broadcastStateless(JSON.stringify(message))
  }
}

/** State vector of a client that has nothing. */
const NOTHING = new Uint8Array([0])

/** Hocuspocus has nothing to store. */
const JOURNALLED = { source: 'local', skipStoreHooks: true } as const
