import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { consortiumFunctions } from '#db/schema/index.ts'
import { Invalid, NotFound } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { uuidOrNone } from '#server/habilitations/load-facts.ts'
import { type JournalLine, writeJournal } from '#server/journal.ts'

export type FunctionRow = typeof consortiumFunctions.$inferSelect

/** A function of the consortium. @throws NotFound */
export async function functionIn(tx: Transaction, actor: Actor, functionId: string): Promise<FunctionRow> {
  const [row] = await tx
    .select()
    .from(consortiumFunctions)
    .where(
      and(eq(consortiumFunctions.id, uuidOrNone(functionId)), eq(consortiumFunctions.consortiumId, actor.consortiumId)),
    )
  if (!row) throw new NotFound()
  return row
}

/** The journal line of an act on a function. */
export function journalizeFunction(
  tx: Transaction,
  author: Actor,
  verb: `function.${string}`,
  functionId: string,
  detail: JournalLine['detail'] = {},
): Promise<void> {
  return writeJournal(tx, {
    consortiumId: author.consortiumId,
    at: author.now,
    by: author.accountId,
    verb,
    subjectKind: 'function',
    subjectId: functionId,
    detail,
  })
}

/** What is wrong with one field. */
export function invalid(field: string, message: string): Invalid {
  return new Invalid(message, { [field]: [message] })
}
