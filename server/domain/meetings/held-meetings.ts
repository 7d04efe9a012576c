import { and, asc, desc, eq, gt, gte, type SQL } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { first, oneOfWords } from '#db/lists.ts'
import { meetings } from '#db/schema/index.ts'

export type MeetingChoice = { id: string; startsAt: Date; title: string }

/** More than anyone chooses from. */
const mostMeetings = 50

const columns = { id: meetings.id, startsAt: meetings.startsAt, title: meetings.title }

/** Held meetings of an instance since an instant: those a result or an approval may name as its basis. */
export function heldMeetingsSince(db: Database, instanceId: string | SQL, since: Date | SQL, bound: 'after' | 'from') {
  const later = bound === 'after' ? gt(meetings.startsAt, since) : gte(meetings.startsAt, since)
  return db
    .select(columns)
    .from(meetings)
    .where(and(eq(meetings.instanceId, instanceId), oneOfWords(meetings.state, ['tenue']), later))
    .orderBy(desc(meetings.startsAt))
    .limit(first(mostMeetings))
}

/** Meetings of an instance that have not begun: those on whose agenda a proposal may be placed. */
export function comingMeetings(db: Database, instanceId: string) {
  return db
    .select(columns)
    .from(meetings)
    .where(
      and(eq(meetings.instanceId, instanceId), oneOfWords(meetings.state, ['preparation', 'invitations_envoyees'])),
    )
    .orderBy(asc(meetings.startsAt))
    .limit(first(mostMeetings))
}
