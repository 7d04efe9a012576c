import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import type { DecisionNature } from '#server/vocabulary/decisions.ts'
import type {
  Civilite,
  ConsortiumFunctionKind,
  DraftReaders,
  InstanceKind,
  Level,
  MandateFunction,
  OrganisationPhase,
  ProposalKind,
  ProposalState,
  ValidatorRule,
  Visibility,
  VotingRules,
} from '#server/vocabulary/governance.ts'
import { accounts } from './accounts.ts'
import { id, instant } from './columns.ts'
import { decisions } from './decisions.ts'
import { meetings } from './meetings.ts'
import { author, consortiumId, tenantKey } from './tenant.ts'

/** The tenant: one SPIE project. Everything but accounts belongs to exactly one. */
export const consortia = pgTable('consortia', {
  id: id(),
  slug: text().notNull().unique(),
  name: text().notNull(),
  territory: text().notNull(),
  purpose: text().notNull().default(''),
  createdAt: instant().notNull(),
})

export const organisations = pgTable(
  'organisations',
  {
    id: id(),
    consortiumId: consortiumId(),
    slug: text().notNull(),
    phase: text().$type<OrganisationPhase>().notNull(),
    territory: text(),
    /** When it entered the consortium, and by which decision of it, or by which other act. */
    enteredOn: date({ mode: 'string' }),
    enteredByDecisionId: uuid(),
    enteredByAct: text().notNull().default(''),
    /** Last day in the consortium. */
    leftOn: date({ mode: 'string' }),
    position: integer().notNull().default(0),
  },
  table => [
    unique('organisations_slug').on(table.consortiumId, table.slug),
    unique('organisations_tenant').on(table.consortiumId, table.id),
    foreignKey({
      name: 'organisations_entered_by_decision',
      columns: [table.consortiumId, table.enteredByDecisionId],
      foreignColumns: [decisions.consortiumId, decisions.id] as [AnyPgColumn, AnyPgColumn],
    }),
    check(
      'organisations_days',
      sql`${table.leftOn} is null or ${table.enteredOn} is null or ${table.leftOn} >= ${table.enteredOn}`,
    ),
  ],
)

/** Dated names of an institution: old minutes keep the name of their day. */
export const organisationNames = pgTable(
  'organisation_names',
  {
    id: id(),
    consortiumId: consortiumId(),
    organisationId: uuid().notNull(),
    name: text().notNull(),
    shortName: text().notNull(),
    startsOn: date({ mode: 'string' }).notNull(),
    endsOn: date({ mode: 'string' }),
  },
  table => [
    tenantKey('organisation_names_organisation', table, table.organisationId, organisations).onDelete('cascade'),
    index('organisation_names_by_organisation').on(table.organisationId),
  ],
)

/** Any body that meets. */
export const instances = pgTable(
  'instances',
  {
    id: id(),
    consortiumId: consortiumId(),
    slug: text().notNull(),
    name: text().notNull(),
    shortName: text().notNull(),
    /** Stands in the numbers of its decisions: `2021-STRAT-003`. */
    code: text().notNull(),
    level: text().$type<Level>().notNull(),
    kind: text().$type<InstanceKind>().notNull(),
    /** Neither the parent nor the territory gives a right. */
    parentId: uuid().references((): AnyPgColumn => instances.id),
    territory: text(),
    purpose: text().notNull().default(''),
    roles: text().array().notNull().default(sql`'{}'::text[]`),
    composition: text().notNull().default(''),
    cadence: text().notNull().default(''),
    /** Expected number of meetings a year, null when the body sets its own. */
    meetingsPerYear: integer(),
    validatorRule: text().$type<ValidatorRule>().notNull(),
    draftReaders: text().$type<DraftReaders>().notNull(),
    minutesVisibility: text().$type<Visibility>().notNull(),
    /** Whether membres and suppléants may write in new minutes from the start. */
    opensWritingToMembers: boolean().notNull().default(false),
    /** Null: no vote, consensus. */
    votingRules: jsonb().$type<VotingRules>(),
    /** Last day of a body that was dissolved. */
    endsOn: date({ mode: 'string' }),
    position: integer().notNull().default(0),
    createdAt: instant().notNull(),
  },
  table => [
    unique('instances_slug').on(table.consortiumId, table.slug),
    unique('instances_code').on(table.consortiumId, table.code),
    unique('instances_tenant').on(table.consortiumId, table.id),
    check(
      'instances_technical_minutes_reach_their_level',
      sql`${table.kind} not in ('groupe_operationnel', 'groupe_transversal') or ${table.minutesVisibility} <> 'instance'`,
    ),
  ],
)

/** A person's function in an instance, from a day to a day (Europe/Paris). */
export const mandates = pgTable(
  'mandates',
  {
    id: id(),
    consortiumId: consortiumId(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id),
    instanceId: uuid().notNull(),
    organisationId: uuid().notNull(),
    function: text().$type<MandateFunction>().notNull(),
    civilite: text().$type<Civilite>().notNull(),
    qualite: text().notNull(),
    /** The function in the words that suit the person: « Présidente ». */
    functionLabel: text().notNull(),
    carriesVoice: boolean().notNull().default(false),
    /** The titulaire of a suppléant, the mandate that an assistant serves. */
    titulaireMandateId: uuid().references((): AnyPgColumn => mandates.id),
    /** The one meeting of an invité. */
    meetingId: uuid().references((): AnyPgColumn => meetings.id),
    /** The mandate that this one takes over: its holder reads the handover. */
    replacesMandateId: uuid().references((): AnyPgColumn => mandates.id),
    /** An assistant who also reads the meetings' pages and agendas. */
    readsDossier: boolean().notNull().default(false),
    startsOn: date({ mode: 'string' }).notNull(),
    endsOn: date({ mode: 'string' }),
    createdAt: instant().notNull(),
  },
  table => [
    unique('mandates_tenant').on(table.consortiumId, table.id),
    tenantKey('mandates_instance', table, table.instanceId, instances),
    tenantKey('mandates_organisation', table, table.organisationId, organisations),
    index('mandates_account').on(table.accountId),
    index('mandates_by_instance').on(table.instanceId),
    check('mandates_days', sql`${table.endsOn} is null or ${table.endsOn} >= ${table.startsOn}`),
    check('mandates_invite_meeting', sql`(${table.function} = 'invite') = (${table.meetingId} is not null)`),
    check(
      'mandates_titulaire',
      sql`(${table.function} in ('suppleant', 'assistant')) = (${table.titulaireMandateId} is not null)`,
    ),
    check('mandates_dossier', sql`not ${table.readsDossier} or ${table.function} = 'assistant'`),
    check('mandates_voice', sql`not ${table.carriesVoice} or ${table.function} in ('president', 'copilote', 'membre')`),
  ],
)

/** A person's function in the whole consortium. */
export const consortiumFunctions = pgTable(
  'consortium_functions',
  {
    id: id(),
    consortiumId: consortiumId(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id),
    organisationId: uuid(),
    function: text().$type<ConsortiumFunctionKind>().notNull(),
    civilite: text().$type<Civilite>().notNull(),
    qualite: text().notNull(),
    functionLabel: text().notNull(),
    startsOn: date({ mode: 'string' }).notNull(),
    endsOn: date({ mode: 'string' }),
    createdAt: instant().notNull(),
  },
  table => [
    unique('consortium_functions_tenant').on(table.consortiumId, table.id),
    tenantKey('consortium_functions_organisation', table, table.organisationId, organisations),
    index('consortium_functions_account').on(table.accountId),
    check('consortium_functions_days', sql`${table.endsOn} is null or ${table.endsOn} >= ${table.startsOn}`),
  ],
)

/** The instances that a prestataire supports. */
export const prestataireAttachments = pgTable(
  'prestataire_attachments',
  {
    id: id(),
    consortiumId: consortiumId(),
    consortiumFunctionId: uuid().notNull(),
    instanceId: uuid().notNull(),
    startsOn: date({ mode: 'string' }).notNull(),
    endsOn: date({ mode: 'string' }),
  },
  table => [
    unique('prestataire_attachments_once').on(
      table.consortiumFunctionId,
      table.instanceId,
      table.startsOn,
      table.consortiumId,
    ),
    check('prestataire_attachments_days', sql`${table.endsOn} is null or ${table.endsOn} >= ${table.startsOn}`),
    tenantKey('prestataire_attachments_function', table, table.consortiumFunctionId, consortiumFunctions).onDelete(
      'cascade',
    ),
    tenantKey('prestataire_attachments_instance', table, table.instanceId, instances),
  ],
)

/** Dated rule: the instance competent for a nature; null is the proposing body itself. */
export const competenceRules = pgTable(
  'competence_rules',
  {
    id: id(),
    consortiumId: consortiumId(),
    nature: text().$type<DecisionNature>().notNull(),
    instanceId: uuid(),
    startsOn: date({ mode: 'string' }).notNull(),
    endsOn: date({ mode: 'string' }),
  },
  table => [
    unique('competence_rules_once').on(table.consortiumId, table.nature, table.startsOn),
    tenantKey('competence_rules_instance', table, table.instanceId, instances),
  ],
)

/** What a correspondant proposes: somebody of the own institution for an instance, or the end of such a mandate. */
export const mandateProposals = pgTable(
  'mandate_proposals',
  {
    id: id(),
    consortiumId: consortiumId(),
    /** Of an end, what the columns say of the person and of the function is as the mandate was. */
    kind: text().$type<ProposalKind>().notNull().default('designation'),
    organisationId: uuid().notNull(),
    instanceId: uuid().notNull(),
    function: text().$type<MandateFunction>().notNull(),
    functionLabel: text().notNull(),
    carriesVoice: boolean().notNull().default(false),
    civilite: text().$type<Civilite>().notNull(),
    /**
     * Who was chosen among those of the institution, or whose address it was until they changed it; null for somebody whose
     * names and address were typed.
     */
    accountId: author(),
    givenName: text().notNull(),
    familyName: text().notNull(),
    /** Lower case, trimmed, as an account's. */
    email: text().notNull(),
    qualite: text().notNull(),
    startsOn: date({ mode: 'string' }).notNull(),
    /** The last day, proposed for an end, possible for somebody. */
    endsOn: date({ mode: 'string' }),
    /** The mandate whose end is proposed; nothing any more when that mandate was a mistake and erased. */
    endsMandateId: uuid().references(() => mandates.id),
    /** The mandate that a proposed suppléant or assistant would serve. */
    titulaireMandateId: uuid().references(() => mandates.id),
    /** The mandate that would end the day before. */
    replacesMandateId: uuid().references(() => mandates.id),
    message: text().notNull().default(''),
    state: text().$type<ProposalState>().notNull().default('proposee'),
    proposedAt: instant().notNull(),
    proposedBy: author().notNull(),
    answeredAt: instant(),
    answeredBy: author(),
    /** Why it was returned. */
    reason: text(),
    /** What it became, once accepted; nothing any more when that mandate was a mistake and erased. */
    mandateId: uuid().references(() => mandates.id),
  },
  table => [
    unique('mandate_proposals_tenant').on(table.consortiumId, table.id),
    tenantKey('mandate_proposals_organisation', table, table.organisationId, organisations),
    tenantKey('mandate_proposals_instance', table, table.instanceId, instances),
    index('mandate_proposals_by_organisation').on(table.organisationId, table.proposedAt),
    check('mandate_proposals_answered', sql`(${table.state} = 'proposee') = (${table.answeredAt} is null)`),
    check('mandate_proposals_reason', sql`${table.state} <> 'retournee' or ${table.reason} is not null`),
    check('mandate_proposals_days', sql`${table.endsOn} is null or ${table.endsOn} >= ${table.startsOn}`),
    check('mandate_proposals_end', sql`${table.kind} <> 'fin' or ${table.endsOn} is not null`),
    check('mandate_proposals_ends', sql`${table.endsMandateId} is null or ${table.kind} = 'fin'`),
    check('mandate_proposals_mandate', sql`${table.mandateId} is null or ${table.state} = 'acceptee'`),
  ],
)

/** Visibility that the minutes of a new instance receive, by kind; without a row, `defaultMinutesVisibility`. */
export const visibilityDefaults = pgTable(
  'visibility_defaults',
  {
    id: id(),
    consortiumId: consortiumId(),
    kind: text().$type<InstanceKind>().notNull(),
    minutesVisibility: text().$type<Visibility>().notNull(),
  },
  table => [
    unique('visibility_defaults_once').on(table.consortiumId, table.kind),
    check(
      'visibility_defaults_technical_minutes_reach_their_level',
      sql`${table.kind} not in ('groupe_operationnel', 'groupe_transversal') or ${table.minutesVisibility} <> 'instance'`,
    ),
  ],
)

/** Commission permanente, Assemblée, CAO: they vote the money and the conventions; data, without accounts. */
export const externalBodies = pgTable(
  'external_bodies',
  {
    id: id(),
    consortiumId: consortiumId(),
    name: text().notNull(),
    /** The institution whose body it is. */
    organisationId: uuid(),
    /** What it deliberates on, in a sentence. */
    purpose: text().notNull().default(''),
    endsOn: date({ mode: 'string' }),
  },
  table => [
    unique('external_bodies_tenant').on(table.consortiumId, table.id),
    unique('external_bodies_name').on(table.consortiumId, table.name),
    tenantKey('external_bodies_organisation', table, table.organisationId, organisations),
  ],
)
