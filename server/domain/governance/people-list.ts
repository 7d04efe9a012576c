import { and, asc, count, eq, exists, gt, ilike, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Database } from '#db/client.ts'
import { first } from '#db/lists.ts'
import {
  accounts,
  consortiumFunctions,
  instances,
  mandates,
  organisationNames,
  organisations,
} from '#db/schema/index.ts'
import { type Actor, activeOn } from '#server/habilitations/actor.ts'
import { slugOrNone } from '#server/habilitations/load-facts.ts'
import { visibleTo } from '#server/habilitations/visible.ts'
import type { ConsortiumFunctionKind, SeatFunction } from '#server/vocabulary/governance.ts'
import type { Context } from '../context.ts'
import { namedOn } from './composition.ts'
import { isOfConsortium } from './designate.ts'
import { mandateGovernor } from './govern-mandates.ts'
import { endsSoon } from './management-page.ts'

/** Where somebody stands in the consortium today. */
export type PersonState = 'en_cours' | 'a_venir' | 'termine'

export type PeopleFilters = {
  /** Slugs of an institution, of an instance. */
  organisation?: string | null
  instance?: string | null
  function?: SeatFunction | ConsortiumFunctionKind | null
  /** « jamais »: without a password, has never signed in; « finit »: a mandate of theirs ends soon. */
  state?: PersonState | 'jamais' | 'finit' | 'tous' | null
  search?: string
  page?: number
}

export type RoleView = {
  label: string
  /** The instance; nothing for a function in the consortium. */
  instance: string | null
  organisation: string | null
  startsOn: string
  endsOn: string | null
}

export type PersonRow = {
  id: string
  givenName: string
  familyName: string
  email: string
  hasPassword: boolean
  suspended: boolean
  state: PersonState
  roles: RoleView[]
}

export type PeopleList = {
  rows: PersonRow[]
  total: number
  page: number
  pages: number
  organisations: { slug: string; name: string }[]
  instances: { slug: string; name: string }[]
}

export const peoplePerPage = 50

/** The people of the consortium, by name, for who designates. @throws NotFound, Forbidden (H34) */
export async function peopleList(context: Context, actor: Actor, filters: PeopleFilters): Promise<PeopleList> {
  mandateGovernor(actor)
  const { db } = context
  const where = and(isOfConsortium(db, actor.consortiumId), ...conditions(db, actor, filters))
  const [counted] = await db.select({ total: count() }).from(accounts).where(where)
  const total = counted?.total ?? 0
  const pages = Math.max(1, Math.ceil(total / peoplePerPage))
  const page = Math.min(Math.max(1, Math.trunc(filters.page ?? 1)), pages)
  const rows = await db
    .select({
      id: accounts.id,
      givenName: accounts.givenName,
      familyName: accounts.familyName,
      email: accounts.email,
      hasPassword: sql<boolean>`${accounts.passwordHash} is not null`,
      suspended: sql<boolean>`${accounts.suspendedAt} is not null`,
      roles: rolesOf(actor),
    })
    .from(accounts)
    .where(where)
    .orderBy(asc(sql`lower(${accounts.familyName})`), asc(accounts.givenName), asc(accounts.id))
    .limit(first(peoplePerPage))
    .offset((page - 1) * peoplePerPage)
  return {
    rows: rows.map(row => ({ ...row, state: stateOf(row.roles, actor.today) })),
    total,
    page,
    pages,
    organisations: await organisationChoices(db, actor),
    instances: await db
      .select({ slug: instances.slug, name: instances.name })
      .from(instances)
      .where(visibleTo(actor, 'instance', 'read'))
      .orderBy(asc(instances.position), asc(instances.name)),
  }
}

/** The best of somebody's roles on a day: one in force, else one to come, else all are over. */
export function stateOf(roles: readonly Pick<RoleView, 'startsOn' | 'endsOn'>[], today: string): PersonState {
  const lasting = roles.filter(role => role.endsOn === null || role.endsOn >= today)
  if (lasting.some(role => role.startsOn <= today)) return 'en_cours'
  return lasting.length > 0 ? 'a_venir' : 'termine'
}

/** Institutions by their name of the day. */
export function organisationChoices(db: Database, actor: Actor) {
  return db
    .select({ id: organisations.id, slug: organisations.slug, name: organisationNames.name })
    .from(organisations)
    .innerJoin(organisationNames, and(eq(organisationNames.organisationId, organisations.id), namedOn(actor.today)))
    .where(visibleTo(actor, 'organisation', 'read'))
    .orderBy(asc(organisations.position), asc(organisationNames.name))
}

const named = alias(organisationNames, 'named')

/** SQL: mandates and functions of an account in the consortium, the latest first, as JSON. */
function rolesOf({ consortiumId, today }: Actor) {
  const organisation = (table: typeof mandates | typeof consortiumFunctions) =>
    sql`(select ${named.shortName} from ${organisationNames} "named" where ${named.organisationId} = ${table.organisationId}
      and ${named.startsOn} <= ${today} order by ${named.startsOn} desc limit 1)`
  const roles = sql`(select coalesce(json_agg(role order by role."startsOn" desc), '[]') from (
    select ${mandates.functionLabel} as label, ${instances.shortName} as instance, ${organisation(mandates)} as organisation,
      ${mandates.startsOn} as "startsOn", ${mandates.endsOn} as "endsOn"
    from ${mandates} join ${instances} on ${instances.id} = ${mandates.instanceId}
    where ${mandates.accountId} = ${accounts.id} and ${mandates.consortiumId} = ${consortiumId}
    union all
    select ${consortiumFunctions.functionLabel}, null, ${organisation(consortiumFunctions)},
      ${consortiumFunctions.startsOn}, ${consortiumFunctions.endsOn}
    from ${consortiumFunctions}
    where ${consortiumFunctions.accountId} = ${accounts.id} and ${consortiumFunctions.consortiumId} = ${consortiumId}
  ) role)`
  // Columns right inside a selected fragment would lose the name of their table.
  return sql<RoleView[]>`${roles}`
}

function conditions(db: Database, actor: Actor, filters: PeopleFilters): (SQL | undefined)[] {
  return [
    textCondition(filters.search ?? ''),
    roleCondition(db, actor, filters),
    stateCondition(db, actor, filters.state ?? 'tous'),
  ]
}

function textCondition(search: string): SQL | undefined {
  const words = search.slice(0, 100).split(/\s+/).filter(Boolean).slice(0, 5)
  return and(
    ...words.map(word => {
      const like = `%${word.replace(/[\\%_]/g, character => `\\${character}`)}%`
      return or(ilike(accounts.givenName, like), ilike(accounts.familyName, like), ilike(accounts.email, like))
    }),
  )
}

/** One and the same role has the institution, the instance and the function that are asked. */
function roleCondition(db: Database, actor: Actor, filters: PeopleFilters): SQL | undefined {
  const { organisation, instance, function: fn } = filters
  if (!organisation && !instance && !fn) return undefined
  const ofOrganisation = (column: SQL) =>
    organisation
      ? sql`${column} in (select ${organisations.id} from ${organisations} where ${organisations.consortiumId} = ${actor.consortiumId}
          and ${organisations.slug} = ${slugOrNone(organisation)})`
      : undefined
  const mandate = exists(
    db
      .select({ one: sql`1` })
      .from(mandates)
      .innerJoin(instances, eq(instances.id, mandates.instanceId))
      .where(
        and(
          eq(mandates.accountId, accounts.id),
          eq(mandates.consortiumId, actor.consortiumId),
          ofOrganisation(sql`${mandates.organisationId}`),
          instance ? eq(instances.slug, slugOrNone(instance)) : undefined,
          fn ? sql`${mandates.function} = ${fn}` : undefined,
        ),
      ),
  )
  if (instance) return mandate
  return or(
    mandate,
    exists(
      db
        .select({ one: sql`1` })
        .from(consortiumFunctions)
        .where(
          and(
            eq(consortiumFunctions.accountId, accounts.id),
            eq(consortiumFunctions.consortiumId, actor.consortiumId),
            ofOrganisation(sql`${consortiumFunctions.organisationId}`),
            fn ? sql`${consortiumFunctions.function} = ${fn}` : undefined,
          ),
        ),
    ),
  )
}

function stateCondition(db: Database, actor: Actor, state: NonNullable<PeopleFilters['state']>): SQL | undefined {
  if (state === 'tous') return undefined
  if (state === 'jamais') return isNull(accounts.passwordHash)
  if (state === 'finit') {
    const ending = db
      .select({ one: sql`1` })
      .from(mandates)
      .where(and(eq(mandates.accountId, accounts.id), endsSoon(actor)))
    return exists(ending)
  }
  const some = (condition: (table: typeof mandates | typeof consortiumFunctions) => SQL | undefined) => {
    const among = (table: typeof mandates | typeof consortiumFunctions) =>
      exists(
        db
          .select({ one: sql`1` })
          .from(table)
          .where(and(eq(table.accountId, accounts.id), eq(table.consortiumId, actor.consortiumId), condition(table))),
      )
    return sql`(${or(among(mandates), among(consortiumFunctions))})`
  }
  const now = some(table => activeOn(table, actor.today))
  const later = some(table => gt(table.startsOn, actor.today))
  if (state === 'en_cours') return now
  if (state === 'a_venir') return and(sql`not ${now}`, later)
  return and(
    sql`not ${now}`,
    sql`not ${later}`,
    some(table => lt(table.endsOn, actor.today)),
  )
}
