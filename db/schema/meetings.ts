import { sql } from 'drizzle-orm'
import { type AnyPgColumn, check, index, integer, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import type { AttendanceMode, AttendanceStatus, ItemProposalState, MeetingState } from '#server/vocabulary/meetings.ts'
import { id, instant } from './columns.ts'
import { decisions } from './decisions.ts'
import { instances, mandates } from './governance.ts'
import { author, consortiumId, tenantKey } from './tenant.ts'

/** One sitting of an instance. Each state is a dated fact with its author. */
export const meetings = pgTable(
  'meetings',
  {
    id: id(),
    consortiumId: consortiumId(),
    instanceId: uuid().notNull(),
    state: text().$type<MeetingState>().notNull().default('preparation'),
    /** Free title: read by the own body and the attached prestataire only. */
    title: text().notNull().default(''),
    startsAt: instant().notNull(),
    endsAt: instant(),
    place: text().notNull().default(''),
    link: text().notNull().default(''),
    previousMeetingId: uuid().references((): AnyPgColumn => meetings.id),
    /** Raised by each edit: a form made from an older one is refused. */
    revision: integer().notNull().default(1),
    createdAt: instant().notNull(),
    createdBy: author(),
    announcedAt: instant(),
    announcedBy: author(),
    startedAt: instant(),
    startedBy: author(),
    heldAt: instant(),
    heldBy: author(),
    endedAt: instant(),
    endedBy: author(),
    /** Why the meeting was cancelled or put off. */
    endReason: text(),
    /** The meeting that replaces one put off. */
    replacedById: uuid().references((): AnyPgColumn => meetings.id),
  },
  table => [
    unique('meetings_tenant').on(table.consortiumId, table.id),
    tenantKey('meetings_instance', table, table.instanceId, instances),
    index('meetings_by_instance').on(table.instanceId, table.startsAt),
    index('meetings_to_come')
      .on(table.consortiumId, table.instanceId, table.startsAt)
      .where(sql`${table.state} in ('preparation', 'invitations_envoyees', 'en_cours')`),
    index('meetings_by_date').on(table.consortiumId, table.startsAt, table.id),
    check('meetings_hours', sql`${table.endsAt} is null or ${table.endsAt} > ${table.startsAt}`),
    check('meetings_announced', sql`${table.state} in ('preparation', 'annulee') or ${table.announcedAt} is not null`),
    check('meetings_held', sql`(${table.state} = 'tenue') = (${table.heldAt} is not null)`),
  ],
)

export const agendaItems = pgTable(
  'agenda_items',
  {
    id: id(),
    consortiumId: consortiumId(),
    meetingId: uuid().notNull(),
    position: integer().notNull(),
    title: text().notNull(),
    reporter: text().notNull().default(''),
    durationMinutes: integer(),
    /** The proposal that this item puts before the instance. */
    decisionId: uuid().references((): AnyPgColumn => decisions.id),
  },
  table => [
    unique('agenda_items_tenant').on(table.consortiumId, table.id),
    tenantKey('agenda_items_meeting', table, table.meetingId, meetings),
    index('agenda_items_by_meeting').on(table.meetingId),
    check('agenda_items_duration', sql`${table.durationMinutes} is null or ${table.durationMinutes} between 1 and 600`),
  ],
)

/** Items that members of the body propose for the agenda (domain: « own body proposes items »). */
export const itemProposals = pgTable(
  'item_proposals',
  {
    id: id(),
    consortiumId: consortiumId(),
    meetingId: uuid().notNull(),
    title: text().notNull(),
    reason: text().notNull().default(''),
    state: text().$type<ItemProposalState>().notNull().default('proposee'),
    proposedAt: instant().notNull(),
    proposedBy: author().notNull(),
    answeredAt: instant(),
    answeredBy: author(),
    /** Why it was set aside. */
    answer: text(),
  },
  table => [
    tenantKey('item_proposals_meeting', table, table.meetingId, meetings),
    index('item_proposals_by_meeting').on(table.meetingId, table.proposedAt),
    check('item_proposals_answered', sql`(${table.state} = 'proposee') = (${table.answeredAt} is null)`),
    check('item_proposals_set_aside', sql`${table.state} <> 'ecartee' or ${table.answer} is not null`),
  ],
)

/** Rows beside the text: who was there. */
export const attendance = pgTable(
  'attendance',
  {
    id: id(),
    consortiumId: consortiumId(),
    meetingId: uuid().notNull(),
    mandateId: uuid().notNull(),
    status: text().$type<AttendanceStatus>().notNull(),
    mode: text().$type<AttendanceMode>(),
    representedBy: text(),
    /** Read by the own body and the attached prestataire; never inside the minutes. */
    reason: text(),
    recordedAt: instant().notNull(),
    recordedBy: author().notNull(),
  },
  table => [
    unique('attendance_once').on(table.meetingId, table.mandateId, table.consortiumId),
    tenantKey('attendance_meeting', table, table.meetingId, meetings),
    tenantKey('attendance_mandate', table, table.mandateId, mandates),
    check('attendance_mode', sql`${table.mode} is null or ${table.status} in ('present', 'represente')`),
    check('attendance_represented', sql`(${table.status} = 'represente') = (${table.representedBy} is not null)`),
  ],
)

/** An announcement of a meeting, kept with whom it was meant for. */
export const invitations = pgTable(
  'invitations',
  {
    id: id(),
    consortiumId: consortiumId(),
    meetingId: uuid().notNull(),
    accountId: author().notNull(),
    sentAt: instant().notNull(),
    sentBy: author().notNull(),
  },
  table => [
    unique('invitations_once').on(table.meetingId, table.accountId, table.consortiumId),
    tenantKey('invitations_meeting', table, table.meetingId, meetings),
  ],
)
