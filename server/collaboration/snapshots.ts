import type { Database } from '#db/client.ts'
import type { Log } from '#server/log.ts'
import type { LiveTextKey } from '#server/vocabulary/live-texts.ts'
import type { OpenText } from './open-text.ts'
import { type RebuiltText, rebuildLiveText, writeSnapshot } from './stored-text.ts'

/** A text is compacted when its journal passes one of these, and when it leaves memory. */
export type JournalLimit = { rows: number; bytes: number }
const LIMIT: JournalLimit = { rows: 1_000, bytes: 1024 * 1024 }
const RETRY_AFTER_MS = [1_000, 2_000, 5_000, 10_000, 30_000]

/** Keeps the journals short: opening a text costs its size and not its history. */
export class Snapshots {
  readonly #db: Database
  readonly #log: Log
  readonly #limit: JournalLimit
  readonly #onRecovered: (text: OpenText) => void
  readonly #running = new Map<OpenText, Promise<void>>()
  readonly #retries = new Map<OpenText, { tries: number; timer: NodeJS.Timeout }>()
  #stopped = false

  /** @param onRecovered called when a text whose snapshot had failed has one: it may leave memory. */
  constructor(options: {
    db: Database
    log: Log
    limit?: JournalLimit | undefined
    onRecovered: (text: OpenText) => void
  }) {
    this.#limit = options.limit ?? LIMIT
    this.#db = options.db
    this.#log = options.log
    this.#onRecovered = options.onRecovered
  }

  /** Counts an edit of the journal; compacts in the background when there are many. */
  count(text: OpenText, bytes: number): void {
    text.journalled.rows += 1
    text.journalled.bytes += bytes
    if (text.journalled.rows < this.#limit.rows && text.journalled.bytes < this.#limit.bytes) return
    if (this.#running.has(text) || this.#retries.has(text) || this.#stopped) return
    this.take(text).catch(() => this.#retryLater(text))
  }

  /** Compacts a text. @throws when the database does not let it: the journal still holds everything. */
  take(text: OpenText): Promise<void> {
    const running = this.#running.get(text)
    if (running) return running
    const taken = this.#take(text).finally(() => this.#running.delete(text))
    this.#running.set(text, taken)
    return taken
  }

  /** Compacts a text that leaves memory. @throws when it must stay, until a later try succeeds. */
  async takeBeforeUnload(text: OpenText): Promise<void> {
    if (text.journalled.rows === 0 || text.closed || this.#stopped) return
    try {
      await this.take(text)
    } catch {
      this.#retryLater(text)
      throw new StaysInMemory()
    }
  }

  /** No more tries; waits for those under way. */
  async stop(): Promise<void> {
    this.#stopped = true
    for (const { timer } of this.#retries.values()) clearTimeout(timer)
    this.#retries.clear()
    await Promise.allSettled(this.#running.values())
  }

  async #take(text: OpenText): Promise<void> {
    const before = { ...text.journalled }
    try {
      await compactLiveText(this.#db, text.key, this.#log)
    } catch (err) {
      this.#log.error({ err, liveTextId: text.liveTextId }, 'live text snapshot failed')
      throw err
    }
    text.journalled.rows -= before.rows
    text.journalled.bytes -= before.bytes
  }

  #retryLater(text: OpenText): void {
    if (this.#stopped || this.#retries.has(text)) return
    this.#wait(text, 0)
  }

  #wait(text: OpenText, tries: number): void {
    const delay = RETRY_AFTER_MS[Math.min(tries, RETRY_AFTER_MS.length - 1)]
    const timer = setTimeout(() => {
      this.take(text).then(
        () => {
          this.#retries.delete(text)
          this.#onRecovered(text)
        },
        () => {
          if (!this.#stopped) this.#wait(text, tries + 1)
        },
      )
    }, delay)
    this.#retries.set(text, { tries, timer })
  }
}

/** Merges the journal into the snapshot, from what the database holds and not from memory. */
export function compactLiveText(db: Database, key: LiveTextKey, log: Log): Promise<RebuiltText> {
  return db.transaction(async tx => {
    const text = await rebuildLiveText(tx, key, { lock: 'update', log })
    if (text.closedAt === null && text.journalRows > 0) await writeSnapshot(tx, text)
    return text
  })
}

/** Vetoes an unloading; without a message, Hocuspocus writes nothing about it. */
class StaysInMemory extends Error {}
