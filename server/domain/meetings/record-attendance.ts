import { eq } from 'drizzle-orm'
import { attendance, minutes } from '#db/schema/index.ts'
import { Conflict, Invalid } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { parisDay } from '#server/vocabulary/french.ts'
import type { AttendanceForm } from '#server/vocabulary/meeting-forms.ts'
import { liveMinutesStates } from '#server/vocabulary/minutes.ts'
import type { Context } from '../context.ts'
import { seatsOf } from '../governance/composition.ts'
import { changeMeeting } from './change-meeting.ts'

/**
 * Records who was there. A line left without a status changes nothing; once the minutes are sealed, nothing changes.
 * @throws NotFound, Forbidden, Conflict (H14), Invalid (a person who does not sit there)
 */
export async function recordAttendance(
  context: Context,
  actor: Actor,
  input: { meetingId: string; form: AttendanceForm },
): Promise<void> {
  await changeMeeting(context, actor, input.meetingId, 'recordAttendance', async (tx, author, meeting) => {
    const [text] = await tx.select({ state: minutes.state }).from(minutes).where(eq(minutes.meetingId, meeting.id))
    if (!text || !liveMinutesStates.includes(text.state)) {
      throw new Conflict('Le compte rendu est validé : les présences qu’il contient ne changent plus.')
    }
    const seats = await seatsOf(tx, { ...author, instanceId: meeting.instanceId, day: parisDay(meeting.startsAt) })
    const known = new Set(seats.map(seat => seat.mandateId))
    const lines = input.form.lines.filter(entry => entry.status !== '')
    if (lines.some(entry => !known.has(entry.mandateId))) {
      throw new Invalid('Une des personnes n’a pas de mandat dans cette instance à cette date. Rechargez la page.')
    }
    for (const entry of lines) {
      if (entry.status === '') continue
      const values = {
        status: entry.status,
        mode: entry.mode !== '' && ['present', 'represente'].includes(entry.status) ? entry.mode : null,
        representedBy: entry.status === 'represente' ? entry.representedBy : null,
        reason: entry.status === 'excuse' && entry.reason !== '' ? entry.reason : null,
        recordedAt: author.now,
        recordedBy: author.accountId,
      }
      await tx
        .insert(attendance)
        .values({ ...values, consortiumId: author.consortiumId, meetingId: meeting.id, mandateId: entry.mandateId })
        .onConflictDoUpdate({
          target: [attendance.consortiumId, attendance.meetingId, attendance.mandateId],
          set: values,
        })
    }
  })
}
