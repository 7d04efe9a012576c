import { eq } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { meetings } from '#db/schema/index.ts'
import { Conflict } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { type Authorized, authorize } from '#server/habilitations/authorize.ts'
import { meetingFacts } from '#server/habilitations/load-facts.ts'
import type { ActionOn } from '#server/habilitations/rules.ts'
import { writeJournal } from '#server/journal.ts'
import { type MeetingState, meetingTransitions } from '#server/vocabulary/meetings.ts'
import type { Context } from '../context.ts'

export type MeetingRow = typeof meetings.$inferSelect

/**
 * What every verb on a meeting shares: in one transaction, locks the meeting, judges the right on it as it now stands,
 * does the work, writes one journal line.
 * @param verb of that line, where it is not the action that the rules name
 * @throws NotFound, Forbidden, Conflict
 */
export async function changeMeeting<A extends ActionOn<'meeting'>, Result>(
  context: Context,
  actor: Actor,
  meetingId: string,
  action: A,
  work: (tx: Transaction, author: Authorized<`meeting.${A}`>, meeting: MeetingRow) => Promise<Result>,
  verb = `meeting.${action}`,
): Promise<Result> {
  authorize(actor, 'meeting', action, await meetingFacts(context.db, actor, meetingId))
  return context.db.transaction(async tx => {
    const [meeting] = await tx.select().from(meetings).where(eq(meetings.id, meetingId)).for('update')
    if (!meeting) throw new Error('a meeting is never deleted')
    const author = authorize(actor, 'meeting', action, await meetingFacts(tx, actor, meetingId))
    const result = await work(tx, author, meeting)
    await writeJournal(tx, {
      consortiumId: actor.consortiumId,
      at: actor.now,
      by: actor.accountId,
      verb,
      subjectKind: 'meeting',
      subjectId: meetingId,
    })
    return result
  })
}

/** Checks that a meeting may go from its state to another. @throws Conflict */
export function checkTransition(meeting: MeetingRow, next: MeetingState): void {
  if (!meetingTransitions[meeting.state].includes(next)) {
    throw new Conflict('Cette réunion a changé d’état entre-temps. Rechargez la page.')
  }
}
