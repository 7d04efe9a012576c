import { and, asc, desc, eq, ne, type SQL } from 'drizzle-orm'
import { accounts, agendaItems, instances, invitations, meetings, minutes } from '#db/schema/index.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { type Abilities, abilitiesOn, authorize, can } from '#server/habilitations/authorize.ts'
import { columnsOf } from '#server/habilitations/columns.ts'
import { meetingFacts, slugOrNone } from '#server/habilitations/load-facts.ts'
import { personName } from '#server/vocabulary/french.ts'
import type { Level } from '#server/vocabulary/governance.ts'
import { liveMinutesStates, type MinutesState } from '#server/vocabulary/minutes.ts'
import type { Context } from '../context.ts'
import { type AgendaEntry, agendaFor } from './agenda-for.ts'
import { type AttendanceLine, attendanceSheet } from './attendance-sheet.ts'
import { meetingAudience, type Recipient } from './audience.ts'
import type { MeetingRow } from './change-meeting.ts'
import { type ItemProposal, proposalsFor } from './item-proposals.ts'
import { answersOfPresence, recordersOf } from './own-presence.ts'

const verbs = [
  'edit',
  'proposeItem',
  'announce',
  'start',
  'close',
  'cancel',
  'readAttendance',
  'recordAttendance',
] as const

export type MeetingPage = Pick<
  MeetingRow,
  | 'id'
  | 'state'
  | 'title'
  | 'startsAt'
  | 'endsAt'
  | 'place'
  | 'link'
  | 'revision'
  | 'endReason'
  | 'announcedAt'
  | 'heldAt'
> & {
  instance: { slug: string; name: string; shortName: string; level: Level }
  agenda: AgendaEntry[]
  /** Items that members propose; null for an invité or an assistant. */
  proposals: ItemProposal[] | null
  /** Null for who may not see it (H13). */
  attendance: AttendanceLine[] | null
  /** Who recorded each presence, by mandate; empty for who may not see it (H13). */
  recorders: { mandateId: string; by: string }[]
  /** Whether the person answers of a presence at this meeting: the own one, or that of somebody they assist (H48). */
  answersPresence: boolean
  /** False once the minutes are sealed: attendance is then part of them. */
  attendanceOpen: boolean
  /** Before the announcement, whom it will reach; after, whom it reached; empty for who may not see presences (H13). */
  recipients: { name: string }[]
  minutes: { id: string; state: MinutesState } | null
  /** The meetings that a postponement ties to this one; null for who may not open them (H7). */
  replacedBy: { id: string; startsAt: Date } | null
  replaces: { id: string; startsAt: Date } | null
  can: Pick<Abilities<'meeting'>, (typeof verbs)[number]>
}

/** A meeting, its agenda, who came. @throws NotFound (H7) */
export async function meetingPage(context: Context, actor: Actor, meetingId: string): Promise<MeetingPage> {
  const { db } = context
  const facts = await meetingFacts(db, actor, meetingId)
  authorize(actor, 'meeting', 'read', facts)
  const [row] = await db
    .select({
      meeting: meetings,
      minutesId: minutes.id,
      minutes: columnsOf.minutes,
      slug: instances.slug,
      name: instances.name,
      shortName: instances.shortName,
      level: instances.level,
    })
    .from(meetings)
    .innerJoin(instances, eq(instances.id, meetings.instanceId))
    .innerJoin(minutes, eq(minutes.meetingId, meetings.id))
    .where(eq(meetings.id, meetingId))
  if (!row) throw new Error('a meeting has minutes')
  const { meeting } = row
  const readsAttendance = can(actor, 'meeting', 'readAttendance', facts)
  return {
    ...pick(meeting),
    instance: { slug: row.slug, name: row.name, shortName: row.shortName, level: row.level },
    agenda: await agendaFor(db, actor, meetingId),
    proposals: readsAttendance ? await proposalsFor(db, actor, meetingId) : null,
    attendance: readsAttendance ? await attendanceSheet(db, meeting, { reasons: true }) : null,
    recorders: readsAttendance ? await recordersOf(db, meetingId) : [],
    answersPresence: await answersOfPresence(db, actor, facts),
    attendanceOpen: liveMinutesStates.includes(row.minutes.minutesState),
    recipients: readsAttendance ? await recipientsOf(context, actor, meeting) : [],
    minutes: can(actor, 'minutes', 'read', row.minutes) ? { id: row.minutesId, state: row.minutes.minutesState } : null,
    replacedBy: meeting.replacedById
      ? await relatedMeeting(context, actor, eq(meetings.id, meeting.replacedById))
      : null,
    replaces: await relatedMeeting(context, actor, eq(meetings.replacedById, meetingId)),
    can: abilitiesOn(actor, 'meeting', verbs, facts),
  }
}

/** What « Reprendre la précédente » proposes: place, link and agenda of the instance's latest meeting. */
export type MeetingDraft = {
  previousMeetingId: string
  startsAt: Date
  endsAt: Date | null
  title: string
  place: string
  link: string
  items: { title: string; reporter: string; durationMinutes: number | null }[]
}

/** The latest meeting of an instance, to be resumed by who may create the next one. @throws NotFound, Forbidden (H5) */
export async function meetingToResume(context: Context, actor: Actor, slug: string) {
  const [instance] = await context.db
    .select({ facts: columnsOf.instance, name: instances.name, slug: instances.slug, cadence: instances.cadence })
    .from(instances)
    .where(and(eq(instances.slug, slugOrNone(slug)), eq(instances.consortiumId, actor.consortiumId)))
  const facts = instance?.facts ?? { consortiumId: '', instanceId: '', level: 'operationnel', kind: 'participation' }
  authorize(actor, 'instance', 'createMeeting', facts)
  const [previous] = await context.db
    .select()
    .from(meetings)
    .where(and(eq(meetings.instanceId, facts.instanceId), ne(meetings.state, 'annulee')))
    .orderBy(desc(meetings.startsAt))
    .limit(1)
  return {
    instance: { id: facts.instanceId, name: instance?.name ?? '', slug, cadence: instance?.cadence ?? '' },
    previous: previous ? await draftFrom(context, previous) : null,
  }
}

async function draftFrom(context: Context, previous: MeetingRow): Promise<MeetingDraft> {
  const items = await context.db
    .select({
      title: agendaItems.title,
      reporter: agendaItems.reporter,
      durationMinutes: agendaItems.durationMinutes,
      decisionId: agendaItems.decisionId,
    })
    .from(agendaItems)
    .where(eq(agendaItems.meetingId, previous.id))
    .orderBy(asc(agendaItems.position))
  return {
    previousMeetingId: previous.id,
    startsAt: previous.startsAt,
    endsAt: previous.endsAt,
    title: previous.title,
    place: previous.place,
    link: previous.link,
    items: items
      .filter(item => item.decisionId === null)
      .map(({ title, reporter, durationMinutes }) => ({ title, reporter, durationMinutes })),
  }
}

async function recipientsOf(context: Context, actor: Actor, meeting: MeetingRow): Promise<{ name: string }[]> {
  if (meeting.state === 'preparation') return names(await meetingAudience(context.db, actor, meeting))
  const rows = await context.db
    .select({ givenName: accounts.givenName, familyName: accounts.familyName })
    .from(invitations)
    .innerJoin(accounts, eq(accounts.id, invitations.accountId))
    .where(eq(invitations.meetingId, meeting.id))
    .orderBy(asc(accounts.familyName), asc(accounts.givenName))
  return rows.map(row => ({ name: personName(row) }))
}

function names(recipients: readonly Recipient[]): { name: string }[] {
  return recipients.map(({ name }) => ({ name }))
}

async function relatedMeeting(context: Context, actor: Actor, which: SQL) {
  const [row] = await context.db
    .select({ facts: columnsOf.meeting, startsAt: meetings.startsAt })
    .from(meetings)
    .innerJoin(instances, eq(instances.id, meetings.instanceId))
    .where(which)
  return row && can(actor, 'meeting', 'read', row.facts) ? { id: row.facts.meetingId, startsAt: row.startsAt } : null
}

function pick(meeting: MeetingRow) {
  const { id, state, title, startsAt, endsAt, place, link, revision, endReason, announcedAt, heldAt } = meeting
  return { id, state, title, startsAt, endsAt, place, link, revision, endReason, announcedAt, heldAt }
}
