import { and, eq, ne, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { Database } from '#db/client.ts'
import {
  accounts,
  actionItems,
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
import type { AccessKind } from '#server/vocabulary/access.ts'
import { longDate, personName } from '#server/vocabulary/french.ts'
import { namedOn } from '../governance/composition.ts'

/** A thing of which somebody asks who reads it. */
export type AskedThing<R extends Resource = Resource> = {
  resource: R
  facts: FactsOf[R]
  /** What it is called, for who may read it. */
  title: string
  /** Its page in the consortium, for who may open it. */
  path: string | null
  /** The body it belongs to, where one previews it as one of its members. */
  instance: { id: string; meetingId: string | null } | null
}

/** The thing of that kind, whoever asks: the caller judges. @throws NotFound when there is none in the actor's consortium */
export async function askedThing(db: Database, actor: Actor, kind: AccessKind, id: string): Promise<AskedThing> {
  const found = await loaders[kind](db, actor, uuidOrNone(id))
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
      instance: { id: facts.instanceId, meetingId: null },
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
      path: pathIf(actor, 'meeting', 'read', facts, `reunions/${id}`),
      instance: { id: facts.instanceId, meetingId: id },
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
      instance: { id: facts.instanceId, meetingId: facts.meetingId },
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
      instance: { id: facts.proposingInstanceId, meetingId: null },
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
    return thing({ resource: 'action', facts, title: wording, path, instance: null })
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
      instance: null,
    })
  },

  async mandat(db, actor, id) {
    const [row] = await db
      .select({
        facts: columnsOf.mandate,
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
    if (!row) return null
    const title = `Mandat de ${personName(row)} : ${row.label}, ${row.body}`
    return thing({ resource: 'mandate', facts: row.facts, title, path: `mandats/${id}`, instance: null })
  },

  async proposition(db, actor, id) {
    const [row] = await db
      .select({ facts: columnsOf.proposal, proposal: mandateProposals, body: instances.shortName })
      .from(mandateProposals)
      .innerJoin(instances, eq(instances.id, mandateProposals.instanceId))
      .where(here(actor, mandateProposals, id))
    if (!row) return null
    const { facts, proposal, body } = row
    const what = proposal.kind === 'fin' ? 'Fin de mandat proposée' : 'Proposition'
    const title = `${what} : ${personName(proposal)}, ${proposal.functionLabel}, ${body}`
    return thing({ resource: 'proposal', facts, title, path: `propositions/${id}`, instance: null })
  },
}

function here(actor: Actor, table: { id: PgColumn; consortiumId: PgColumn }, id: string): SQL | undefined {
  return and(eq(table.id, id), eq(table.consortiumId, actor.consortiumId))
}

function currentName(organisationId: PgColumn, day: string): SQL | undefined {
  return and(eq(organisationNames.organisationId, organisationId), namedOn(day))
}

function pathIf<R extends Resource>(actor: Actor, resource: R, action: ActionOn<R>, facts: FactsOf[R], path: string) {
  return can(actor, resource, action, facts) ? path : null
}
