import { decisionAnswersSeen } from '#db/schema/index.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { authorize } from '#server/habilitations/authorize.ts'
import { decisionFacts } from '#server/habilitations/load-facts.ts'
import type { Context } from '../context.ts'

/** Takes an answer off « Ce qui vous attend » of a person who has seen it. @throws NotFound (H27) */
export async function markAnswerSeen(context: Context, actor: Actor, decisionId: string): Promise<void> {
  authorize(actor, 'decision', 'read', await decisionFacts(context.db, actor, decisionId))
  await context.db
    .insert(decisionAnswersSeen)
    .values({ consortiumId: actor.consortiumId, decisionId, accountId: actor.accountId, seenAt: actor.now })
    .onConflictDoNothing()
}
