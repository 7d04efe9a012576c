import { eq } from 'drizzle-orm'
import { decisions } from '#db/schema/index.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import type { Context } from '../context.ts'
import { changeDecision, checkDecisionTransition } from './change-decision.ts'
import { appendToRegister } from './register.ts'

/** The proposing body takes its proposal back before a result. @throws NotFound, Forbidden, Conflict (H30) */
export async function withdrawDecision(
  context: Context,
  actor: Actor,
  input: { decisionId: string; reason: string },
): Promise<void> {
  const noLock = async () => {}
  await changeDecision(context, actor, input.decisionId, 'withdraw', noLock, async (tx, author, decision) => {
    checkDecisionTransition(decision, 'retiree')
    await tx
      .update(decisions)
      .set({
        state: 'retiree',
        withdrawnAt: author.now,
        withdrawnBy: author.accountId,
        withdrawnReason: input.reason,
      })
      .where(eq(decisions.id, decision.id))
    await appendToRegister(tx, {
      consortiumId: author.consortiumId,
      decisionId: decision.id,
      kind: 'withdrawn',
      payload: { reason: input.reason },
      at: author.now,
      by: author.accountId,
    })
  })
}
