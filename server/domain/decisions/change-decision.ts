import { eq } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { decisions } from '#db/schema/index.ts'
import { Conflict } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { type Authorized, authorize } from '#server/habilitations/authorize.ts'
import { decisionFacts } from '#server/habilitations/load-facts.ts'
import type { ActionOn } from '#server/habilitations/rules.ts'
import { writeJournal } from '#server/journal.ts'
import { type DecisionState, decisionTransitions } from '#server/vocabulary/decisions.ts'
import type { Context } from '../context.ts'
import { lockRegister } from './register.ts'

export type DecisionRow = typeof decisions.$inferSelect

/**
 * What every verb on a decision shares: in one transaction, locks the register's head, judges the right on the decision as
 * it now stands, does the work, writes one journal line.
 *
 * @param lockFirst takes the locks that come before the register's (a meeting's row).
 * @param verb what the journal says was done, when one right covers several acts
 * @throws NotFound, Forbidden, Conflict
 */
export async function changeDecision<A extends ActionOn<'decision'>, Result>(
  context: Context,
  actor: Actor,
  decisionId: string,
  action: A,
  lockFirst: (tx: Transaction) => Promise<unknown>,
  work: (tx: Transaction, author: Authorized<`decision.${A}`>, decision: DecisionRow) => Promise<Result>,
  verb: string = `decision.${action}`,
): Promise<Result> {
  authorize(actor, 'decision', action, await decisionFacts(context.db, actor, decisionId))
  return context.db.transaction(async tx => {
    await lockFirst(tx)
    await lockRegister(tx, actor.consortiumId)
    const [decision] = await tx.select().from(decisions).where(eq(decisions.id, decisionId))
    if (!decision) throw new Error('a decision is never deleted')
    const author = authorize(actor, 'decision', action, await decisionFacts(tx, actor, decisionId))
    const result = await work(tx, author, decision)
    await writeJournal(tx, {
      consortiumId: actor.consortiumId,
      at: actor.now,
      by: actor.accountId,
      verb,
      subjectKind: 'decision',
      subjectId: decisionId,
    })
    return result
  })
}

/** Checks that a decision may go from its state to another. @throws Conflict */
export function checkDecisionTransition(decision: { state: DecisionState }, next: DecisionState): void {
  if (!decisionTransitions[decision.state].includes(next)) {
    throw new Conflict('Cette décision a changé d’état entre-temps. Rechargez la page.')
  }
}
