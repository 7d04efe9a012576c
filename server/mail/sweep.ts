import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { rowsOf } from '#db/client.ts'
import { outgoingMails } from '#db/schema/index.ts'
import type { Context } from '#server/domain/context.ts'

/** One round takes so many: the next one takes the rest. */
const MOST = 2000

/**
 * Mail that is due while no job is about to send it: its job was lost, or came before the clock said so.
 * @param options.atStart nobody is at work yet: a job that seems taken was an earlier process's.
 */
export async function waitingWithoutJob(
  { db, clock }: Context,
  queue: string,
  { atStart }: { atStart: boolean },
): Promise<string[]> {
  const taken = atStart ? sql`false` : sql`j.state in ('retry', 'active')`
  const rows = await rowsOf<{ id: string }>(
    db,
    sql`select m.id from outgoing_mails m
      where m.state = 'en_attente' and (m.due_at is null or m.due_at <= ${clock.now().toISOString()}::timestamptz)
        and not exists (
          select 1 from pgboss.job j
          where j.name = ${queue} and j.data->>'mailId' = m.id::text
            and (${taken} or (j.state = 'created' and j.start_after <= now())))
      order by m.created_at limit ${MOST}`,
  )
  return rows.map(({ id }) => id)
}

/**
 * At start, nobody else uses the database: an attempt that seems under way was its process's last. Whether the mail was
 * taken is not known; it goes again, under the same Message-ID.
 */
export async function releaseInterrupted({ db, log }: Context): Promise<void> {
  const released = await db
    .update(outgoingMails)
    .set({ dueAt: null, lastError: 'interrompu' })
    .where(
      and(eq(outgoingMails.state, 'en_attente'), isNotNull(outgoingMails.lastTriedAt), isNull(outgoingMails.lastError)),
    )
    .returning({ id: outgoingMails.id })
  if (released.length > 0) log.warn({ mails: released.length }, 'mail was leaving when the process ended: sent again')
}
