import { and, asc, desc, eq, gt, gte, inArray } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { meetings } from '#db/schema/index.ts'

export type MeetingChoice = { id: string; startsAt: Date; title: string }

/** More than anyone chooses from; the caller may ask for fewer. */
export const mostHeldMeetings = 50

const columns = { id: meetings.id, startsAt: meetings.startsAt, title: meetings.title }

/** Held meetings of an instance since an instant: those a result or an approval may name as its basis. */
export function heldMeetingsSince(db: Database, instanceId: string, since: Date, bound: 'after' | 'from') {
  const later = bound === 'after' ? gt(meetings.startsAt, since) : gte(meetings.startsAt, since)
  return db
    .select(columns)
    .from(meetings)
    .where(and(eq(meetings.instanceId, instanceId), eq(meetings.state, 'tenue'), later))
    .orderBy(desc(meetings.startsAt))
    .$dynamic()
    .limit(mostHeldMeetings)
}

/** Meetings of an instance that have not begun: those on whose agenda a proposal may be placed. */
export function comingMeetings(db: Database, instanceId: string) {
  return db
    .select(columns)
    .from(meetings)
    .where(and(eq(meetings.instanceId, instanceId), inArray(meetings.state, ['preparation', 'invitations_envoyees'])))
    .orderBy(asc(meetings.startsAt))
    .limit(50)
}
