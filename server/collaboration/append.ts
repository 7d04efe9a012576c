import { setTimeout as sleep } from 'node:timers/promises'
import { arrayLiteral, type PreparingDatabase } from '#db/client.ts'
import type { Clock } from '#server/calendar.ts'
import type { Log } from '#server/log.ts'

/** Durable; refused, because the text is closed; or not written. */
export type Outcome = 'written' | 'closed' | 'failed'

/** An edit that passed every check and is not yet durable. `accountId` is null when the server itself wrote it. */
export type Edit = { liveTextId: string; update: Uint8Array; accountId: string | null }

/** How long an edit may wait to be written before its authors are told that it is not. */
const PATIENCE_MS = 2_000
const RETRY_AFTER_MS = [50, 150, 300, 600]
/** A statement that took so many edits tells that many people are typing. */
const MANY = 4
const REST_MS = { onServer: { few: 0, many: 2 }, inProcess: { few: 2, many: 4 } }
const LARGEST_BATCH = 500
const MOST_REMEMBERED = 10_000
/** Pages try again more often than this: a text whose last edit failed longer ago has nobody who waits. */
const FAILING_MS = 60_000

type Dated = Edit & { receivedAt: Date }

type Waiting = Dated & {
  giveUpAt: number
  settle: (outcome: Outcome) => void
}

/**
 * The journal of live texts. All edits of one turn of the event loop, and those that came while the previous ones were
 * being written, are one statement.
 */
export class Journal {
  readonly #db: PreparingDatabase
  readonly #clock: Clock
  readonly #log: Log
  readonly #onLate: (liveTextId: string) => void
  readonly #unsettled = new Set<Waiting>()
  /** Texts in which somebody has written, as far as this process remembers. */
  readonly #begun = new Set<string>()
  /** When the last edit of a text failed, if none has been written since. */
  readonly #failedAt = new Map<string, number>()
  #queue: Waiting[] = []
  #writing = false
  #restUntil = 0

  /** @param onLate called when an edit of this text has failed, or has waited for two seconds, written in the end or not. */
  constructor(options: { db: PreparingDatabase; clock: Clock; log: Log; onLate: (liveTextId: string) => void }) {
    this.#db = options.db
    this.#clock = options.clock
    this.#log = options.log
    this.#onLate = options.onLate
  }

  /** Writes an edit. Settles when the outcome is certain: a statement that hangs keeps it pending. */
  append(edit: Edit): Promise<Outcome> {
    const { promise, resolve } = Promise.withResolvers<Outcome>()
    const late = setTimeout(() => this.#onLate(edit.liveTextId), PATIENCE_MS)
    const waiting: Waiting = {
      ...edit,
      receivedAt: this.#clock.now(),
      giveUpAt: performance.now() + PATIENCE_MS,
      settle: outcome => {
        clearTimeout(late)
        this.#unsettled.delete(waiting)
        if (outcome === 'failed') {
          this.#failedAt.set(edit.liveTextId, performance.now())
          this.#onLate(edit.liveTextId)
        } else if (this.#failedAt.size > 0) {
          this.#failedAt.delete(edit.liveTextId)
        }
        resolve(outcome)
      },
    }
    this.#unsettled.add(waiting)
    this.#queue.push(waiting)
    if (!this.#writing) {
      this.#writing = true
      setImmediate(() => void this.#writeAll())
    }
    return promise
  }

  /** Texts with an edit received and not yet durable. */
  unsaved(): number {
    return new Set([...this.#unsettled].map(edit => edit.liveTextId)).size
  }

  /** Texts of which edits are given back to their authors, because they cannot be written. */
  failing(): number {
    for (const [id, at] of this.#failedAt) if (performance.now() - at > FAILING_MS) this.#failedAt.delete(id)
    return this.#failedAt.size
  }

  /** What is not durable yet. */
  pending(): Dated[] {
    return [...this.#unsettled].map(({ liveTextId, update, accountId, receivedAt }) => ({
      liveTextId,
      update,
      accountId,
      receivedAt,
    }))
  }

  async #writeAll(): Promise<void> {
    while (this.#queue.length > 0) {
      const rest = this.#restUntil - performance.now()
      if (rest > 0) await sleep(rest)
      const batch = this.#queue.slice(0, LARGEST_BATCH)
      this.#restUntil = performance.now() + this.#restAfter(batch.length)
      this.#queue = this.#queue.slice(LARGEST_BATCH)
      try {
        await this.#write(batch)
      } catch (error) {
        // One text's trouble is not another's: each is tried again alone, and the next batch does not wait for them.
        for (const group of Map.groupBy(batch, edit => edit.liveTextId).values()) void this.#writeAgain(group, error)
      }
    }
    this.#writing = false
  }

  /** Least time between the starts of two statements: many people typing share them, one person does not wait. */
  #restAfter(edits: number): number {
    return REST_MS[this.#db.inProcess ? 'inProcess' : 'onServer'][edits >= MANY ? 'many' : 'few']
  }

  async #writeAgain(group: Waiting[], firstError: unknown): Promise<void> {
    let lastError = firstError
    const giveUpAt = Math.min(...group.map(edit => edit.giveUpAt))
    for (const delay of RETRY_AFTER_MS) {
      if (performance.now() + delay >= giveUpAt) break
      await sleep(delay)
      try {
        return await this.#write(group)
      } catch (error) {
        lastError = error
      }
    }
    this.#log.error({ err: lastError, liveTextId: group[0]?.liveTextId, edits: group.length }, 'live edits not written')
    for (const edit of group) edit.settle('failed')
  }

  async #write(batch: Waiting[]): Promise<void> {
    const begun = batch.every(edit => this.#begun.has(edit.liveTextId))
    const open = await appendToOpenTexts(this.#db, batch, begun)
    if (this.#begun.size > MOST_REMEMBERED) this.#begun.clear()
    for (const id of open) this.#begun.add(id)
    for (const edit of batch) edit.settle(open.has(edit.liveTextId) ? 'written' : 'closed')
  }
}

/**
 * Appends in one statement, to the texts that are open. Each text's row is locked against its sealing, so that nothing is
 * appended, hence acknowledged, once it is sealed, whichever process does it.
 *
 * @param begun every text has been written in already: otherwise this edit may be the one that dates it.
 * @returns the texts that were open.
 */
async function appendToOpenTexts(db: PreparingDatabase, edits: Dated[], begun: boolean): Promise<Set<string>> {
  const [only] = edits
  const rows = begun && only && edits.length === 1 ? await appendOne(db, only) : await appendAll(db, edits, begun)
  return new Set(rows.map(row => row.id))
}

function appendOne(db: PreparingDatabase, { liveTextId, update, accountId, receivedAt }: Dated) {
  const bytes = Buffer.from(update).toString('hex')
  return db.prepared<{ id: string }>(APPEND_ONE, [liveTextId, bytes, accountId, receivedAt.toISOString()])
}

function appendAll(db: PreparingDatabase, edits: Dated[], begun: boolean) {
  return db.prepared<{ id: string }>(begun ? APPEND : APPEND_AND_DATE, [
    arrayLiteral(edits.map(edit => edit.liveTextId)),
    arrayLiteral(edits.map(edit => edit.update)),
    arrayLiteral(edits.map(edit => edit.accountId)),
    arrayLiteral(edits.map(edit => edit.receivedAt.toISOString())),
  ])
}

/**
 * What one person who types costs: less than a list of one. The lock is taken in a query of its own, before the row has its
 * number: a row that had waited with it would be taken for one that the snapshot holds.
 */
const APPEND_ONE = `
  insert into live_text_updates (live_text_id, update, account_id, received_at)
  select id, decode($2::text, 'hex'), $3::uuid, $4::timestamptz
  from (select id from live_texts where id = $1::uuid and closed_at is null for key share) still_open
  returning live_text_id as id`

const APPEND = `
  insert into live_text_updates (live_text_id, update, account_id, received_at)
  select id, content, account_id, received_at
  from unnest($1::uuid[], $2::bytea[], $3::uuid[], $4::timestamptz[])
    with ordinality incoming (text_id, content, account_id, received_at, place)
  join (select id from live_texts where id = any($1::uuid[]) and closed_at is null for key share) still_open on text_id = id
  order by place
  returning live_text_id as id, received_at`

/** Apart from the append itself, which is done for every key and must cost little. */
const APPEND_AND_DATE = `
  with appended as (${APPEND}),
  dated as (
    update live_texts set first_edited_at = (select min(received_at) from appended where appended.id = live_texts.id)
    where first_edited_at is null and id in (select id from appended))
  select id from appended`
