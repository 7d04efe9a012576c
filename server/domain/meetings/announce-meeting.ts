import { eq } from 'drizzle-orm'
import { invitations, meetings } from '#db/schema/index.ts'
import { Conflict } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import type { Context } from '../context.ts'
import { meetingAudience } from './audience.ts'
import { changeMeeting, checkTransition } from './change-meeting.ts'
import { agendaOf } from './skeleton.ts'

/**
 * Announces a meeting: it is published and its recipients are recorded (mail is not sent yet).
 * @throws NotFound, Forbidden, Conflict (H9; or nothing stands on the agenda)
 */
export async function announceMeeting(
  context: Context,
  actor: Actor,
  meetingId: string,
): Promise<{ recipients: number }> {
  return changeMeeting(context, actor, meetingId, 'announce', async (tx, author, meeting) => {
    checkTransition(meeting, 'invitations_envoyees')
    if ((await agendaOf(tx, meeting.id)).length === 0) {
      throw new Conflict('L’ordre du jour est vide : ajoutez au moins un point avant d’annoncer la réunion.')
    }
    const recipients = await meetingAudience(tx, author, meeting)
    await tx
      .update(meetings)
      .set({ state: 'invitations_envoyees', announcedAt: author.now, announcedBy: author.accountId })
      .where(eq(meetings.id, meeting.id))
    if (recipients.length > 0) {
      await tx.insert(invitations).values(
        recipients.map(({ accountId }) => ({
          consortiumId: author.consortiumId,
          meetingId: meeting.id,
          accountId,
          sentAt: author.now,
          sentBy: author.accountId,
        })),
      )
    }
    return { recipients: recipients.length }
  })
}
