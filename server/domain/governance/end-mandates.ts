import { eq } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { attendance, mandateProposals, mandates } from '#db/schema/index.ts'
import { Conflict } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { type JournalLine, writeJournal } from '#server/journal.ts'
import type { Ending } from './plan-designation.ts'
import { usesOf } from './uses-of-mandate.ts'

/**
 * Ends mandates, each on its last day; those that would end before they begin are erased, or, if they have served already,
 * keep that one day. One journal line each. The caller holds `lockMandates` and has judged the right; once its transaction
 * is kept it asks for `context.live.recheck()`.
 */
export async function endMandates(tx: Transaction, author: Actor, endings: readonly Ending[]): Promise<void> {
  // Those who serve a mandate come after it in the list, and must be gone before it.
  for (const { mandate, lastDay, neverWas } of endings.toReversed()) {
    if (neverWas && (await usesOf(tx, mandate.id)).length === 0) {
      await eraseMandate(tx, author, mandate.id)
      continue
    }
    const days = neverWas ? { startsOn: lastDay, carriesVoice: false } : {}
    await tx
      .update(mandates)
      .set({ endsOn: lastDay, ...days })
      .where(eq(mandates.id, mandate.id))
    await journalizeMandate(tx, author, 'mandate.end', mandate.id, { lastDay })
  }
}

/**
 * Erases a mandate as if it had never been, with the answers it gave for meetings to come. What has served stays: its
 * dates may be corrected, not its existence.
 * @throws Conflict
 */
export async function eraseMandate(tx: Transaction, author: Actor, mandateId: string): Promise<void> {
  const uses = await usesOf(tx, mandateId)
  if (uses.length > 0) throw new Conflict(`Ce mandat a déjà servi (${uses.join(', ')}) : corrigez plutôt ses dates.`)
  await tx.delete(attendance).where(eq(attendance.mandateId, mandateId))
  await tx.update(mandates).set({ replacesMandateId: null }).where(eq(mandates.replacesMandateId, mandateId))
  for (const column of ['mandateId', 'titulaireMandateId', 'replacesMandateId', 'endsMandateId'] as const) {
    await tx
      .update(mandateProposals)
      .set({ [column]: null })
      .where(eq(mandateProposals[column], mandateId))
  }
  await tx.delete(mandates).where(eq(mandates.id, mandateId))
  await journalizeMandate(tx, author, 'mandate.erase', mandateId)
}

/** The journal line of an act on a mandate. */
export function journalizeMandate(
  tx: Transaction,
  author: Actor,
  verb: `mandate.${string}`,
  mandateId: string,
  detail: JournalLine['detail'] = {},
): Promise<void> {
  const { consortiumId, now, accountId } = author
  return writeJournal(tx, {
    consortiumId,
    at: now,
    by: accountId,
    verb,
    subjectKind: 'mandate',
    subjectId: mandateId,
    detail,
  })
}
