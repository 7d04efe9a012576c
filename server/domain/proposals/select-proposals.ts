import { and, eq, getTableColumns, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Database } from '#db/client.ts'
import { accounts, instances, mandateProposals, mandates, organisationNames, organisations } from '#db/schema/index.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { type Ability, abilitiesOn, can } from '#server/habilitations/authorize.ts'
import { columnsOf } from '#server/habilitations/columns.ts'
import { personName } from '#server/vocabulary/french.ts'
import {
  type Civilite,
  civiliteLabels,
  type Level,
  type MandateFunction,
  type ProposalKind,
  type ProposalState,
} from '#server/vocabulary/governance.ts'
import { namedOn } from '../governance/composition.ts'
import { isOfConsortium } from '../governance/designate.ts'

/** A proposal as the correspondants of its institution and the chef de projet see it. */
export type ProposalView = {
  id: string
  kind: ProposalKind
  state: ProposalState
  organisation: { id: string; slug: string; name: string; shortName: string }
  instance: { id: string; slug: string; name: string; shortName: string; level: Level }
  /** « Mme Claire Vidal » */
  name: string
  qualite: string
  function: MandateFunction
  functionLabel: string
  carriesVoice: boolean
  startsOn: string
  /** The last day: that of the mandate that would end, or of who is proposed until a day. */
  endsOn: string | null
  message: string
  proposedAt: Date
  proposedBy: string
  answeredAt: Date | null
  answeredBy: string
  reason: string | null
  /** Who was chosen among those of the institution; null when names and address were typed. */
  accountId: string | null
  /** « madame » or « monsieur », and the names: a form begins with them. */
  civilite: Civilite
  givenName: string
  familyName: string
  titulaireMandateId: string | null
  replacesMandateId: string | null
  /** The mandate whose end is proposed. */
  endsMandateId: string | null
  /** The address, for who typed it or administers mandates (H34): never that of somebody chosen in a list. */
  email: string | null
  /** For who administers mandates: whose account that address is already, in the consortium. */
  knownAs: string | null
  titulaire: string | null
  replaces: string | null
  mandateId: string | null
  can: { answer: Ability; withdraw: Ability; proposeAgain: boolean }
}

const proposers = alias(accounts, 'proposers')
const answerers = alias(accounts, 'answerers')
const known = alias(accounts, 'known')
const titulaires = alias(mandates, 'titulaires')
const titulairePeople = alias(accounts, 'titulaire_people')
const formers = alias(mandates, 'formers')
const formerPeople = alias(accounts, 'former_people')

/** What `proposalView` needs; the caller narrows by `visibleTo`, orders and limits. */
export function selectProposals(db: Database, actor: Actor, where: SQL | undefined) {
  return db
    .select({
      proposal: getTableColumns(mandateProposals),
      facts: columnsOf.proposal,
      organisationSlug: organisations.slug,
      organisationName: organisationNames.name,
      organisationShort: organisationNames.shortName,
      instanceSlug: instances.slug,
      instanceName: instances.name,
      instanceShort: instances.shortName,
      level: instances.level,
      proposedBy: fullName(proposers),
      answeredBy: fullName(answerers),
      knownAs: fullName(known),
      titulaire: fullName(titulairePeople),
      replaces: fullName(formerPeople),
    })
    .from(mandateProposals)
    .innerJoin(organisations, eq(organisations.id, mandateProposals.organisationId))
    .leftJoin(organisationNames, and(eq(organisationNames.organisationId, organisations.id), namedOn(actor.today)))
    .innerJoin(instances, eq(instances.id, mandateProposals.instanceId))
    .innerJoin(proposers, eq(proposers.id, mandateProposals.proposedBy))
    .leftJoin(answerers, eq(answerers.id, mandateProposals.answeredBy))
    .leftJoin(known, and(eq(known.email, mandateProposals.email), isOfConsortium(db, actor.consortiumId, known)))
    .leftJoin(titulaires, eq(titulaires.id, mandateProposals.titulaireMandateId))
    .leftJoin(titulairePeople, eq(titulairePeople.id, titulaires.accountId))
    .leftJoin(formers, eq(formers.id, mandateProposals.replacesMandateId))
    .leftJoin(formerPeople, eq(formerPeople.id, formers.accountId))
    .where(where)
}

type Row = Awaited<ReturnType<typeof selectProposals>>[number]

/** A proposal as the person may see it. */
export function proposalView(actor: Actor, row: Row): ProposalView {
  const { proposal, facts } = row
  const { accountId, email, civilite, givenName, familyName, ...kept } = proposal
  const designates = can(actor, 'consortium', 'editMandates', facts)
  return {
    id: kept.id,
    kind: kept.kind,
    state: kept.state,
    accountId,
    civilite,
    givenName,
    familyName,
    titulaireMandateId: kept.titulaireMandateId,
    replacesMandateId: kept.replacesMandateId,
    endsMandateId: kept.endsMandateId,
    qualite: kept.qualite,
    function: kept.function,
    functionLabel: kept.functionLabel,
    carriesVoice: kept.carriesVoice,
    startsOn: kept.startsOn,
    endsOn: kept.endsOn,
    message: kept.message,
    proposedAt: kept.proposedAt,
    answeredAt: kept.answeredAt,
    reason: kept.reason,
    mandateId: kept.mandateId,
    organisation: {
      id: kept.organisationId,
      slug: row.organisationSlug,
      name: row.organisationName ?? row.organisationSlug,
      shortName: row.organisationShort ?? row.organisationSlug,
    },
    instance: {
      id: kept.instanceId,
      slug: row.instanceSlug,
      name: row.instanceName,
      shortName: row.instanceShort,
      level: row.level,
    },
    name: personName({ civility: civiliteLabels[civilite], givenName, familyName }),
    proposedBy: row.proposedBy ?? '',
    answeredBy: row.answeredBy ?? '',
    email: designates || accountId === null ? email : null,
    knownAs: designates ? row.knownAs : null,
    titulaire: row.titulaire,
    replaces: row.replaces,
    can: {
      ...abilitiesOn(actor, 'proposal', ['answer', 'withdraw'], facts),
      proposeAgain: kept.state === 'retournee' && can(actor, 'organisation', 'proposeRepresentative', facts),
    },
  }
}

function fullName(people: { givenName: SQLWrapper; familyName: SQLWrapper }) {
  return sql<string | null>`${people.givenName} || ' ' || ${people.familyName}`
}
