import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { agendaItems, meetings, minutes } from '#db/schema/index.ts'
import { Conflict, Invalid } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import type { MeetingForm } from '#server/vocabulary/meeting-forms.ts'
import type { Context } from '../context.ts'
import { changeMeeting } from './change-meeting.ts'
import { checkInstanceMeets, hoursOf } from './create-meeting.ts'
import { agendaOf, minutesSkeleton } from './skeleton.ts'

/**
 * Changes date, place and agenda. Until somebody writes in the minutes, their skeleton follows the agenda.
 * @throws NotFound, Forbidden, Conflict (H8; or somebody else edited it meanwhile), Invalid (an item of another meeting)
 */
export async function editMeeting(
  context: Context,
  actor: Actor,
  input: { meetingId: string; revision: number; form: MeetingForm },
): Promise<void> {
  await changeMeeting(context, actor, input.meetingId, 'edit', async (tx, _author, meeting) => {
    if (meeting.revision !== input.revision) {
      throw new Conflict(
        'Quelqu’un d’autre a modifié cette réunion pendant que vous la modifiiez. Vos changements ne sont pas enregistrés : rechargez la page pour partir de la dernière version.',
      )
    }
    const { form } = input
    await checkInstanceMeets(tx, meeting.instanceId, form.day)
    await tx
      .update(meetings)
      .set({
        title: form.title,
        ...hoursOf(form),
        place: form.place,
        link: form.link,
        revision: sql`${meetings.revision} + 1`,
      })
      .where(eq(meetings.id, meeting.id))
    await replaceAgenda(tx, meeting, form.items)
  })
  await followAgenda(context, input.meetingId)
}

/** After a change of agenda: the skeleton follows it, while nobody has written. Returns false once somebody has. */
export async function followAgenda(context: Context, meetingId: string): Promise<boolean> {
  const [row] = await context.db.select({ id: minutes.id }).from(minutes).where(eq(minutes.meetingId, meetingId))
  if (!row) return false
  return context.live.followAgenda(row.id, minutesSkeleton(await agendaOf(context.db, meetingId)))
}

async function replaceAgenda(
  tx: Transaction,
  meeting: { id: string; consortiumId: string },
  items: MeetingForm['items'],
): Promise<void> {
  const known = new Map((await agendaOf(tx, meeting.id)).map(item => [item.id, item]))
  const kept = new Set(items.flatMap(item => (item.id ? [item.id] : [])))
  if ([...kept].some(id => !known.has(id)) || kept.size !== items.filter(item => item.id).length) {
    throw new Invalid('Un des points de l’ordre du jour n’appartient pas à cette réunion. Rechargez la page.')
  }
  const removed = [...known.values()].filter(item => !kept.has(item.id))
  if (removed.some(item => item.decisionId !== null)) {
    throw new Invalid(
      'Une proposition inscrite à l’ordre du jour ne se retire pas d’ici : ajournez-la depuis la page de la décision.',
    )
  }
  if (removed.length > 0) {
    const ids = removed.map(item => item.id)
    await tx.delete(agendaItems).where(and(eq(agendaItems.meetingId, meeting.id), inArray(agendaItems.id, ids)))
  }
  for (const [position, { id, title, reporter, durationMinutes }] of items.entries()) {
    const values = { position, title, reporter, durationMinutes }
    if (id) await tx.update(agendaItems).set(values).where(eq(agendaItems.id, id))
    else {
      await tx.insert(agendaItems).values({ ...values, consortiumId: meeting.consortiumId, meetingId: meeting.id })
    }
  }
}
