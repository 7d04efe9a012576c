import type { Actor } from '#server/habilitations/actor.ts'
import type { Context } from '../context.ts'
import { type Designation, designate } from './designate.ts'
import { governMandates } from './govern-mandates.ts'
import { loadMandateBook } from './mandate-book.ts'

/**
 * Designates somebody in an instance.
 * @throws NotFound, Forbidden (H34), VerificationNeeded, Invalid
 */
export function createMandate(
  context: Context,
  actor: Actor,
  designation: Designation,
): Promise<{ mandateId: string; accountId: string; newAccount: boolean }> {
  return governMandates(context, actor, async (tx, author) => {
    const book = await loadMandateBook(tx, { ...author, instanceIds: [designation.instanceId] })
    return designate(context, tx, author, designation, book)
  })
}
