import * as Y from 'yjs'

/** What somebody who opens a text lacks: the text at some time, and what came `since`. */
export type Answer = { whole: Uint8Array; since: Uint8Array }

/** How long what was encoded is kept after somebody asked for it: a crowd comes at once, then nobody for long. */
const KEPT_MS = 10_000
const MOST_KEPT = 20
/** What came since is sent to each who opens the text: beyond this, encoding the text again costs less. */
const MOST_SINCE = 64 * 1024
const NOTHING_SINCE = new Uint8Array([0, 0])

type Kept = Answer & {
  /** How many of the edits that came since are in `since`. */
  merged: number
}

/**
 * The answers to those who open a text. A hundred people who open it at once are in the same state, even while others are
 * typing: the text is encoded once, and what is typed meanwhile is added.
 */
export class Answers {
  readonly #kept = new Map<string, Kept>()
  /** The edits applied since the oldest answer kept. */
  #since: Uint8Array[] = []
  #sinceBytes = 0
  #expiry: NodeJS.Timeout | null = null

  /** Keeps what a client in this state lacks. */
  keep(stateVector: Uint8Array, whole: Uint8Array): Kept {
    const kept = { whole, since: NOTHING_SINCE, merged: this.#since.length }
    if (this.#kept.size < MOST_KEPT) this.#kept.set(nameOf(stateVector), kept)
    this.#expiry ??= setTimeout(() => this.forget(), KEPT_MS).unref()
    return kept
  }

  /** What a client in this state lacks of this document. */
  to(doc: Y.Doc, stateVector: Uint8Array): Answer {
    const kept = this.#kept.get(nameOf(stateVector))
    if (!kept) return this.keep(stateVector, Y.encodeStateAsUpdate(doc, stateVector))
    this.#expiry?.refresh()
    if (kept.merged < this.#since.length) {
      kept.since = Y.mergeUpdates([kept.since, ...this.#since.slice(kept.merged)])
      kept.merged = this.#since.length
    }
    return kept
  }

  /** The document has changed. */
  changed(update: Uint8Array): void {
    if (this.#kept.size === 0) return
    this.#since.push(update)
    this.#sinceBytes += update.byteLength
    if (this.#sinceBytes > MOST_SINCE) this.forget()
  }

  forget(): void {
    if (this.#expiry) clearTimeout(this.#expiry)
    this.#expiry = null
    this.#kept.clear()
    this.#since = []
    this.#sinceBytes = 0
  }
}

function nameOf(stateVector: Uint8Array): string {
  return Buffer.from(stateVector).toString('latin1')
}
