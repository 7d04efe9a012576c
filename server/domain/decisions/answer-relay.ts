import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { decisionRelayAnswers, decisionRelays } from '#db/schema/index.ts'
import { Conflict, Invalid } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { authorize } from '#server/habilitations/authorize.ts'
import { decisionFacts } from '#server/habilitations/load-facts.ts'
import { writeJournal } from '#server/journal.ts'
import type { RelayAnswerForm } from '#server/vocabulary/decision-forms.ts'
import type { Context } from '../context.ts'
import { nobodyAsks, organisationNamed } from './relays.ts'

/**
 * What an institution did of a decision to relay: its correspondant says it, or the chef de projet for an answer received
 * otherwise. The last answer counts; « pas encore » takes it back.
 * @throws NotFound (H27), Forbidden (H52), Conflict (nobody asks for it), Invalid (a day to come)
 */
export async function answerRelay(
  context: Context,
  actor: Actor,
  input: { decisionId: string; organisation: string; form: RelayAnswerForm },
): Promise<void> {
  const { outcome, relayedOn } = input.form
  await context.db.transaction(async tx => {
    authorize(actor, 'decision', 'read', await decisionFacts(tx, actor, input.decisionId))
    const facts = await organisationNamed(tx, actor, input.organisation)
    const author = authorize(actor, 'organisation', 'answerRelay', facts)
    const relayId = await lockRelay(tx, input.decisionId)
    if (relayedOn && relayedOn > author.today) {
      throw new Invalid('Ce jour n’est pas encore venu.', { relayedOn: ['Donnez le jour où elle a été relayée.'] })
    }
    const { consortiumId, organisationId } = facts
    await tx
      .delete(decisionRelayAnswers)
      .where(and(eq(decisionRelayAnswers.relayId, relayId), eq(decisionRelayAnswers.organisationId, organisationId)))
    if (outcome !== 'pas_encore') {
      await tx.insert(decisionRelayAnswers).values({
        consortiumId,
        relayId,
        organisationId,
        outcome,
        relayedOn: outcome === 'relayee' ? relayedOn : null,
        note: input.form.note,
        answeredAt: author.now,
        answeredBy: author.accountId,
      })
    }
    await writeJournal(tx, {
      consortiumId,
      at: author.now,
      by: author.accountId,
      verb: 'decision.answerRelay',
      subjectKind: 'decision',
      subjectId: input.decisionId,
      detail: { organisationId, outcome },
    })
  })
}

/** One answer at a time: two people of an institution may answer together. */
async function lockRelay(tx: Transaction, decisionId: string): Promise<string> {
  const [relay] = await tx
    .select({ id: decisionRelays.id })
    .from(decisionRelays)
    .where(eq(decisionRelays.decisionId, decisionId))
    .for('update')
  if (!relay) throw new Conflict(nobodyAsks)
  return relay.id
}
