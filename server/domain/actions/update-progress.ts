import { eq } from 'drizzle-orm'
import { actionItems } from '#db/schema/index.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { authorize } from '#server/habilitations/authorize.ts'
import { actionFacts } from '#server/habilitations/load-facts.ts'
import { writeJournal } from '#server/journal.ts'
import type { ActionState } from '#server/vocabulary/actions.ts'
import type { Context } from '../context.ts'

/** Says where an action stands; any state may follow any other, so that a slip is undone. @throws NotFound, Forbidden (H26) */
export async function updateProgress(
  context: Context,
  actor: Actor,
  input: { actionId: string; state: ActionState },
): Promise<void> {
  await context.db.transaction(async tx => {
    const facts = await actionFacts(tx, actor, input.actionId)
    authorize(actor, 'action', 'updateProgress', facts)
    await tx
      .update(actionItems)
      .set({ state: input.state, updatedAt: actor.now, updatedBy: actor.accountId })
      .where(eq(actionItems.id, input.actionId))
    await writeJournal(tx, {
      consortiumId: actor.consortiumId,
      at: actor.now,
      by: actor.accountId,
      verb: 'action.updateProgress',
      subjectKind: 'action',
      subjectId: input.actionId,
      detail: { state: { before: facts.actionState, after: input.state } },
    })
  })
}
