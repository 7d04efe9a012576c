import { and, eq, inArray, isNotNull, lt, ne, or } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import {
  accountLinks,
  attendance,
  emailChanges,
  mailCodes,
  meetings,
  minutes,
  outgoingMails,
  securityLog,
  sessions,
} from '#db/schema/index.ts'
import { monthsBefore } from '#server/calendar.ts'
import type { Context } from '#server/domain/context.ts'

/** How long each trace is kept: see the table of retention (docs/rgpd.md), which a test compares with this. */
export const securityLogMonths = 12
export const sentMailMonths = 12
/** Somebody who clicks an old link is told that it has expired, rather than that it never was. */
export const expiredLinksDays = 30
/** From the seal of the minutes: until then the secretariat may need why somebody was absent, and nothing changes after. */
export const absenceReasonMonths = 3
/** From the day of a meeting that was cancelled, or whose minutes nobody seals. */
export const unsealedAbsenceReasonMonths = 12

const DAY_MS = 24 * 3600 * 1000

/** Deletes what has been kept for long enough. Each sort by itself: one that fails does not keep the others. */
export async function purge({ db, clock, log }: Context): Promise<void> {
  const now = clock.now()
  const expired = new Date(now.getTime() - expiredLinksDays * DAY_MS)
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
    absenceReasons: () => purgeAbsenceReasons(db, now),
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

/** The excuse stays; why, which may tell of somebody's health or family, does not outlast its use. */
function purgeAbsenceReasons(db: Database, now: Date): Promise<number> {
  const over = db
    .select({ id: meetings.id })
    .from(meetings)
    .innerJoin(minutes, eq(minutes.meetingId, meetings.id))
    .where(
      or(
        lt(minutes.validatedAt, monthsBefore(now, absenceReasonMonths)),
        lt(meetings.startsAt, monthsBefore(now, unsealedAbsenceReasonMonths)),
      ),
    )
  return counted(
    db
      .update(attendance)
      .set({ reason: null })
      .where(and(isNotNull(attendance.reason), inArray(attendance.meetingId, over)))
      .returning({ id: attendance.id }),
  )
}

async function counted(deletion: Promise<unknown[]>): Promise<number> {
  return (await deletion).length
}
