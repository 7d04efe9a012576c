import type { Database, Transaction } from '#db/client.ts'
import { journal } from '#db/schema/index.ts'
import type { JournalDetail } from './vocabulary/journal-details.ts'

export type JournalLine = {
  consortiumId: string | null
  at: Date
  by: string | null
  verb: string
  subjectKind: string
  subjectId: string
  /** Identifiers and states only, never content. */
  detail?: JournalDetail
}

/** The audit line that every command writes, in its own transaction. */
export async function writeJournal(db: Database | Transaction, line: JournalLine): Promise<void> {
  await db.insert(journal).values(line)
}
