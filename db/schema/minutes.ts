import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, jsonb, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import type { Visibility } from '#server/vocabulary/governance.ts'
import type { MinutesState } from '#server/vocabulary/minutes.ts'
import { bytes, id, instant } from './columns.ts'
import { mandates } from './governance.ts'
import { meetings } from './meetings.ts'
import { author, consortiumId, tenantKey } from './tenant.ts'

/** The minutes of a meeting: made with it, live until sealed. */
export const minutes = pgTable(
  'minutes',
  {
    id: id(),
    consortiumId: consortiumId(),
    meetingId: uuid().notNull(),
    state: text().$type<MinutesState>().notNull().default('brouillon'),
    visibility: text().$type<Visibility>().notNull(),
    /** Epoch of the live text that opens for writing. */
    epoch: integer().notNull().default(1),
    createdAt: instant().notNull(),
    /** Membres and suppléants write between these two instants. */
    openedToMembersAt: instant(),
    openedToMembersBy: author(),
    proofreadingAt: instant(),
    proofreadingBy: author(),
    validatedAt: instant(),
    validatedBy: author(),
    distributedAt: instant(),
    distributedBy: author(),
    approvedAt: instant(),
    approvedBy: author(),
    /** The later meeting at which the body approved the minutes. */
    approvedMeetingId: uuid(),
  },
  table => [
    unique('minutes_tenant').on(table.consortiumId, table.id),
    unique('minutes_of_meeting').on(table.meetingId, table.consortiumId),
    index('minutes_by_state').on(table.consortiumId, table.state),
    tenantKey('minutes_meeting', table, table.meetingId, meetings),
    tenantKey('minutes_approved_meeting', table, table.approvedMeetingId, meetings),
    check(
      'minutes_validated',
      sql`(${table.state} in ('valide', 'diffuse', 'approuve')) = (${table.validatedAt} is not null)`,
    ),
    check(
      'minutes_distributed',
      sql`(${table.state} in ('diffuse', 'approuve')) = (${table.distributedAt} is not null)`,
    ),
    check('minutes_approved', sql`(${table.state} = 'approuve') = (${table.approvedAt} is not null)`),
  ],
)

/** A validator's agreement on the text as seen; worth nothing once the text has changed. */
export const minutesApprovals = pgTable(
  'minutes_approvals',
  {
    id: id(),
    consortiumId: consortiumId(),
    minutesId: uuid().notNull(),
    accountId: author().notNull(),
    mandateId: uuid(),
    /** Yjs state vector and hash of the delete set that the author saw. */
    stateVector: bytes().notNull(),
    deleteSetHash: text().notNull(),
    /** The text as seen, to show what has changed since (ProseMirror JSON). */
    seenContent: jsonb().notNull(),
    approvedAt: instant().notNull(),
    /** True when given again on a changed text: « Maintenir mon accord ». */
    maintained: boolean().notNull().default(false),
  },
  table => [
    tenantKey('minutes_approvals_minutes', table, table.minutesId, minutes),
    tenantKey('minutes_approvals_mandate', table, table.mandateId, mandates),
    index('minutes_approvals_by_minutes').on(table.minutesId),
  ],
)

/** A sealed version. Nothing but a caviardage ever changes one. */
export const minutesVersions = pgTable(
  'minutes_versions',
  {
    id: id(),
    consortiumId: consortiumId(),
    minutesId: uuid().notNull(),
    version: integer().notNull(),
    /** The text, as ProseMirror JSON. */
    content: jsonb().notNull(),
    /** Canonical JSON (RFC 8785) that the seal covers: hashes of blocks, meeting, attendance, decisions, actions. */
    sealedStatement: text().notNull(),
    /** Salt of each block of the text, base64, in order: without it a hash tells nothing of a removed passage. */
    salts: jsonb().$type<string[]>().notNull(),
    /** SHA-256 of the sealed statement, hexadecimal. */
    seal: text().notNull(),
    sealedAt: instant().notNull(),
    sealedBy: author().notNull(),
    /** The official PDF, made once; null until made. */
    pdf: bytes(),
    pdfHash: text(),
  },
  table => [
    unique('minutes_versions_once').on(table.minutesId, table.version, table.consortiumId),
    unique('minutes_versions_tenant').on(table.consortiumId, table.id),
    tenantKey('minutes_versions_minutes', table, table.minutesId, minutes),
    check('minutes_versions_pdf', sql`(${table.pdf} is null) = (${table.pdfHash} is null)`),
  ],
)

/** To whom minutes were distributed, and when each one read them. */
export const minutesRecipients = pgTable(
  'minutes_recipients',
  {
    id: id(),
    consortiumId: consortiumId(),
    minutesId: uuid().notNull(),
    version: integer().notNull(),
    accountId: author().notNull(),
    sentAt: instant().notNull(),
    readAt: instant(),
  },
  table => [
    unique('minutes_recipients_once').on(table.minutesId, table.version, table.accountId, table.consortiumId),
    tenantKey('minutes_recipients_minutes', table, table.minutesId, minutes),
    index('minutes_recipients_unread').on(table.accountId).where(sql`${table.readAt} is null`),
  ],
)
