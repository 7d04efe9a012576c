import { eq } from 'drizzle-orm'
import { meetings } from '#db/schema/index.ts'
import { parisInstant, parisTime } from '#server/calendar.ts'
import { Invalid } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import type { Context } from '../context.ts'
import { moveProposals } from '../decisions/agenda.ts'
import { changeMeeting, checkTransition, type MeetingRow } from './change-meeting.ts'
import { insertMeeting } from './create-meeting.ts'
import { agendaOf } from './skeleton.ts'

/** Cancels a meeting that has not started, and says why. @throws NotFound, Forbidden, Conflict (H12) */
export async function cancelMeeting(
  context: Context,
  actor: Actor,
  input: { meetingId: string; reason: string },
): Promise<void> {
  await changeMeeting(context, actor, input.meetingId, 'cancel', async (tx, author, meeting) => {
    checkTransition(meeting, 'annulee')
    await tx
      .update(meetings)
      .set({ state: 'annulee', endedAt: author.now, endedBy: author.accountId, endReason: input.reason })
      .where(eq(meetings.id, meeting.id))
  })
  context.live.recheck()
}

/**
 * Puts an announced meeting off: a new one, in preparation, takes its place, link and agenda at another date.
 * @throws NotFound, Forbidden, Conflict (H12), Invalid (the new date is not later)
 */
export async function postponeMeeting(
  context: Context,
  actor: Actor,
  input: { meetingId: string; reason: string; day: string; startTime: string },
): Promise<{ meetingId: string }> {
  const replaced = await changeMeeting(context, actor, input.meetingId, 'cancel', async (tx, author, meeting) => {
    checkTransition(meeting, 'reportee')
    const startsAt = parisInstant(input.day, input.startTime)
    if (startsAt <= meeting.startsAt) {
      throw new Invalid('La nouvelle date doit venir après la date de la réunion reportée.', {
        day: ['Choisissez une date plus tardive.'],
      })
    }
    const replacement = await insertMeeting(tx, author, {
      instanceId: meeting.instanceId,
      form: {
        day: input.day,
        startTime: input.startTime,
        endTime: endTimeFor(meeting, startsAt),
        title: meeting.title,
        place: meeting.place,
        link: meeting.link,
        items: (await agendaOf(tx, meeting.id)).map(({ title, reporter, durationMinutes }) => ({
          title,
          reporter,
          durationMinutes,
        })),
      },
      previousMeetingId: meeting.id,
      verb: 'meeting.create',
    })
    await moveProposals(tx, author, meeting.id, replacement.meetingId)
    await tx
      .update(meetings)
      .set({
        state: 'reportee',
        endedAt: author.now,
        endedBy: author.accountId,
        endReason: input.reason,
        replacedById: replacement.meetingId,
      })
      .where(eq(meetings.id, meeting.id))
    return replacement
  })
  context.live.recheck()
  return { meetingId: replaced.meetingId }
}

/** The same length as before, unless it would end on another day. */
function endTimeFor(meeting: MeetingRow, startsAt: Date): string {
  if (!meeting.endsAt) return ''
  const endTime = parisTime(new Date(startsAt.getTime() + meeting.endsAt.getTime() - meeting.startsAt.getTime()))
  return endTime > parisTime(startsAt) ? endTime : ''
}
