import { and, eq, isNotNull, max } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { agendaItems, decisions, meetings } from '#db/schema/index.ts'
import { Conflict, Invalid } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { uuidOrNone } from '#server/habilitations/load-facts.ts'
import type { Context } from '../context.ts'
import { followAgenda } from '../meetings/edit-meeting.ts'
import { changeDecision, checkDecisionTransition, type DecisionRow } from './change-decision.ts'
import { appendToRegister } from './register.ts'

/**
 * Places a proposal on the agenda of a coming meeting of the competent instance.
 * @throws NotFound, Forbidden, Conflict (H28), Invalid (a meeting of another instance, or held)
 */
export async function placeOnAgenda(
  context: Context,
  actor: Actor,
  input: { decisionId: string; meetingId: string },
): Promise<void> {
  const meetingId = uuidOrNone(input.meetingId)
  const lockMeeting = (tx: Transaction) => tx.select().from(meetings).where(eq(meetings.id, meetingId)).for('update')
  await changeDecision(context, actor, input.decisionId, 'placeOnAgenda', lockMeeting, async (tx, author, decision) => {
    checkDecisionTransition(decision, 'inscrite')
    const [meeting] = await tx.select().from(meetings).where(eq(meetings.id, meetingId))
    if (meeting?.instanceId !== decision.competentInstanceId) {
      throw new Invalid('Choisissez une réunion de l’instance compétente.', {
        meetingId: ['Choisissez une réunion de la liste.'],
      })
    }
    if (!['preparation', 'invitations_envoyees'].includes(meeting.state)) {
      throw new Conflict('Cette réunion a déjà commencé ou n’aura pas lieu : choisissez-en une autre.')
    }
    if (decision.state === 'inscrite' && decision.agendaMeetingId === meetingId) {
      throw new Conflict('Cette proposition est déjà inscrite à l’ordre du jour de cette réunion.')
    }
    await addAgendaItem(tx, decision, meetingId)
    await recordPlacement(tx, author, decision.id, meetingId)
  })
  await followAgenda(context, meetingId)
}

/** A meeting is put off: its proposals go to the one that replaces it. The caller holds both meetings. */
export async function moveProposals(tx: Transaction, author: Actor, fromMeetingId: string, toMeetingId: string) {
  const placed = await tx
    .select({ position: agendaItems.position, decisionId: agendaItems.decisionId, state: decisions.state })
    .from(agendaItems)
    .innerJoin(decisions, eq(decisions.id, agendaItems.decisionId))
    .where(and(eq(agendaItems.meetingId, fromMeetingId), isNotNull(agendaItems.decisionId)))
  for (const { position, decisionId, state } of placed) {
    if (decisionId === null || state !== 'inscrite') continue
    await tx
      .update(agendaItems)
      .set({ decisionId })
      .where(and(eq(agendaItems.meetingId, toMeetingId), eq(agendaItems.position, position)))
    await recordPlacement(tx, author, decisionId, toMeetingId)
  }
}

async function addAgendaItem(tx: Transaction, decision: DecisionRow, meetingId: string): Promise<void> {
  const [last] = await tx
    .select({ position: max(agendaItems.position) })
    .from(agendaItems)
    .where(eq(agendaItems.meetingId, meetingId))
  await tx.insert(agendaItems).values({
    consortiumId: decision.consortiumId,
    meetingId,
    position: (last?.position ?? -1) + 1,
    title: proposalTitle(decision.wording),
    decisionId: decision.id,
  })
}

/** How an agenda calls a proposal to who may not read it, and how it begins for the others. */
export const proposalWords = 'Proposition à décider'

/** At most as long as a title that is typed; never half a character. */
function proposalTitle(wording: string): string {
  const title = `${proposalWords}\u00A0: ${wording}`
  return title.length <= 300 ? title : `${title.slice(0, 299).replace(/[\uD800-\uDBFF]$/, '')}…`
}

async function recordPlacement(tx: Transaction, author: Actor, decisionId: string, meetingId: string): Promise<void> {
  await tx.update(decisions).set({ state: 'inscrite', agendaMeetingId: meetingId }).where(eq(decisions.id, decisionId))
  await appendToRegister(tx, {
    consortiumId: author.consortiumId,
    decisionId,
    kind: 'placed_on_agenda',
    payload: { meetingId },
    at: author.now,
    by: author.accountId,
  })
}
