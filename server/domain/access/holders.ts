import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import {
  accounts,
  consortiumFunctions,
  instances,
  mandates,
  organisationNames,
  prestataireAttachments,
} from '#db/schema/index.ts'
import { type Actor, activeOn, buildActor } from '#server/habilitations/actor.ts'
import { personName } from '#server/vocabulary/french.ts'
import { namedOn } from '../governance/composition.ts'

/** A mandate, a function or an attachment: what a right comes from, as one says it. */
export type Title = {
  /** « Copilote » */
  label: string
  /** The body's short name; null for a function in the whole consortium. */
  body: string | null
  /** The institution's short name. */
  organisation: string | null
  since: string
  /** The same person, had they this alone. */
  alone: Actor
}

/** A person who holds something today, as the rules see them. */
export type Holder = { accountId: string; name: string; actor: Actor; titles: Title[] }

type Key = Pick<Actor, 'consortiumId' | 'now' | 'today'>

/**
 * Everyone who holds an active mandate or function in a consortium, by name, with what each of their rights comes from: in
 * two queries, however many they are. Suspended accounts hold nothing, nor do administrateurs.
 *
 * @param only the account wanted, everyone without it; and whether it counts to be the invité of a meeting.
 */
export async function holdersOf(
  db: Database | Transaction,
  key: Key,
  { only, invites = true }: { only?: string | undefined; invites?: boolean } = {},
): Promise<Holder[]> {
  const mandatesHeld = (await activeMandates(db, key, only)).filter(
    ({ mandate }) => invites || mandate.function !== 'invite',
  )
  const rows = [...mandatesHeld, ...(await activeFunctions(db, key, only))]
  const people = Map.groupBy(rows, row => row.accountId)
  return [...people.values()].map(own => holderFrom(key, own)).sort(byName)
}

type Row = Awaited<ReturnType<typeof activeMandates>>[number] | Awaited<ReturnType<typeof activeFunctions>>[number]

function holderFrom(key: Key, rows: readonly Row[]): Holder & { sortName: string } {
  const [{ accountId, givenName, familyName }] = rows as [Row]
  const name = personName({ givenName, familyName })
  const person = { accountId, name, ...pick(key), verification: null }
  const mandateOf = (row: Row) => ('mandate' in row ? [row.mandate] : [])
  const functionOf = (row: Row) => ('held' in row ? [row.held] : [])
  return {
    accountId,
    name,
    sortName: `${familyName} ${givenName}`,
    actor: buildActor(person, rows.flatMap(mandateOf), rows.flatMap(functionOf)),
    titles: rows.map(row => ({
      label: row.label,
      body: row.body,
      organisation: row.organisation,
      since: row.since,
      alone: buildActor(person, mandateOf(row), functionOf(row)),
    })),
  }
}

function byName(one: { sortName: string }, other: { sortName: string }): number {
  return one.sortName.localeCompare(other.sortName, 'fr')
}

function pick({ consortiumId, now, today }: Key): Key {
  return { consortiumId, now, today }
}

function person(only: string | undefined) {
  return and(
    isNull(accounts.suspendedAt),
    eq(accounts.isAdministrateur, false),
    only === undefined ? undefined : eq(accounts.id, only),
  )
}

function activeMandates(db: Database | Transaction, { consortiumId, today }: Key, only?: string) {
  return db
    .select({
      accountId: accounts.id,
      givenName: accounts.givenName,
      familyName: accounts.familyName,
      label: mandates.functionLabel,
      body: instances.shortName,
      organisation: organisationNames.shortName,
      since: mandates.startsOn,
      mandate: {
        id: mandates.id,
        instanceId: mandates.instanceId,
        organisationId: mandates.organisationId,
        function: mandates.function,
        meetingId: mandates.meetingId,
        titulaireMandateId: mandates.titulaireMandateId,
        readsDossier: mandates.readsDossier,
        level: instances.level,
        kind: instances.kind,
      },
    })
    .from(mandates)
    .innerJoin(accounts, eq(accounts.id, mandates.accountId))
    .innerJoin(instances, eq(instances.id, mandates.instanceId))
    .leftJoin(organisationNames, and(eq(organisationNames.organisationId, mandates.organisationId), namedOn(today)))
    .where(and(eq(mandates.consortiumId, consortiumId), activeOn(mandates, today), person(only)))
    .orderBy(asc(instances.position), asc(mandates.startsOn), asc(mandates.id))
}

/** A prestataire's comes once for each instance it is attached to. */
function activeFunctions(db: Database | Transaction, { consortiumId, today }: Key, only?: string) {
  return db
    .select({
      accountId: accounts.id,
      givenName: accounts.givenName,
      familyName: accounts.familyName,
      label: consortiumFunctions.functionLabel,
      body: instances.shortName,
      organisation: organisationNames.shortName,
      since: sql<string>`coalesce(${prestataireAttachments.startsOn}, ${consortiumFunctions.startsOn})`,
      held: {
        function: consortiumFunctions.function,
        organisationId: consortiumFunctions.organisationId,
        attachedTo: prestataireAttachments.instanceId,
      },
    })
    .from(consortiumFunctions)
    .innerJoin(accounts, eq(accounts.id, consortiumFunctions.accountId))
    .leftJoin(
      prestataireAttachments,
      and(
        eq(prestataireAttachments.consortiumFunctionId, consortiumFunctions.id),
        activeOn(prestataireAttachments, today),
      ),
    )
    .leftJoin(instances, eq(instances.id, prestataireAttachments.instanceId))
    .leftJoin(
      organisationNames,
      and(eq(organisationNames.organisationId, consortiumFunctions.organisationId), namedOn(today)),
    )
    .where(and(eq(consortiumFunctions.consortiumId, consortiumId), activeOn(consortiumFunctions, today), person(only)))
    .orderBy(asc(consortiumFunctions.startsOn), asc(consortiumFunctions.id), asc(instances.position))
}
