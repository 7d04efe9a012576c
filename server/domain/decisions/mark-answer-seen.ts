import { decisionAnswersSeen } from '#db/schema/index.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { authorize } from '#server/habilitations/authorize.ts'
import { decisionFacts } from '#server/habilitations/load-facts.ts'
import { writeJournal } from '#server/journal.ts'
import type { Context } from '../context.ts'

/** Takes an answer off « Ce qui vous attend » of a person who has seen it. @throws NotFound (H27) */
export async function markAnswerSeen(context: Context, actor: Actor, decisionId: string): Promise<void> {
  authorize(actor, 'decision', 'read', await decisionFacts(context.db, actor, decisionId))
  const { consortiumId, accountId, now } = actor
  await context.db.transaction(async tx => {
    const seen = await tx
      .insert(decisionAnswersSeen)
      .values({ consortiumId, decisionId, accountId, seenAt: now })
      .onConflictDoNothing()
      .returning({ decisionId: decisionAnswersSeen.decisionId })
    if (seen.length === 0) return
    await writeJournal(tx, {
      consortiumId,
      at: now,
      by: accountId,
      verb: 'decision.read',
      subjectKind: 'decision',
      subjectId: decisionId,
    })
  })
}
