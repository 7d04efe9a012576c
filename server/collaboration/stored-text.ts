import { and, eq, exists, isNull, lte, sql } from 'drizzle-orm'
import * as Y from 'yjs'
import type { Database, Transaction } from '#db/client.ts'
import { among } from '#db/lists.ts'
import { liveTexts, liveTextUpdates } from '#db/schema/live-texts.ts'
import { minutes, minutesApprovals } from '#db/schema/minutes.ts'
import type { Log } from '#server/log.ts'
import { EDITOR_SCHEMA_VERSION } from '#server/vocabulary/editor-schema.ts'
import type { LiveTextKey } from '#server/vocabulary/live-texts.ts'
import { type TextFingerprint, textFingerprint } from './fingerprint.ts'
import { type SetAside, setAside } from './set-aside.ts'
import { contentOf, type ProseMirrorJSON, writeContent } from './text-content.ts'

export { sameText, type TextFingerprint, textFingerprint } from './fingerprint.ts'
export { checkAgainstSchema, type ProseMirrorJSON } from './text-content.ts'

/** There is no such live text. */
export class MissingLiveText extends Error {
  override readonly name = 'MissingLiveText'
}

/** The row is there and holds nothing: a seed is never empty, so something emptied it. Never served as a blank page. */
export class EmptyLiveText extends Error {
  override readonly name = 'EmptyLiveText'
}

/** The snapshot cannot be read. Unlike a row of the journal, nothing can stand in for it. */
export class UndecodableLiveText extends Error {
  override readonly name = 'UndecodableLiveText'
}

/** A live text rebuilt from its snapshot and its journal, with what tells its state and what it says. */
export type StoredText = RebuiltText &
  TextFingerprint & {
    /** As it is: `checkAgainstSchema` says whether it may be sealed. */
    content: ProseMirrorJSON
  }

/** A live text rebuilt from its snapshot and its journal. */
export type RebuiltText = {
  id: string
  consortiumId: string
  minutesId: string
  epoch: number
  schemaVersion: number
  doc: Y.Doc
  /** When somebody first wrote; null while the text is still the skeleton. */
  firstEditedAt: Date | null
  /** Nothing is written after this instant. */
  closedAt: Date | null
  /** The last row of the journal that is in it, and how many are not in the snapshot yet. */
  journalledThrough: number
  journalRows: number
  /** The lock under which it was read, held until the transaction ends. */
  lock: 'update' | 'share' | null
  /** Rows of the journal that could not be read, now in `live_text_undecodable`. */
  setAside: SetAside[]
}

/** The author of seeds: one number, so that one content gives one state. */
const SEED_CLIENT_ID = 1

/**
 * Makes a live text with its first content. Clients never seed: two of them would write it twice.
 *
 * @returns the id of the live text.
 * @throws Invalid when the content does not fit the schema.
 */
export async function seedLiveText(
  tx: Transaction,
  seed: LiveTextKey & { consortiumId: string; content: ProseMirrorJSON; now: Date },
): Promise<string> {
  const doc = new Y.Doc()
  doc.clientID = SEED_CLIENT_ID
  writeContent(doc, seed.content)
  const [row] = await tx
    .insert(liveTexts)
    .values({
      consortiumId: seed.consortiumId,
      minutesId: seed.minutesId,
      epoch: seed.epoch,
      schemaVersion: EDITOR_SCHEMA_VERSION,
      state: Y.encodeStateAsUpdate(doc),
      createdAt: seed.now,
    })
    .returning({ id: liveTexts.id })
  if (!row) throw new Error('live text not inserted')
  return row.id
}

/** How a live text is read: under which lock, and where the rows set aside are said. */
type Reading = { lock?: 'update' | 'share'; log?: Log }

/**
 * Reads a live text as it stands in the database. With `lock: 'update'`, in a transaction, nothing is appended until its
 * end. Rows of the journal that cannot be read are set aside, and `log` says which; their content is not for a log.
 *
 * @throws MissingLiveText, EmptyLiveText, UndecodableLiveText
 */
export async function readLiveText(
  executor: Database | Transaction,
  key: LiveTextKey,
  reading: Reading = {},
): Promise<StoredText> {
  const text = await rebuildLiveText(executor, key, reading)
  return { ...text, ...textFingerprint(text.doc), content: contentOf(text.doc) }
}

/** `readLiveText` for who does not ask what the text says: of a long one, that costs as much again. */
export async function rebuildLiveText(
  executor: Database | Transaction,
  key: LiveTextKey,
  reading: Reading = {},
): Promise<RebuiltText> {
  const { state, journal, ...row } = await readRow(executor, key, reading)
  const { doc, unreadable } = rebuild(row.id, state, journal)
  if (doc.store.clients.size === 0) throw new EmptyLiveText(`live text ${row.id} has an empty state`)
  await setAsideAll(executor, unreadable, reading)
  return {
    ...row,
    doc,
    journalledThrough: journal.reduce((last, { seq }) => Math.max(last, seq), row.journalledThrough),
    journalRows: journal.length - unreadable.length,
    lock: reading.lock ?? null,
    setAside: unreadable,
  }
}

/**
 * What agreements are compared with, for several minutes at once: minutes id → their current text, which need not be read
 * where nobody agreed. Rows of the journal that cannot be read are left for whoever opens the text to set aside.
 */
export async function readAgreedFingerprints(
  executor: Database | Transaction,
  minutesIds: readonly string[],
): Promise<Map<string, TextFingerprint>> {
  const agreement = executor
    .select({ one: sql`1` })
    .from(minutesApprovals)
    .where(eq(minutesApprovals.minutesId, liveTexts.minutesId))
  const rows = await executor
    .select(ROW_WITH_JOURNAL)
    .from(liveTexts)
    .innerJoin(minutes, and(eq(minutes.id, liveTexts.minutesId), eq(minutes.epoch, liveTexts.epoch)))
    .where(and(among(liveTexts.minutesId, minutesIds), exists(agreement)))
  return new Map(
    rows.map(row => [row.minutesId, textFingerprint(rebuild(row.id, row.state, row.journal.map(decodeEntry)).doc)]),
  )
}

/**
 * Reads a live text into a document that is empty. Reads it once: what a second copy would be for is done before, or when
 * it fails.
 *
 * @returns `whole`, what the document holds, as an update.
 * @throws MissingLiveText, EmptyLiveText, UndecodableLiveText
 */
export async function loadLiveText(
  db: Database,
  key: LiveTextKey,
  doc: Y.Doc,
  reading: { log?: Log } = {},
): Promise<{ whole: Uint8Array; journalRows: number; closedAt: Date | null }> {
  const { id, state, journal, closedAt } = await readRow(db, key, reading)
  const unreadable = journal.flatMap(entry => undecodable(id, entry) ?? [])
  await setAsideAll(db, unreadable, reading)
  const aside = new Set(unreadable.map(({ seq }) => seq))
  const readable = journal.filter(({ seq }) => !aside.has(seq))
  let whole: Uint8Array = state
  doc.once('update', update => {
    whole = update
  })
  const failure = doc.transact(() => {
    applyState(id, doc, state)
    return applyAll(doc, readable)
  })
  if (failure) {
    // It decodes and yet cannot be applied. The document is spoiled: the next opening finds the row set aside.
    await rebuildLiveText(db, key, reading)
    throw new UndecodableLiveText(`the journal of live text ${id} could not be read`, { cause: failure })
  }
  if (doc.store.clients.size === 0) throw new EmptyLiveText(`live text ${id} has an empty state`)
  return { whole, journalRows: readable.length, closedAt }
}

/**
 * Closes a live text for ever, and leaves its whole content in its snapshot.
 *
 * @param text read in the same transaction with `lock: 'update'`.
 */
export async function closeLiveText(tx: Transaction, text: RebuiltText, now: Date): Promise<void> {
  await writeSnapshot(tx, text, { closedAt: now })
}

/**
 * Writes the merged state and takes the rows it holds out of the journal.
 *
 * @param text read in the same transaction with `lock: 'update'`: appended to in between, rows would be lost.
 */
export async function writeSnapshot(
  tx: Transaction,
  text: RebuiltText,
  change: { closedAt?: Date } = {},
): Promise<void> {
  if (text.lock !== 'update') throw new Error('a live text is written only under the lock it was read with')
  const written = await tx
    .update(liveTexts)
    .set({ state: Y.encodeStateAsUpdate(text.doc), journalledThrough: text.journalledThrough, ...change })
    .where(and(eq(liveTexts.id, text.id), isNull(liveTexts.closedAt)))
    .returning({ id: liveTexts.id })
  if (written.length === 0) throw new Error(`live text ${text.id} is closed`)
  await tx
    .delete(liveTextUpdates)
    .where(and(eq(liveTextUpdates.liveTextId, text.id), lte(liveTextUpdates.seq, text.journalledThrough)))
}

/** One statement, hence one instant: between two, a compaction would move rows from the journal to the snapshot. */
const ROW_WITH_JOURNAL = {
  id: liveTexts.id,
  consortiumId: liveTexts.consortiumId,
  minutesId: liveTexts.minutesId,
  epoch: liveTexts.epoch,
  schemaVersion: liveTexts.schemaVersion,
  state: liveTexts.state,
  journalledThrough: liveTexts.journalledThrough,
  firstEditedAt: liveTexts.firstEditedAt,
  closedAt: liveTexts.closedAt,
  journal: sql<[seq: number, base64: string][]>`coalesce((
    select json_agg(json_build_array(u.seq, encode(u.update, 'base64')) order by u.seq)
    from live_text_updates u where u.live_text_id = ${liveTexts.id}), '[]'::json)`,
}

async function readRow(executor: Database | Transaction, key: LiveTextKey, { lock }: Reading) {
  const here = and(eq(liveTexts.minutesId, key.minutesId), eq(liveTexts.epoch, key.epoch))
  // The lock comes first, alone: a statement that waits for it would read the journal as it was before it waited.
  if (lock) await executor.select({ id: liveTexts.id }).from(liveTexts).where(here).for(lock)
  const [row] = await executor.select(ROW_WITH_JOURNAL).from(liveTexts).where(here)
  if (!row) throw new MissingLiveText(`no live text ${key.minutesId}.${key.epoch}`)
  if (row.state.byteLength === 0) throw new EmptyLiveText(`live text ${row.id} has an empty state`)
  return { ...row, journal: row.journal.map(decodeEntry) }
}

async function setAsideAll(executor: Database | Transaction, entries: SetAside[], { log }: Reading): Promise<void> {
  for (const entry of entries) {
    await setAside(executor, entry)
    log?.error(
      { liveTextId: entry.liveTextId, seq: entry.seq, reason: entry.error },
      'unreadable row of a live text set aside',
    )
  }
}

type Entry = { seq: number; update: Uint8Array }

function decodeEntry([seq, base64]: [seq: number, base64: string]): Entry {
  return { seq, update: Buffer.from(base64, 'base64') }
}

function undecodable(id: string, entry: Entry): SetAside | null {
  try {
    Y.decodeUpdate(entry.update)
    return null
  } catch (error) {
    return { ...entry, liveTextId: id, error: reasonOf(error) }
  }
}

function rebuild(id: string, state: Uint8Array, journal: Entry[]): { doc: Y.Doc; unreadable: SetAside[] } {
  const unreadable: SetAside[] = []
  let left = journal
  for (;;) {
    const doc = new Y.Doc()
    const failure = doc.transact(() => {
      applyState(id, doc, state)
      return applyAll(doc, left)
    })
    if (!failure) return { doc, unreadable }
    // What fails may have been applied in part: start again without it.
    unreadable.push({ ...failure.entry, liveTextId: id, error: failure.error })
    left = left.filter(entry => entry !== failure.entry)
  }
}

function applyState(id: string, doc: Y.Doc, state: Uint8Array): void {
  try {
    Y.applyUpdate(doc, state)
  } catch (error) {
    throw new UndecodableLiveText(`the snapshot of live text ${id} cannot be read`, { cause: error })
  }
}

function applyAll(doc: Y.Doc, journal: Entry[]): { entry: Entry; error: string } | null {
  for (const entry of journal) {
    try {
      Y.applyUpdate(doc, entry.update)
    } catch (error) {
      return { entry, error: reasonOf(error) }
    }
  }
  return null
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
