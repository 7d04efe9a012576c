import { and, asc, eq, lt, type SQL } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import { consortia, consortiumFunctions, instances, mandates, organisationNames } from '#db/schema/index.ts'
import { type ConsortiumFunctionKind, civiliteLabels, type MandateFunction } from '#server/vocabulary/governance.ts'
import { namedOn } from '../governance/composition.ts'
import { notOver } from './account-rights.ts'

/** A mandate or a function of somebody. */
export type OwnRight = {
  id: string
  consortium: { id: string; slug: string; name: string }
  /** Null for a function in the whole consortium. */
  instance: { id: string; slug: string; name: string } | null
  function: MandateFunction | ConsortiumFunctionKind
  functionLabel: string
  civilite: string
  qualite: string
  /** The institution it represents, by its name of today, or of the last day. */
  organisation: string | null
  startsOn: string
  endsOn: string | null
  /** The mandate that it takes over; null for a function. */
  replacesMandateId: string | null
}

/** One's own mandates and functions in every consortium, current ones and those to come. */
export function ownRights(db: Database | Transaction, accountId: string, today: string): Promise<OwnRight[]> {
  return rightsOf(db, accountId, { where: table => notOver(table, today), named: () => namedOn(today) })
}

/** Those that are over, the latest first. */
export async function ownPastRights(db: Database, accountId: string, today: string): Promise<OwnRight[]> {
  const past = await rightsOf(db, accountId, {
    where: table => lt(table.endsOn, today),
    named: table => namedOn(table.endsOn),
  })
  return past.toSorted((one, other) => (other.endsOn ?? '').localeCompare(one.endsOn ?? ''))
}

type Table = typeof mandates | typeof consortiumFunctions

async function rightsOf(
  db: Database | Transaction,
  accountId: string,
  { where, named }: { where: (table: Table) => SQL | undefined; named: (table: Table) => SQL | undefined },
): Promise<OwnRight[]> {
  const held = await db
    .select({
      ...shared(mandates),
      instance: { id: instances.id, slug: instances.slug, name: instances.name },
      replacesMandateId: mandates.replacesMandateId,
    })
    .from(mandates)
    .innerJoin(consortia, eq(consortia.id, mandates.consortiumId))
    .innerJoin(instances, eq(instances.id, mandates.instanceId))
    .leftJoin(organisationNames, and(eq(organisationNames.organisationId, mandates.organisationId), named(mandates)))
    .where(and(eq(mandates.accountId, accountId), where(mandates)))
    .orderBy(asc(consortia.name), asc(instances.position), asc(mandates.startsOn), asc(mandates.id))
  const functions = await db
    .select(shared(consortiumFunctions))
    .from(consortiumFunctions)
    .innerJoin(consortia, eq(consortia.id, consortiumFunctions.consortiumId))
    .leftJoin(
      organisationNames,
      and(eq(organisationNames.organisationId, consortiumFunctions.organisationId), named(consortiumFunctions)),
    )
    .where(and(eq(consortiumFunctions.accountId, accountId), where(consortiumFunctions)))
    .orderBy(asc(consortia.name), asc(consortiumFunctions.startsOn), asc(consortiumFunctions.id))
  const all = [...functions.map(row => ({ ...row, instance: null, replacesMandateId: null })), ...held]
  return all
    .map(({ civilite, ...row }) => ({ ...row, civilite: civiliteLabels[civilite] }))
    .toSorted((one, other) => one.consortium.name.localeCompare(other.consortium.name, 'fr'))
}

/** The consortium in whose name an account is invited, when several are; null for who is of none. */
export async function invitingConsortium(db: Database | Transaction, accountId: string, today: string) {
  const [right] = await ownRights(db, accountId, today)
  return right?.consortium.id ?? null
}

function shared<T extends Table>(table: T) {
  return {
    id: table.id,
    consortium: { id: consortia.id, slug: consortia.slug, name: consortia.name },
    function: table.function,
    functionLabel: table.functionLabel,
    civilite: table.civilite,
    qualite: table.qualite,
    organisation: organisationNames.name,
    startsOn: table.startsOn,
    endsOn: table.endsOn,
  }
}
