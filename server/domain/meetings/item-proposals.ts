import { and, asc, eq, max, sql } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import { accounts, agendaItems, itemProposals, meetings } from '#db/schema/index.ts'
import { Conflict, Forbidden, NotFound } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { uuidOrNone } from '#server/habilitations/load-facts.ts'
import { personName } from '#server/vocabulary/french.ts'
import type { ItemAnswerForm } from '#server/vocabulary/meeting-forms.ts'
import type { ItemProposalState } from '#server/vocabulary/meetings.ts'
import type { Context } from '../context.ts'
import { changeMeeting, type MeetingRow } from './change-meeting.ts'
import { followAgenda } from './edit-meeting.ts'

/** An item that a member proposes, as the body reads it. */
export type ItemProposal = {
  id: string
  title: string
  reason: string
  state: ItemProposalState
  proposedBy: string
  proposedAt: Date
  /** Why it was set aside. */
  answer: string | null
  yours: boolean
}

/** What was proposed for the agenda of a meeting, the oldest first; the caller has checked that the actor reads it (H7). */
export async function proposalsFor(db: Database, actor: Actor, meetingId: string): Promise<ItemProposal[]> {
  const rows = await db
    .select({ proposal: itemProposals, givenName: accounts.givenName, familyName: accounts.familyName })
    .from(itemProposals)
    .innerJoin(accounts, eq(accounts.id, itemProposals.proposedBy))
    .where(eq(itemProposals.meetingId, meetingId))
    .orderBy(asc(itemProposals.proposedAt), asc(itemProposals.id))
  return rows.map(({ proposal: { id, title, reason, state, proposedAt, proposedBy, answer }, ...person }) => ({
    id,
    title,
    reason,
    state,
    proposedBy: personName(person),
    proposedAt,
    answer,
    yours: proposedBy === actor.accountId,
  }))
}

/** Proposes an item for the agenda of a meeting of one's own body. @throws NotFound, Forbidden, Conflict (H49) */
export async function proposeItem(
  context: Context,
  actor: Actor,
  input: { meetingId: string; title: string; reason: string },
): Promise<void> {
  await changeMeeting(context, actor, input.meetingId, 'proposeItem', async (tx, author, meeting) => {
    await tx.insert(itemProposals).values({
      consortiumId: meeting.consortiumId,
      meetingId: meeting.id,
      title: input.title,
      reason: input.reason,
      proposedAt: author.now,
      proposedBy: author.accountId,
    })
  })
}

/**
 * Places a proposed item at the end of the agenda, sets it aside with a reason, or withdraws it.
 * @throws NotFound; Forbidden (H8: who writes the agenda answers; only its author withdraws a proposal); Conflict (answered meanwhile)
 */
export async function answerItem(
  context: Context,
  actor: Actor,
  input: { meetingId: string; form: ItemAnswerForm },
): Promise<void> {
  const { form } = input
  const action = form.answer === 'retiree' ? 'proposeItem' : 'edit'
  await changeMeeting(
    context,
    actor,
    input.meetingId,
    action,
    async (tx, author, meeting) => {
      const proposal = await lockProposal(tx, meeting, form.proposal)
      if (form.answer === 'retiree' && proposal.proposedBy !== author.accountId) {
        throw new Forbidden('Seule la personne qui a proposé ce point peut le retirer.')
      }
      if (proposal.state !== 'proposee') throw new Conflict('Ce point a déjà reçu une réponse. Rechargez la page.')
      await tx
        .update(itemProposals)
        .set({
          state: form.answer,
          answeredAt: author.now,
          answeredBy: author.accountId,
          answer: form.answer === 'ecartee' ? form.reason : null,
        })
        .where(eq(itemProposals.id, proposal.id))
      if (form.answer === 'inscrite') await addItem(tx, meeting, form.title)
    },
    form.answer === 'retiree' ? 'meeting.withdrawItem' : 'meeting.answerItem',
  )
  if (form.answer === 'inscrite') await followAgenda(context, input.meetingId)
}

async function lockProposal(tx: Transaction, meeting: MeetingRow, id: string) {
  const [proposal] = await tx
    .select()
    .from(itemProposals)
    .where(and(eq(itemProposals.id, uuidOrNone(id)), eq(itemProposals.meetingId, meeting.id)))
    .for('update')
  if (!proposal) throw new NotFound()
  return proposal
}

/** A form that was opened before is refused: it would take the item off again. */
async function addItem(tx: Transaction, meeting: MeetingRow, title: string): Promise<void> {
  const [last] = await tx
    .select({ position: max(agendaItems.position) })
    .from(agendaItems)
    .where(eq(agendaItems.meetingId, meeting.id))
  await tx.insert(agendaItems).values({
    consortiumId: meeting.consortiumId,
    meetingId: meeting.id,
    position: (last?.position ?? -1) + 1,
    title,
  })
  await tx
    .update(meetings)
    .set({ revision: sql`${meetings.revision} + 1` })
    .where(eq(meetings.id, meeting.id))
}
