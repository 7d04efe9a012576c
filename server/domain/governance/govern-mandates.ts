import type { Transaction } from '#db/client.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { type Authorized, authorize } from '#server/habilitations/authorize.ts'
import { requireVerification } from '#server/habilitations/verification.ts'
import type { Context } from '../context.ts'
import { lockMandates } from './mandate-book.ts'

/** Who may designate, judged. @throws NotFound, Forbidden (H34) */
export function mandateGovernor(actor: Actor): Authorized<'consortium.editMandates'> {
  return authorize(actor, 'consortium', 'editMandates', { consortiumId: actor.consortiumId })
}

/**
 * What every verb on mandates, functions and people of a consortium shares: the right and the second factor, one transaction
 * that waits for the one before, then everyone who has a text open is judged again.
 * @throws NotFound, Forbidden (H34), VerificationNeeded
 */
export async function governMandates<Result>(
  context: Context,
  actor: Actor,
  work: (tx: Transaction, author: Authorized<'consortium.editMandates'>) => Promise<Result>,
): Promise<Result> {
  const author = mandateGovernor(actor)
  requireVerification(context, actor, 'forte')
  const result = await context.db.transaction(async tx => {
    await lockMandates(tx, actor.consortiumId)
    return work(tx, author)
  })
  context.live.recheck()
  return result
}
