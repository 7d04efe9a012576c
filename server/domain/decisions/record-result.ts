import { and, eq, max } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { decisions, instances, meetings } from '#db/schema/index.ts'
import { Conflict, Invalid } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { uuidOrNone } from '#server/habilitations/load-facts.ts'
import { requireVerification } from '#server/habilitations/verification.ts'
import type { ResultForm } from '#server/vocabulary/decision-forms.ts'
import { type DecisionResult, finalDecisionResults } from '#server/vocabulary/decisions.ts'
import { parisDay } from '#server/vocabulary/french.ts'
import type { Context } from '../context.ts'
import { changeDecision, checkDecisionTransition, type DecisionRow } from './change-decision.ts'
import { appendToRegister } from './register.ts'

/**
 * Records the result of a decision, naming the held meeting of the competent instance in which it was taken. A final
 * result gets its number.
 * @throws NotFound, Forbidden, VerificationNeeded, Conflict (H29), Invalid (the meeting is of another instance, not held, or came before)
 */
export async function recordResult(
  context: Context,
  actor: Actor,
  input: { decisionId: string; form: ResultForm },
): Promise<{ number: string | null }> {
  const { form } = input
  const lockMeeting = (tx: Transaction) =>
    tx
      .select()
      .from(meetings)
      .where(eq(meetings.id, uuidOrNone(form.meetingId)))
      .for('share')
  return changeDecision(context, actor, input.decisionId, 'recordResult', lockMeeting, async (tx, author, decision) => {
    requireVerification(context, author, 'forte')
    checkDecisionTransition(decision, form.result)
    const meeting = await basisOf(tx, decision, form.meetingId)
    return writeResult(tx, author, decision, { result: form.result, reason: form.reason, meeting })
  })
}

/** Writes a result and its number on the row and in the register; the caller holds the register's head. */
export async function writeResult(
  tx: Transaction,
  author: Actor,
  decision: Pick<DecisionRow, 'id' | 'consortiumId' | 'competentInstanceId'>,
  outcome: { result: DecisionResult; reason: string; meeting: { id: string; startsAt: Date } },
): Promise<{ number: string | null }> {
  const resultOn = parisDay(outcome.meeting.startsAt)
  const numbering = finalDecisionResults.includes(outcome.result)
    ? await nextNumber(tx, decision.competentInstanceId, Number(resultOn.slice(0, 4)))
    : { numberYear: null, numberRank: null, number: null }
  await tx
    .update(decisions)
    .set({
      state: outcome.result,
      resultMeetingId: outcome.meeting.id,
      resultOn,
      resultReason: outcome.reason || null,
      resultRecordedAt: author.now,
      resultRecordedBy: author.accountId,
      ...numbering,
    })
    .where(eq(decisions.id, decision.id))
  await appendToRegister(tx, {
    consortiumId: decision.consortiumId,
    decisionId: decision.id,
    kind: 'result',
    payload: {
      result: outcome.result,
      reason: outcome.reason,
      meetingId: outcome.meeting.id,
      resultOn,
      number: numbering.number,
    },
    at: author.now,
    by: author.accountId,
  })
  return { number: numbering.number }
}

/** `2021-STRAT-003`: year of the meeting in which it was taken (Europe/Paris), competent instance, rank without gaps. */
async function nextNumber(tx: Transaction, instanceId: string, year: number) {
  const [instance] = await tx.select({ code: instances.code }).from(instances).where(eq(instances.id, instanceId))
  if (!instance) throw new Error('a decision has a competent instance')
  const [last] = await tx
    .select({ rank: max(decisions.numberRank) })
    .from(decisions)
    .where(and(eq(decisions.competentInstanceId, instanceId), eq(decisions.numberYear, year)))
  const numberRank = (last?.rank ?? 0) + 1
  return { numberYear: year, numberRank, number: `${year}-${instance.code}-${String(numberRank).padStart(3, '0')}` }
}

async function basisOf(tx: Transaction, decision: DecisionRow, meetingId: string) {
  const [meeting] = await tx
    .select()
    .from(meetings)
    .where(eq(meetings.id, uuidOrNone(meetingId)))
  if (meeting?.instanceId !== decision.competentInstanceId) {
    throw new Invalid('Le résultat se prend dans une réunion de l’instance compétente.', {
      meetingId: ['Choisissez une réunion de la liste.'],
    })
  }
  if (meeting.state !== 'tenue') {
    throw new Conflict('Cette réunion n’est pas encore tenue : le résultat s’enregistre une fois qu’elle est close.')
  }
  const [origin] = await tx.select().from(meetings).where(eq(meetings.id, decision.originMeetingId))
  if (origin && meeting.startsAt < origin.startsAt) {
    throw new Invalid('Cette réunion a eu lieu avant la proposition.', {
      meetingId: ['Choisissez une réunion qui a eu lieu après la proposition.'],
    })
  }
  return meeting
}
