import { and, eq, ne, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { Database } from '#db/client.ts'
import {
  accounts,
  actionItems,
  consortiumFunctions,
  decisions,
  instances,
  mandateProposals,
  mandates,
  meetings,
  minutes,
  organisationNames,
  organisations,
} from '#db/schema/index.ts'
import { NotFound } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { can } from '#server/habilitations/authorize.ts'
import { columnsOf } from '#server/habilitations/columns.ts'
import type { FactsOf, Resource } from '#server/habilitations/facts.ts'
import { uuidOrNone } from '#server/habilitations/load-facts.ts'
import type { ActionOn } from '#server/habilitations/rules.ts'
import { type AccessKind, consortiumPages, isConsortiumPage } from '#server/vocabulary/access.ts'
import { longDate, parisDay, personName } from '#server/vocabulary/french.ts'
import { ownBodyFunctions } from '#server/vocabulary/governance.ts'
import { namedOn } from '../governance/composition.ts'
import { opensPage } from './pages.ts'
import type { About } from './preview-profiles.ts'

/** A thing of which somebody asks who reads it. */
export type AskedThing<R extends Resource = Resource> = {
  resource: R
  facts: FactsOf[R]
  /** What it is called, for who may read it. */
  title: string
  /** Its page in the consortium, for who may open it. */
  path: string | null
  /** What it belongs to: it is previewed as the people who are there. */
  about: About
  /** The ways of reading it that are told, where they are not all those of its kind; the first one lets know that it exists. */
  readings?: readonly ActionOn<R>[]
  /** What may be done with it, likewise. */
  acts?: readonly ActionOn<R>[]
}

/** The thing of that kind, whoever asks: the caller judges. @throws NotFound when there is none in the actor's consortium */
export async function askedThing(db: Database, actor: Actor, kind: AccessKind, id: string): Promise<AskedThing> {
  const found = await loaders[kind](db, actor, id)
  if (!found) throw new NotFound()
  return found
}

type Loader = (db: Database, actor: Actor, id: string) => Promise<AskedThing | null>

/** Checks that a loader gives the facts of its resource. */
function thing<R extends Resource>(of: AskedThing<R>): AskedThing {
  return of as unknown as AskedThing
}

const loaders: Record<AccessKind, Loader> = {
  async instance(db, actor, id) {
    const [row] = await db
      .select({ facts: columnsOf.instance, name: instances.name, slug: instances.slug })
      .from(instances)
      .where(here(actor, instances, id))
    if (!row) return null
    const { facts, name, slug } = row
    return thing({
      resource: 'instance',
      facts,
      title: name,
      path: `instances/${slug}`,
      about: { instanceId: facts.instanceId },
    })
  },

  async reunion(db, actor, id) {
    const [row] = await db
      .select({ facts: columnsOf.meeting, startsAt: meetings.startsAt, body: instances.shortName })
      .from(meetings)
      .innerJoin(instances, eq(instances.id, meetings.instanceId))
      .where(here(actor, meetings, id))
    if (!row) return null
    const { facts } = row
    return thing({
      resource: 'meeting',
      facts,
      title: `Réunion du ${longDate(row.startsAt)}, ${row.body}`,
      path: pathIf(actor, 'meeting', 'read', facts, `reunions/${facts.meetingId}`),
      about: { instanceId: facts.instanceId, meetingId: facts.meetingId },
    })
  },

  async presence(db, actor, id) {
    const [meetingId = '', mandateId = '', ...more] = id.split('.')
    const [row] = await db
      .select({
        facts: columnsOf.presence,
        startsAt: meetings.startsAt,
        body: instances.shortName,
        mandate: mandates,
        givenName: accounts.givenName,
        familyName: accounts.familyName,
      })
      .from(meetings)
      .innerJoin(instances, eq(instances.id, meetings.instanceId))
      .innerJoin(mandates, eq(mandates.instanceId, instances.id))
      .innerJoin(accounts, eq(accounts.id, mandates.accountId))
      .where(and(here(actor, meetings, meetingId), here(actor, mandates, mandateId)))
    if (!row || more.length > 0 || !isExpected(row.mandate, row.startsAt)) return null
    const { facts } = row
    return thing({
      resource: 'presence',
      facts,
      title: `Présence de ${personName(row)} à la réunion du ${longDate(row.startsAt)}, ${row.body}`,
      path:
        pathIf(actor, 'presence', 'answer', facts, `reunions/${facts.meetingId}/ma-presence`) ??
        pathIf(actor, 'meeting', 'read', facts, `reunions/${facts.meetingId}`),
      about: { instanceId: facts.instanceId, meetingId: facts.meetingId },
    })
  },

  async 'compte-rendu'(db, actor, id) {
    const [row] = await db
      .select({ facts: columnsOf.minutes, startsAt: meetings.startsAt, body: instances.shortName })
      .from(minutes)
      .innerJoin(meetings, eq(meetings.id, minutes.meetingId))
      .innerJoin(instances, eq(instances.id, meetings.instanceId))
      .where(here(actor, minutes, id))
    if (!row) return null
    const { facts } = row
    return thing({
      resource: 'minutes',
      facts,
      title: `Compte rendu de la réunion du ${longDate(row.startsAt)}, ${row.body}`,
      path: `comptes-rendus/${id}`,
      about: { instanceId: facts.instanceId, meetingId: facts.meetingId },
    })
  },

  async decision(db, actor, id) {
    const [row] = await db
      .select({ facts: columnsOf.decision, wording: decisions.wording, number: decisions.number })
      .from(decisions)
      .where(here(actor, decisions, id))
    if (!row) return null
    const { facts, wording, number } = row
    return thing({
      resource: 'decision',
      facts,
      title: number ? `Décision ${number} : ${wording}` : wording,
      path: `decisions/${id}`,
      about: { instanceId: facts.proposingInstanceId },
    })
  },

  async action(db, actor, id) {
    const [row] = await db
      .select({ facts: columnsOf.action, wording: actionItems.wording, minutesId: minutes.id })
      .from(actionItems)
      .innerJoin(minutes, eq(minutes.id, actionItems.minutesId))
      .innerJoin(meetings, eq(meetings.id, minutes.meetingId))
      .innerJoin(instances, eq(instances.id, meetings.instanceId))
      .where(here(actor, actionItems, id))
    if (!row) return null
    const { facts, wording, minutesId } = row
    // Whoever is in charge of an action may well not read the minutes it comes from.
    const path = pathIf(actor, 'minutes', 'read', facts, `comptes-rendus/${minutesId}`)
    const { instanceId, meetingId } = facts
    return thing({ resource: 'action', facts, title: wording, path, about: { instanceId, meetingId } })
  },

  async structure(db, actor, id) {
    const [row] = await db
      .select({ facts: columnsOf.organisation, name: organisationNames.name, slug: organisations.slug })
      .from(organisations)
      .leftJoin(organisationNames, currentName(organisations.id, actor.today))
      .where(here(actor, organisations, id))
    if (!row) return null
    const { facts, name, slug } = row
    return thing({
      resource: 'organisation',
      facts,
      title: name ?? slug,
      path: `structures/${slug}`,
      about: { organisationId: facts.organisationId },
    })
  },

  async mandat(db, actor, id) {
    const row = await mandateRow(db, actor, id)
    if (!row) return null
    const { facts, about, label, body } = row
    const title = `Mandat de ${personName(row)} : ${label}, ${body}`
    return thing({ resource: 'mandate', facts, title, path: `mandats/${facts.mandateId}`, about })
  },

  async passation(db, actor, id) {
    const row = await mandateRow(db, actor, id)
    // Without a mandate that it takes over, there is nothing to hand over.
    if (!row || row.replaces === null) return null
    const { facts, about, label, body } = row
    return thing({
      resource: 'mandate',
      facts,
      title: `Passation du mandat de ${personName(row)} : ${label}, ${body}`,
      path: `mandats/${facts.mandateId}/passation`,
      about,
      readings: ['readHandover'],
      acts: [],
    })
  },

  async fonction(db, actor, id) {
    const [row] = await db
      .select({
        facts: columnsOf.consortiumFunction,
        held: consortiumFunctions,
        givenName: accounts.givenName,
        familyName: accounts.familyName,
      })
      .from(consortiumFunctions)
      .innerJoin(accounts, eq(accounts.id, consortiumFunctions.accountId))
      .where(here(actor, consortiumFunctions, id))
    if (!row) return null
    const { facts, held } = row
    return thing({
      resource: 'consortiumFunction',
      facts,
      title: `Fonction de ${personName(row)} : ${held.functionLabel}`,
      path: pathIf(actor, 'consortium', 'editMandates', facts, `fonctions/${facts.functionId}`),
      about: held.organisationId === null ? {} : { organisationId: held.organisationId },
    })
  },

  async proposition(db, actor, id) {
    const [row] = await db
      .select({ facts: columnsOf.proposal, proposal: mandateProposals, body: instances.shortName })
      .from(mandateProposals)
      .innerJoin(instances, eq(instances.id, mandateProposals.instanceId))
      .where(here(actor, mandateProposals, id))
    if (!row) return null
    const { facts, proposal, body } = row
    const { instanceId, organisationId } = proposal
    const what = proposal.kind === 'fin' ? 'Fin de mandat proposée' : 'Proposition'
    return thing({
      resource: 'proposal',
      facts,
      title: `${what} : ${personName(proposal)}, ${proposal.functionLabel}, ${body}`,
      path: `propositions/${proposal.id}`,
      about: { instanceId, organisationId },
    })
  },

  async page(_db, { consortiumId }, word) {
    if (!isConsortiumPage(word)) return null
    const { reading, acts = [] } = opensPage[word]
    return thing({
      resource: 'consortium',
      facts: { consortiumId },
      title: consortiumPages[word],
      path: word === 'instances' ? '' : word,
      about: {},
      readings: [reading],
      acts,
    })
  },
}

async function mandateRow(db: Database, actor: Actor, id: string) {
  const [row] = await db
    .select({
      facts: columnsOf.mandate,
      about: { instanceId: mandates.instanceId, organisationId: mandates.organisationId },
      replaces: mandates.replacesMandateId,
      label: mandates.functionLabel,
      body: instances.shortName,
      givenName: accounts.givenName,
      familyName: accounts.familyName,
    })
    .from(mandates)
    .innerJoin(instances, eq(instances.id, mandates.instanceId))
    .innerJoin(accounts, eq(accounts.id, mandates.accountId))
    // That of an invité has no page.
    .where(and(here(actor, mandates, id), ne(mandates.function, 'invite')))
  return row
}

/** Whether the holder of a mandate is expected at a meeting: by what they are on that day. */
function isExpected({ function: held, startsOn, endsOn }: typeof mandates.$inferSelect, meetingAt: Date): boolean {
  const day = parisDay(meetingAt)
  return ownBodyFunctions.includes(held) && startsOn <= day && (endsOn === null || endsOn >= day)
}

function here(actor: Actor, table: { id: PgColumn; consortiumId: PgColumn }, id: string): SQL | undefined {
  return and(eq(table.id, uuidOrNone(id)), eq(table.consortiumId, actor.consortiumId))
}

function currentName(organisationId: PgColumn, day: string): SQL | undefined {
  return and(eq(organisationNames.organisationId, organisationId), namedOn(day))
}

function pathIf<R extends Resource>(actor: Actor, resource: R, action: ActionOn<R>, facts: FactsOf[R], path: string) {
  return can(actor, resource, action, facts) ? path : null
}
