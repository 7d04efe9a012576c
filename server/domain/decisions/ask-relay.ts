import { eq } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { decisionRelayAnswers, decisionRelays } from '#db/schema/index.ts'
import { Conflict } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import type { RelayForm } from '#server/vocabulary/decision-forms.ts'
import type { Context } from '../context.ts'
import { changeDecision } from './change-decision.ts'
import { alreadyAnswered, nobodyAsks } from './relays.ts'

/**
 * Asks every institution to relay a decision within itself before a day, or changes what was asked: answers stay.
 * @throws NotFound, Forbidden, Conflict (H51)
 */
export async function askRelay(
  context: Context,
  actor: Actor,
  input: { decisionId: string; form: RelayForm },
): Promise<void> {
  const { dueOn, instructions } = input.form
  await changeDecision(context, actor, input.decisionId, 'askRelay', noOtherLock, async (tx, author, decision) => {
    await tx
      .insert(decisionRelays)
      .values({
        consortiumId: author.consortiumId,
        decisionId: decision.id,
        dueOn,
        instructions,
        askedAt: author.now,
        askedBy: author.accountId,
      })
      .onConflictDoUpdate({
        target: [decisionRelays.consortiumId, decisionRelays.decisionId],
        set: { dueOn, instructions, askedAt: author.now, askedBy: author.accountId },
      })
  })
}

/** Takes the request back, as long as no institution has answered it. @throws NotFound, Forbidden, Conflict (H51) */
export async function withdrawRelay(context: Context, actor: Actor, decisionId: string): Promise<void> {
  const work = async (tx: Transaction) => {
    const [relay] = await tx
      .select({ id: decisionRelays.id })
      .from(decisionRelays)
      .where(eq(decisionRelays.decisionId, decisionId))
      .for('update')
    if (!relay) throw new Conflict(nobodyAsks)
    const answers = await tx.$count(decisionRelayAnswers, eq(decisionRelayAnswers.relayId, relay.id))
    if (answers > 0) throw new Conflict(alreadyAnswered)
    await tx.delete(decisionRelays).where(eq(decisionRelays.id, relay.id))
  }
  await changeDecision(context, actor, decisionId, 'askRelay', noOtherLock, work, 'decision.withdrawRelay')
}

const noOtherLock = async () => {}
