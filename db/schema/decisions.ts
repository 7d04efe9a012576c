import { sql } from 'drizzle-orm'
import { check, date, index, integer, jsonb, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import type { DecisionNature, DecisionState, RelayOutcome } from '#server/vocabulary/decisions.ts'
import { id, instant } from './columns.ts'
import { consortia, instances, organisations } from './governance.ts'
import { meetings } from './meetings.ts'
import { minutes } from './minutes.ts'
import { author, consortiumId, tenantKey } from './tenant.ts'

/** The register's projection: one row for each decision, from the sealing of its minutes. */
export const decisions = pgTable(
  'decisions',
  {
    id: id(),
    consortiumId: consortiumId(),
    minutesId: uuid().notNull(),
    /** Id of the block in the sealed text. */
    blockId: text().notNull(),
    originMeetingId: uuid().notNull(),
    proposingInstanceId: uuid().notNull(),
    competentInstanceId: uuid().notNull(),
    nature: text().$type<DecisionNature>().notNull(),
    wording: text().notNull(),
    reasons: text().notNull().default(''),
    state: text().$type<DecisionState>().notNull(),
    proposedAt: instant().notNull(),
    /** The meeting at whose agenda it stands. */
    agendaMeetingId: uuid(),
    /** Given with a final result: year of the day it was taken (Europe/Paris), rank in that year. */
    numberYear: integer(),
    numberRank: integer(),
    number: text(),
    /** The held meeting in which the result was taken: its basis. */
    resultMeetingId: uuid(),
    resultOn: date({ mode: 'string' }),
    resultReason: text(),
    resultRecordedAt: instant(),
    resultRecordedBy: author(),
    withdrawnAt: instant(),
    withdrawnBy: author(),
    withdrawnReason: text(),
  },
  table => [
    unique('decisions_tenant').on(table.consortiumId, table.id),
    unique('decisions_block').on(table.minutesId, table.blockId, table.consortiumId),
    unique('decisions_number').on(table.consortiumId, table.competentInstanceId, table.numberYear, table.numberRank),
    tenantKey('decisions_minutes', table, table.minutesId, minutes),
    tenantKey('decisions_origin_meeting', table, table.originMeetingId, meetings),
    tenantKey('decisions_agenda_meeting', table, table.agendaMeetingId, meetings),
    tenantKey('decisions_result_meeting', table, table.resultMeetingId, meetings),
    tenantKey('decisions_proposing_instance', table, table.proposingInstanceId, instances),
    tenantKey('decisions_competent_instance', table, table.competentInstanceId, instances),
    index('decisions_by_competent').on(table.consortiumId, table.competentInstanceId, table.state),
    // The register and its filters, the latest first, page by page.
    index('decisions_by_date').on(table.consortiumId, table.proposedAt, table.id),
    index('decisions_by_state_and_date').on(table.consortiumId, table.state, table.proposedAt, table.id),
    index('decisions_by_competent_and_date').on(table.competentInstanceId, table.proposedAt, table.id),
    index('decisions_by_proposing_and_date').on(table.proposingInstanceId, table.proposedAt, table.id),
    index('decisions_by_answer').on(table.proposingInstanceId, table.resultRecordedAt),
    check(
      'decisions_numbered',
      sql`(${table.state} in ('adoptee', 'rejetee', 'prise_d_acte')) = (${table.number} is not null)`,
    ),
    check(
      'decisions_basis',
      sql`${table.state} not in ('adoptee', 'rejetee', 'prise_d_acte', 'ajournee') or ${table.resultMeetingId} is not null`,
    ),
  ],
)

/** The register: an append-only chain of events; decision rows are its projection. */
export const registerEvents = pgTable(
  'register_events',
  {
    id: id(),
    consortiumId: consortiumId(),
    rank: integer().notNull(),
    decisionId: uuid().notNull(),
    kind: text().notNull(),
    /** What happened, as canonical JSON (RFC 8785). */
    payload: jsonb().notNull(),
    /** Salts the payload's hash, so that a passage may one day be removed and the chain still verify. */
    salt: text().notNull(),
    payloadHash: text().notNull(),
    previousHash: text().notNull(),
    hash: text().notNull(),
    at: instant().notNull(),
    by: author().notNull(),
  },
  table => [
    unique('register_events_rank').on(table.consortiumId, table.rank),
    index('register_events_by_decision').on(table.decisionId),
  ],
)

/** One head for each consortium, locked last: the end of its chain. */
export const registerHeads = pgTable('register_heads', {
  consortiumId: uuid()
    .primaryKey()
    .references(() => consortia.id),
  rank: integer().notNull(),
  hash: text().notNull(),
})

/** When a member of the proposing body saw the answer to its proposal. */
export const decisionAnswersSeen = pgTable(
  'decision_answers_seen',
  {
    id: id(),
    consortiumId: consortiumId(),
    decisionId: uuid().notNull(),
    accountId: author().notNull(),
    seenAt: instant().notNull(),
  },
  table => [
    unique('decision_answers_seen_once').on(table.decisionId, table.accountId, table.consortiumId),
    tenantKey('decision_answers_seen_decision', table, table.decisionId, decisions),
  ],
)

/** « À relayer par chaque structure avant le … »: asked once of a decision that every member reads. */
export const decisionRelays = pgTable(
  'decision_relays',
  {
    id: id(),
    consortiumId: consortiumId(),
    decisionId: uuid().notNull(),
    dueOn: date({ mode: 'string' }).notNull(),
    /** To whom and what to say, in the asker's words. */
    instructions: text().notNull().default(''),
    askedAt: instant().notNull(),
    askedBy: author().notNull(),
  },
  table => [
    unique('decision_relays_tenant').on(table.consortiumId, table.id),
    unique('decision_relays_once').on(table.consortiumId, table.decisionId),
    tenantKey('decision_relays_decision', table, table.decisionId, decisions),
  ],
)

/** What an institution did of a decision to relay; the last answer counts. */
export const decisionRelayAnswers = pgTable(
  'decision_relay_answers',
  {
    id: id(),
    consortiumId: consortiumId(),
    relayId: uuid().notNull(),
    organisationId: uuid().notNull(),
    outcome: text().$type<RelayOutcome>().notNull(),
    relayedOn: date({ mode: 'string' }),
    /** How it was relayed, or why it does not concern the institution. */
    note: text().notNull().default(''),
    answeredAt: instant().notNull(),
    answeredBy: author().notNull(),
  },
  table => [
    unique('decision_relay_answers_once').on(table.consortiumId, table.relayId, table.organisationId),
    tenantKey('decision_relay_answers_relay', table, table.relayId, decisionRelays),
    tenantKey('decision_relay_answers_organisation', table, table.organisationId, organisations),
    check('decision_relay_answers_day', sql`(${table.outcome} = 'relayee') = (${table.relayedOn} is not null)`),
  ],
)
