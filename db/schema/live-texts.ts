import { bigint, bigserial, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { accounts } from './accounts.ts'
import { bytes, id, instant } from './columns.ts'
import { consortia } from './governance.ts'
import { minutes } from './minutes.ts'

/** A live text: a snapshot plus the journal that follows it. One row for each epoch of the minutes. */
export const liveTexts = pgTable(
  'live_texts',
  {
    id: id(),
    consortiumId: uuid()
      .notNull()
      .references(() => consortia.id),
    minutesId: uuid()
      .notNull()
      .references(() => minutes.id),
    epoch: integer().notNull(),
    schemaVersion: integer().notNull(),
    /** Yjs update that merges the seed and the journal up to `journalledThrough`. */
    state: bytes().notNull(),
    journalledThrough: bigint({ mode: 'number' }).notNull().default(0),
    createdAt: instant().notNull(),
    /** When somebody first wrote: until then the skeleton follows the agenda. */
    firstEditedAt: instant(),
    /** Nothing is appended after this instant. */
    closedAt: instant(),
  },
  table => [unique('live_texts_once').on(table.minutesId, table.epoch, table.consortiumId)],
)

/** The journal: an update stands here before it is applied, sent on or acknowledged. Each key typed pays for its one index. */
export const liveTextUpdates = pgTable(
  'live_text_updates',
  {
    seq: bigserial({ mode: 'number' }),
    liveTextId: uuid()
      .notNull()
      .references(() => liveTexts.id),
    update: bytes().notNull(),
    /** Null when the server itself wrote. */
    accountId: uuid().references(() => accounts.id),
    receivedAt: instant().notNull(),
  },
  table => [primaryKey({ columns: [table.liveTextId, table.seq] })],
)

/** Rows of the journal that could not be decoded at load: set aside, never lost, never fatal. */
export const liveTextUndecodable = pgTable('live_text_undecodable', {
  seq: bigint({ mode: 'number' }).primaryKey(),
  liveTextId: uuid()
    .notNull()
    .references(() => liveTexts.id),
  update: bytes().notNull(),
  error: text().notNull(),
  setAsideAt: instant().notNull(),
})
