import { and, asc, eq } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import { consortia, consortiumFunctions, instances, mandates, organisationNames } from '#db/schema/index.ts'
import { type ConsortiumFunctionKind, civiliteLabels, type MandateFunction } from '#server/vocabulary/governance.ts'
import { namedOn } from '../governance/composition.ts'
import { notOver } from './account-rights.ts'

/** A mandate or a function of somebody, of today or later. */
export type OwnRight = {
  id: string
  consortium: { id: string; slug: string; name: string }
  /** Null for a function in the whole consortium. */
  instance: { id: string; slug: string; name: string } | null
  function: MandateFunction | ConsortiumFunctionKind
  functionLabel: string
  civilite: string
  qualite: string
  /** The institution it represents, by its name of today. */
  organisation: string | null
  startsOn: string
  endsOn: string | null
}

/** One's own mandates and functions in every consortium, current ones and those to come. */
export async function ownRights(db: Database | Transaction, accountId: string, today: string): Promise<OwnRight[]> {
  const held = await db
    .select({ ...shared(mandates), instance: { id: instances.id, slug: instances.slug, name: instances.name } })
    .from(mandates)
    .innerJoin(consortia, eq(consortia.id, mandates.consortiumId))
    .innerJoin(instances, eq(instances.id, mandates.instanceId))
    .leftJoin(organisationNames, and(eq(organisationNames.organisationId, mandates.organisationId), namedOn(today)))
    .where(and(eq(mandates.accountId, accountId), notOver(mandates, today)))
    .orderBy(asc(consortia.name), asc(instances.position), asc(mandates.startsOn), asc(mandates.id))
  const functions = await db
    .select(shared(consortiumFunctions))
    .from(consortiumFunctions)
    .innerJoin(consortia, eq(consortia.id, consortiumFunctions.consortiumId))
    .leftJoin(
      organisationNames,
      and(eq(organisationNames.organisationId, consortiumFunctions.organisationId), namedOn(today)),
    )
    .where(and(eq(consortiumFunctions.accountId, accountId), notOver(consortiumFunctions, today)))
    .orderBy(asc(consortia.name), asc(consortiumFunctions.startsOn), asc(consortiumFunctions.id))
  const all = [...functions.map(row => ({ ...row, instance: null })), ...held]
  return all
    .map(({ civilite, ...row }) => ({ ...row, civilite: civiliteLabels[civilite] }))
    .toSorted((one, other) => one.consortium.name.localeCompare(other.consortium.name, 'fr'))
}

/** The consortium in whose name an account is invited, when several are; null for who is of none. */
export async function invitingConsortium(db: Database | Transaction, accountId: string, today: string) {
  const [right] = await ownRights(db, accountId, today)
  return right?.consortium.id ?? null
}

function shared<Table extends typeof mandates | typeof consortiumFunctions>(table: Table) {
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
