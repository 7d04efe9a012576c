import { and, eq, gte, lt, type SQL } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { instances, meetings, minutes } from '#db/schema/index.ts'
import { parisInstant } from '#server/calendar.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { can } from '#server/habilitations/authorize.ts'
import { columnsOf } from '#server/habilitations/columns.ts'
import { slugOrNone } from '#server/habilitations/load-facts.ts'
import { visibleTo } from '#server/habilitations/visible.ts'
import type { Level } from '#server/vocabulary/governance.ts'
import type { MeetingState } from '#server/vocabulary/meetings.ts'
import type { MinutesState } from '#server/vocabulary/minutes.ts'
import type { Context } from '../context.ts'
import { type PageOf, pageOf, placeIn, slice, type Wanted } from '../page-of.ts'

/** A meeting in a list: date and instance for all members, the rest for those who may read it. */
export type MeetingEntry = {
  id: string
  startsAt: Date
  state: MeetingState
  instance: { slug: string; name: string; shortName: string; level: Level }
  /** Null for who may only know the date (H6). */
  title: string | null
  /** True when the person may open the meeting's page (H7). */
  opens: boolean
  /** The minutes, when the person may read them (H15). */
  minutes: { id: string; state: MinutesState } | null
}

export type MeetingFilter = Wanted & { instanceSlug?: string; when?: 'a-venir' | 'passees' }

/** Meetings that the person may know of: the soonest first when they are to come, else the latest first. */
export async function meetingEntries(
  context: Context,
  actor: Actor,
  filter: MeetingFilter = {},
): Promise<PageOf<MeetingEntry>> {
  const today = parisInstant(actor.today, '00:00')
  const place = placeIn(filter)
  const order = { at: meetings.startsAt, id: meetings.id, latestFirst: filter.when !== 'a-venir' }
  const { where, orderBy, limit } = slice(order, place)
  const rows = await selectEntries(
    context.db,
    and(
      visibleTo(actor, 'meeting', 'readEntry'),
      filter.instanceSlug ? eq(instances.slug, slugOrNone(filter.instanceSlug)) : undefined,
      filter.when === 'a-venir' ? gte(meetings.startsAt, today) : undefined,
      filter.when === 'passees' ? lt(meetings.startsAt, today) : undefined,
      where,
    ),
  )
    .orderBy(...orderBy)
    .limit(limit)
  return pageOf(
    rows.map(row => entryFor(actor, row)),
    entry => entry.startsAt,
    place,
  )
}

/** What `entryFor` needs of meetings; the caller orders and limits. */
export function selectEntries(db: Database, where: SQL | undefined) {
  return db
    .select({
      facts: columnsOf.minutes,
      startsAt: meetings.startsAt,
      title: meetings.title,
      minutesId: minutes.id,
      slug: instances.slug,
      name: instances.name,
      shortName: instances.shortName,
    })
    .from(meetings)
    .innerJoin(instances, eq(instances.id, meetings.instanceId))
    .innerJoin(minutes, eq(minutes.meetingId, meetings.id))
    .where(where)
}

type EntryRow = Awaited<ReturnType<typeof selectEntries>>[number]

/** A meeting as the person may see it in a list. */
export function entryFor(actor: Actor, { facts, startsAt, title, minutesId, ...instance }: EntryRow): MeetingEntry {
  const opens = can(actor, 'meeting', 'read', facts)
  return {
    id: facts.meetingId,
    startsAt,
    state: facts.meetingState,
    instance: { ...instance, level: facts.level },
    title: opens ? title : null,
    opens,
    minutes: can(actor, 'minutes', 'read', facts) ? { id: minutesId, state: facts.minutesState } : null,
  }
}
