import { and, eq, isNull } from 'drizzle-orm'
import { meetings, minutes, minutesRecipients } from '#db/schema/index.ts'
import { Invalid } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { authorize } from '#server/habilitations/authorize.ts'
import { minutesFacts, uuidOrNone } from '#server/habilitations/load-facts.ts'
import { writeJournal } from '#server/journal.ts'
import type { Context } from '../context.ts'
import { changeMinutes, checkMinutesTransition, withoutText } from './change-minutes.ts'

/** Notes that a recipient has read distributed minutes. @throws NotFound (H15) */
export async function markMinutesRead(context: Context, actor: Actor, minutesId: string): Promise<void> {
  const facts = await minutesFacts(context.db, actor, minutesId)
  authorize(actor, 'minutes', 'read', facts)
  await context.db.transaction(async tx => {
    const read = await tx
      .update(minutesRecipients)
      .set({ readAt: actor.now })
      .where(
        and(
          eq(minutesRecipients.minutesId, minutesId),
          eq(minutesRecipients.accountId, actor.accountId),
          isNull(minutesRecipients.readAt),
        ),
      )
      .returning({ minutesId: minutesRecipients.minutesId })
    if (read.length === 0) return
    await writeJournal(tx, {
      consortiumId: actor.consortiumId,
      at: actor.now,
      by: actor.accountId,
      verb: 'minutes.read',
      subjectKind: 'minutes',
      subjectId: minutesId,
    })
  })
}

/**
 * Records that the body approved its distributed minutes at a later meeting.
 * @throws NotFound, Forbidden, Conflict (H24), Invalid (another instance's meeting, not held, or not later)
 */
export async function recordMinutesApproval(
  context: Context,
  actor: Actor,
  input: { minutesId: string; meetingId: string },
): Promise<void> {
  await changeMinutes(
    context,
    actor,
    input.minutesId,
    'recordApproval',
    withoutText,
    async (tx, author, row, facts) => {
      checkMinutesTransition(row, 'approuve')
      const [own] = await tx.select().from(meetings).where(eq(meetings.id, row.meetingId))
      const [later] = await tx
        .select()
        .from(meetings)
        .where(eq(meetings.id, uuidOrNone(input.meetingId)))
      if (!own || later?.instanceId !== facts.instanceId || later.state !== 'tenue' || later.startsAt <= own.startsAt) {
        throw new Invalid('Choisissez une réunion déjà tenue de cette instance, postérieure à celle du compte rendu.', {
          meetingId: ['Choisissez une réunion de la liste.'],
        })
      }
      await tx
        .update(minutes)
        .set({
          state: 'approuve',
          approvedAt: author.now,
          approvedBy: author.accountId,
          approvedMeetingId: later.id,
        })
        .where(eq(minutes.id, row.id))
    },
  )
}
