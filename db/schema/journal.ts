import { bigserial, index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import type { JournalDetail } from '#server/vocabulary/journal-details.ts'
import { instant } from './columns.ts'
import { consortia } from './governance.ts'
import { author } from './tenant.ts'

/** The audit line that every command writes: ids only, never content. Append-only by trigger. */
export const journal = pgTable(
  'journal',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    consortiumId: uuid().references(() => consortia.id),
    at: instant().notNull(),
    by: author(),
    verb: text().notNull(),
    subjectKind: text().notNull(),
    subjectId: text().notNull(),
    detail: jsonb().$type<JournalDetail>().notNull().default({}),
  },
  table => [
    index('journal_by_consortium').on(table.consortiumId, table.at),
    index('journal_by_subject').on(table.subjectKind, table.subjectId),
  ],
)
