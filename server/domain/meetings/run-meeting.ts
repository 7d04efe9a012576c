import { eq } from 'drizzle-orm'
import { meetings } from '#db/schema/index.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import type { Context } from '../context.ts'
import { changeMeeting, checkTransition } from './change-meeting.ts'

/** Opens an announced meeting. @throws NotFound, Forbidden, Conflict (H10) */
export async function startMeeting(context: Context, actor: Actor, meetingId: string): Promise<void> {
  await changeMeeting(context, actor, meetingId, 'start', async (tx, author, meeting) => {
    checkTransition(meeting, 'en_cours')
    await tx
      .update(meetings)
      .set({ state: 'en_cours', startedAt: author.now, startedBy: author.accountId })
      .where(eq(meetings.id, meeting.id))
  })
  context.live.recheck()
}

/** Closes a running meeting: it is held. @throws NotFound, Forbidden, Conflict (H11) */
export async function closeMeeting(context: Context, actor: Actor, meetingId: string): Promise<void> {
  await changeMeeting(context, actor, meetingId, 'close', async (tx, author, meeting) => {
    checkTransition(meeting, 'tenue')
    await tx
      .update(meetings)
      .set({ state: 'tenue', heldAt: author.now, heldBy: author.accountId })
      .where(eq(meetings.id, meeting.id))
  })
  context.live.recheck()
}
