import { and, count, eq, isNotNull, lt } from 'drizzle-orm'
import { outgoingMails } from '#db/schema/index.ts'
import type { Context } from '#server/domain/context.ts'

const LATE_MS = 3600_000

/** How many mails have been trying to leave for more than an hour; none on a deployment that sends no mail. */
export async function lateMails({ db, clock, settings }: Context): Promise<number> {
  if (!settings.sendsMail) return 0
  const [row] = await db
    .select({ late: count() })
    .from(outgoingMails)
    .where(
      and(
        eq(outgoingMails.state, 'en_attente'),
        isNotNull(outgoingMails.lastTriedAt),
        lt(outgoingMails.createdAt, new Date(clock.now().getTime() - LATE_MS)),
      ),
    )
  return row?.late ?? 0
}
