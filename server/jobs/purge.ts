import { and, lt, ne } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { accountLinks, emailChanges, mailCodes, outgoingMails, securityLog, sessions } from '#db/schema/index.ts'
import { monthsBefore } from '#server/calendar.ts'
import type { Context } from '#server/domain/context.ts'

/** How long each trace is kept: see the table of retention. */
export const securityLogMonths = 12
export const sentMailMonths = 12
/** Somebody who clicks an old link is told that it has expired, rather than that it never was. */
const EXPIRED_LINKS_DAYS = 30

const DAY_MS = 24 * 3600 * 1000

/** Deletes what has been kept for long enough. Each sort by itself: one that fails does not keep the others. */
export async function purge({ db, clock, log }: Context): Promise<void> {
  const now = clock.now()
  const expired = new Date(now.getTime() - EXPIRED_LINKS_DAYS * DAY_MS)
  const purges: Record<string, () => Promise<number>> = {
    sessions: () => counted(db.delete(sessions).where(lt(sessions.expiresAt, now)).returning({ id: sessions.id })),
    mailCodes: () => counted(db.delete(mailCodes).where(lt(mailCodes.expiresAt, now)).returning({ id: mailCodes.id })),
    accountLinks: () =>
      counted(db.delete(accountLinks).where(lt(accountLinks.expiresAt, expired)).returning({ id: accountLinks.id })),
    emailChanges: () =>
      counted(db.delete(emailChanges).where(lt(emailChanges.expiresAt, expired)).returning({ id: emailChanges.id })),
    securityLog: () =>
      counted(
        db
          .delete(securityLog)
          .where(lt(securityLog.at, monthsBefore(now, securityLogMonths)))
          .returning({ id: securityLog.id }),
      ),
    outgoingMails: () => purgeMails(db, monthsBefore(now, sentMailMonths)),
  }
  const failures: unknown[] = []
  for (const [sort, run] of Object.entries(purges)) {
    try {
      const rows = await run()
      if (rows > 0) log.info({ sort, rows }, 'purged')
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'not everything could be purged')
}

/** Mail that still waits is kept, however old. */
function purgeMails(db: Database, before: Date): Promise<number> {
  return counted(
    db
      .delete(outgoingMails)
      .where(and(ne(outgoingMails.state, 'en_attente'), lt(outgoingMails.createdAt, before)))
      .returning({ id: outgoingMails.id }),
  )
}

async function counted(deletion: Promise<unknown[]>): Promise<number> {
  return (await deletion).length
}
