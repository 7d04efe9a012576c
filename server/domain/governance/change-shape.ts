import type { Transaction } from '#db/client.ts'
import { Conflict } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { type Authorized, authorize } from '#server/habilitations/authorize.ts'
import { requireVerification } from '#server/habilitations/verification.ts'
import { type JournalLine, writeJournal } from '#server/journal.ts'
import { canonicalHash } from '../canonical.ts'
import type { Context } from '../context.ts'
import { lockMandates } from './mandate-book.ts'

/** What the chef de projet administers of the consortium's shape (H31 to H33, H50). */
export type ShapeAction = 'edit' | 'editOrganisations' | 'editInstances' | 'editCompetence'

/** What an act on the shape did: its journal line, and what the caller receives. */
export type ShapeChange<Result> = Pick<JournalLine, 'verb' | 'subjectKind' | 'subjectId' | 'detail'> & {
  result: Result
}

/**
 * What every verb on the consortium's shape shares: judges the right, asks the second factor; then, in one transaction,
 * waits for whoever changes the shape or the mandates of this consortium, does the work, writes one journal line; at the
 * end, the rights of those who have a text open are judged again.
 * @throws NotFound (who is no member), Forbidden (H31, H32, H33, H50), VerificationNeeded
 */
export async function changeShape<A extends ShapeAction, Result>(
  context: Context,
  actor: Actor,
  action: A,
  work: (tx: Transaction, author: Authorized<`consortium.${A}`>) => Promise<ShapeChange<Result>>,
): Promise<Result> {
  const author = authorizeShape(actor, action)
  requireVerification(context, actor, 'forte')
  const result = await context.db.transaction(async tx => {
    await lockMandates(tx, actor.consortiumId)
    const { result, ...line } = await work(tx, author)
    await writeJournal(tx, { consortiumId: actor.consortiumId, at: actor.now, by: actor.accountId, ...line })
    return result
  })
  context.live.recheck()
  return result
}

/** The right to administer a part of the shape, for a page that leads to it. @throws NotFound, Forbidden */
export function authorizeShape<A extends ShapeAction>(actor: Actor, action: A): Authorized<`consortium.${A}`> {
  const facts = { consortiumId: actor.consortiumId }
  authorize(actor, 'consortium', 'read', facts)
  return authorize(actor, 'consortium', action, facts)
}

/** Tells one state of what a form shows from another: the form sends it back. */
export function versionOf(shown: unknown): string {
  return canonicalHash(shown).slice(0, 24)
}

/** Refuses a form made from another state than the present one. @throws Conflict */
export function checkVersion(current: string, seen: string): void {
  if (current !== seen) {
    throw new Conflict(
      'Quelqu’un d’autre a changé ces réglages pendant que vous les modifiiez. Les vôtres ne sont pas enregistrés : comparez avec ce qui est enregistré, puis enregistrez à nouveau.',
    )
  }
}
