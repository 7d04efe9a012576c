import { eq } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { meetings, minutes } from '#db/schema/index.ts'
import { Conflict } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { type Authorized, authorize } from '#server/habilitations/authorize.ts'
import type { MinutesFacts } from '#server/habilitations/facts.ts'
import { minutesFacts } from '#server/habilitations/load-facts.ts'
import type { ActionOn } from '#server/habilitations/rules.ts'
import { writeJournal } from '#server/journal.ts'
import { type MinutesState, minutesTransitions } from '#server/vocabulary/minutes.ts'
import type { Context } from '../context.ts'

export type MinutesRow = typeof minutes.$inferSelect

/**
 * What every verb on minutes shares: in one transaction, locks (the live text if `lockFirst` does, then the meeting, then
 * the minutes), judges the right on them as they now stand, does the work, writes one journal line.
 * @throws NotFound, Forbidden, Conflict
 */
export async function changeMinutes<A extends ActionOn<'minutes'>, Locked, Result>(
  context: Context,
  actor: Actor,
  minutesId: string,
  action: A,
  lockFirst: (tx: Transaction, row: MinutesRow) => Promise<Locked>,
  work: (
    tx: Transaction,
    author: Authorized<`minutes.${A}`>,
    minutes: MinutesRow,
    facts: MinutesFacts,
    locked: Locked,
  ) => Promise<Result>,
): Promise<Result> {
  authorize(actor, 'minutes', action, await minutesFacts(context.db, actor, minutesId))
  const result = await context.db.transaction(async tx => {
    const before = await readRow(tx, minutesId)
    const locked = await lockFirst(tx, before)
    await tx.select({ id: meetings.id }).from(meetings).where(eq(meetings.id, before.meetingId)).for('update')
    await tx.select({ id: minutes.id }).from(minutes).where(eq(minutes.id, minutesId)).for('update')
    const row = await readRow(tx, minutesId)
    const facts = await minutesFacts(tx, actor, minutesId)
    const author = authorize(actor, 'minutes', action, facts)
    const done = await work(tx, author, row, facts, locked)
    await writeJournal(tx, {
      consortiumId: actor.consortiumId,
      at: actor.now,
      by: actor.accountId,
      verb: `minutes.${action}`,
      subjectKind: 'minutes',
      subjectId: minutesId,
    })
    return done
  })
  context.live.announceChanged(minutesId)
  return result
}

/** Checks that minutes may go from their state to another. @throws Conflict */
export function checkMinutesTransition(row: MinutesRow, next: MinutesState): void {
  if (!minutesTransitions[row.state].includes(next)) {
    throw new Conflict('Ce compte rendu a changé d’état entre-temps. Rechargez la page.')
  }
}

/** For verbs that do not touch the text. */
export async function withoutText(): Promise<void> {}

async function readRow(tx: Transaction, minutesId: string): Promise<MinutesRow> {
  const [row] = await tx.select().from(minutes).where(eq(minutes.id, minutesId))
  if (!row) throw new Error('minutes are never deleted')
  return row
}
