import { and, asc, eq, exists, min, ne, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Database } from '#db/client.ts'
import { among } from '#db/lists.ts'
import { accounts, consortiumFunctions, instances, mandates, organisations } from '#db/schema/index.ts'
import { together } from '#db/together.ts'
import { type Actor, activeOn } from '#server/habilitations/actor.ts'
import { authorize, can } from '#server/habilitations/authorize.ts'
import { slugOrNone } from '#server/habilitations/load-facts.ts'
import { visibleTo } from '#server/habilitations/visible.ts'
import { personName } from '#server/vocabulary/french.ts'
import { civiliteLabels, type Level } from '#server/vocabulary/governance.ts'
import type { Context } from '../context.ts'
import { namesOn, type OrganisationName, selectNames } from './dated-names.ts'
import { folded, wordsOf } from './folded.ts'

/** What narrows the directory: words of a name or of a quality, slugs. */
export type DirectoryFilter = { words?: string; organisation?: string; instance?: string }

export type DirectoryOrganisation = OrganisationName & { slug: string }
export type DirectoryInstance = { slug: string; name: string; shortName: string; level: Level }

/** A mandate, or a function in the consortium. */
export type DirectoryRole = {
  /** Null for a function in the consortium. */
  mandateId: string | null
  functionLabel: string
  qualite: string
  carriesVoice: boolean
  organisation: DirectoryOrganisation | null
  instance: DirectoryInstance | null
}

export type DirectoryPerson = {
  id: string
  /** « Mme Claire Vidal » */
  name: string
  givenName: string
  familyName: string
  roles: DirectoryRole[]
  /** E-mail and phone, for who shares an instance with the person (H4) or administers mandates (H34). */
  contact: { email: string; phone: string | null } | null
}

export type Directory = {
  people: DirectoryPerson[]
  /** How many there are, on all pages. */
  total: number
  organisations: DirectoryOrganisation[]
  /** With how many people sit there. */
  instances: (DirectoryInstance & { people: number })[]
}

export const peoplePerPage = 50

/** Far more than a consortium has: what a file may hold. */
export const mostPeople = 5_000

/**
 * The people of the consortium today, each once, with their mandates and functions; by institution, then by name. In two
 * queries, whatever their number. @throws NotFound (H2)
 */
export async function directory(
  context: Context,
  actor: Actor,
  filter: DirectoryFilter & { page?: number; everyone?: boolean } = {},
): Promise<Directory> {
  authorize(actor, 'consortium', 'read', { consortiumId: actor.consortiumId })
  const { db } = context
  const page = { size: filter.everyone ? mostPeople : peoplePerPage, number: filter.everyone ? 1 : (filter.page ?? 1) }
  const people = await selectPeople(db, actor, filter, page)
  const ids = people.map(person => person.id)
  const found = await together(db, {
    mandates: mandatesOf(db, actor, ids),
    functions: functionsOf(db, actor, ids),
    organisations: db
      .select({ id: organisations.id, slug: organisations.slug })
      .from(organisations)
      .where(visibleTo(actor, 'organisation', 'read'))
      .orderBy(asc(organisations.position), asc(organisations.slug)),
    names: selectNames(db, actor),
    instances: instancesWithPeople(db, actor),
  })
  const nameOf = namesOn(found.names, actor.today)
  const organisationList = found.organisations.map(({ id, slug }) => ({ id, slug, ...nameOf(id) }))
  const organisationOf = new Map(organisationList.map(({ id, ...organisation }) => [id, organisation]))
  const instanceOf = new Map(found.instances.map(({ id, people: _, ...instance }) => [id, instance]))
  const rows = [
    ...found.mandates,
    ...found.functions.map(each => ({ ...each, mandateId: null, carriesVoice: false, instanceId: null })),
  ]
  const rowsOf = Map.groupBy(rows, row => row.accountId)
  return {
    people: people.map(person => {
      const roles = rowsOf.get(person.id) ?? []
      const civility = roles[0] && civiliteLabels[roles[0].civilite]
      return {
        id: person.id,
        name: personName({ ...person, civility }),
        givenName: person.givenName,
        familyName: person.familyName,
        contact: person.email === null ? null : { email: person.email, phone: person.phone },
        roles: roles.map(({ mandateId, functionLabel, qualite, carriesVoice, organisationId, instanceId }) => ({
          mandateId,
          functionLabel,
          qualite,
          carriesVoice,
          organisation: organisationOf.get(organisationId ?? '') ?? null,
          instance: instanceOf.get(instanceId ?? '') ?? null,
        })),
      }
    }),
    total: people[0]?.total ?? 0,
    organisations: organisationList.map(({ id: _, ...organisation }) => organisation),
    instances: found.instances.map(({ id: _, ...instance }) => instance),
  }
}

/** Mandates that count today and that the person may see; the invité of one meeting is not of the directory. */
function mandatesToday(actor: Actor): SQL | undefined {
  return and(visibleTo(actor, 'mandate', 'read'), ne(mandates.function, 'invite'), activeOn(mandates, actor.today))
}

function functionsToday(actor: Actor): SQL | undefined {
  return and(visibleTo(actor, 'consortiumFunction', 'read'), activeOn(consortiumFunctions, actor.today))
}

/** One page of the people who hold a mandate or a function that the filter lets through. */
function selectPeople(
  db: Database,
  actor: Actor,
  { words = '', organisation, instance }: DirectoryFilter,
  page: { size: number; number: number },
) {
  const roles = db
    .select({
      accountId: mandates.accountId,
      organisationId: sql<string | null>`${mandates.organisationId}`.as('organisation_id'),
      instanceId: sql<string | null>`${mandates.instanceId}`.as('instance_id'),
      qualite: mandates.qualite,
    })
    .from(mandates)
    .where(mandatesToday(actor))
    .unionAll(
      db
        .select({
          accountId: consortiumFunctions.accountId,
          organisationId: sql<string | null>`${consortiumFunctions.organisationId}`.as('organisation_id'),
          instanceId: sql<string | null>`null::uuid`.as('instance_id'),
          qualite: consortiumFunctions.qualite,
        })
        .from(consortiumFunctions)
        .where(functionsToday(actor)),
    )
    .as('roles')
  const searched = folded(sql`${accounts.givenName} || ' ' || ${accounts.familyName} || ' ' || ${roles.qualite}`)
  const readable = contactReadable(db, actor)
  return db
    .select({
      id: accounts.id,
      givenName: accounts.givenName,
      familyName: accounts.familyName,
      email: sql<string | null>`case when ${readable} then ${accounts.email} end`,
      phone: sql<string | null>`case when ${readable} then ${accounts.phone} end`,
      total: sql<number>`(count(*) over ())::int`,
    })
    .from(roles)
    .innerJoin(accounts, eq(accounts.id, roles.accountId))
    .leftJoin(organisations, eq(organisations.id, roles.organisationId))
    .leftJoin(instances, eq(instances.id, roles.instanceId))
    .where(
      and(
        ...wordsOf(words).map(word => sql`position(${word} in ${searched}) > 0`),
        organisation === undefined ? undefined : eq(organisations.slug, slugOrNone(organisation)),
        instance === undefined ? undefined : eq(instances.slug, slugOrNone(instance)),
      ),
    )
    .groupBy(accounts.id)
    .orderBy(
      sql`${min(organisations.position)} asc nulls last`,
      asc(folded(accounts.familyName)),
      asc(folded(accounts.givenName)),
      asc(accounts.id),
    )
    .limit(page.size)
    .offset((page.number - 1) * page.size)
}

/** SQL: the person sits in an instance whose members' addresses the reader may see (H4); who designates sees them all (H34). */
function contactReadable(db: Database, actor: Actor): SQL {
  if (can(actor, 'consortium', 'editMandates', { consortiumId: actor.consortiumId })) return sql`true`
  const shared = alias(mandates, 'shared')
  const bodies = alias(instances, 'bodies')
  // The rule speaks of the table of instances: a subquery of its own keeps it apart from the one that the list joins.
  const readableBodies = db
    .select({ id: instances.id })
    .from(instances)
    .where(visibleTo(actor, 'instance', 'readContacts'))
  return exists(
    db
      .select({ one: sql`1` })
      .from(shared)
      .innerJoin(bodies, eq(bodies.id, shared.instanceId))
      .where(
        and(
          eq(shared.accountId, accounts.id),
          eq(shared.consortiumId, actor.consortiumId),
          ne(shared.function, 'invite'),
          activeOn(shared, actor.today),
          sql`${bodies.id} in ${readableBodies}`,
        ),
      ),
  )
}

function mandatesOf(db: Database, actor: Actor, ids: readonly string[]) {
  return db
    .select({
      mandateId: mandates.id,
      accountId: mandates.accountId,
      civilite: mandates.civilite,
      functionLabel: mandates.functionLabel,
      qualite: mandates.qualite,
      carriesVoice: mandates.carriesVoice,
      organisationId: mandates.organisationId,
      instanceId: mandates.instanceId,
    })
    .from(mandates)
    .innerJoin(instances, eq(instances.id, mandates.instanceId))
    .where(and(mandatesToday(actor), among(mandates.accountId, ids)))
    .orderBy(asc(instances.position), asc(mandates.id))
}

function functionsOf(db: Database, actor: Actor, ids: readonly string[]) {
  return db
    .select({
      accountId: consortiumFunctions.accountId,
      civilite: consortiumFunctions.civilite,
      functionLabel: consortiumFunctions.functionLabel,
      qualite: consortiumFunctions.qualite,
      organisationId: consortiumFunctions.organisationId,
    })
    .from(consortiumFunctions)
    .where(and(functionsToday(actor), among(consortiumFunctions.accountId, ids)))
    .orderBy(asc(consortiumFunctions.id))
}

function instancesWithPeople(db: Database, actor: Actor) {
  const people = db
    .select({
      instanceId: mandates.instanceId,
      people: sql<number>`count(distinct ${mandates.accountId})::int`.as('people'),
    })
    .from(mandates)
    .where(mandatesToday(actor))
    .groupBy(mandates.instanceId)
    .as('people_by_instance')
  return db
    .select({
      id: instances.id,
      slug: instances.slug,
      name: instances.name,
      shortName: instances.shortName,
      level: instances.level,
      people: sql<number>`coalesce(${people.people}, 0)`,
    })
    .from(instances)
    .leftJoin(people, eq(people.instanceId, instances.id))
    .where(
      and(
        visibleTo(actor, 'instance', 'read'),
        or(sql`${instances.endsOn} is null`, sql`${instances.endsOn} >= ${actor.today}`),
      ),
    )
    .orderBy(asc(instances.position), asc(instances.name))
}
