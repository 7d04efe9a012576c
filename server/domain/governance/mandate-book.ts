import { and, eq, gte, isNull, ne, or } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import { among } from '#db/lists.ts'
import { accounts, consortia, instances, mandates, organisationNames, organisations } from '#db/schema/index.ts'
import { uuidOrNone } from '#server/habilitations/load-facts.ts'
import { personName } from '#server/vocabulary/french.ts'
import { civiliteLabels, type MandateFunction } from '#server/vocabulary/governance.ts'

/** A mandate as the rules of designation look at it. */
export type BookedMandate = {
  id: string
  accountId: string
  /** « Mme Claire Vidal » */
  name: string
  instanceId: string
  organisationId: string
  function: MandateFunction
  carriesVoice: boolean
  titulaireMandateId: string | null
  replacesMandateId: string | null
  startsOn: string
  endsOn: string | null
}

/** What a designation is judged against: the bodies, the institutions, and who sits there. */
export type MandateBook = {
  instances: Map<string, { name: string; endsOn: string | null }>
  organisations: Map<string, { name: string; leftOn: string | null }>
  mandates: BookedMandate[]
}

/**
 * Makes whoever changes the mandates of a consortium wait for the one before: what is judged on who sits there stays true
 * until it is written.
 */
export async function lockMandates(tx: Transaction, consortiumId: string): Promise<void> {
  await tx.select({ id: consortia.id }).from(consortia).where(eq(consortia.id, consortiumId)).for('no key update')
}

/**
 * Loads the book of a consortium: all mandates, or those that last beyond a day, or those of some instances. Invités are
 * left out unless asked for: they have their meeting and do not sit.
 */
export async function loadMandateBook(
  db: Database | Transaction,
  key: { consortiumId: string; from?: string; instanceIds?: readonly string[]; withInvites?: boolean },
): Promise<MandateBook> {
  const { consortiumId, from } = key
  const instanceIds = key.instanceIds?.map(uuidOrNone)
  const bodies = await db
    .select({ id: instances.id, name: instances.name, endsOn: instances.endsOn })
    .from(instances)
    .where(and(eq(instances.consortiumId, consortiumId), instanceIds && among(instances.id, instanceIds)))
  return {
    instances: new Map(bodies.map(({ id, ...body }) => [id, body])),
    organisations: await loadOrganisations(db, consortiumId),
    mandates: await loadMandates(
      db,
      and(
        eq(mandates.consortiumId, consortiumId),
        key.withInvites ? undefined : ne(mandates.function, 'invite'),
        from === undefined ? undefined : or(isNull(mandates.endsOn), gte(mandates.endsOn, from)),
        instanceIds && among(mandates.instanceId, instanceIds),
      ),
    ),
  }
}

async function loadOrganisations(
  db: Database | Transaction,
  consortiumId: string,
): Promise<MandateBook['organisations']> {
  const rows = await db
    .select({ id: organisations.id, leftOn: organisations.leftOn, name: organisationNames.name })
    .from(organisations)
    .innerJoin(organisationNames, eq(organisationNames.organisationId, organisations.id))
    .where(eq(organisations.consortiumId, consortiumId))
    .orderBy(organisationNames.startsOn)
  return new Map(rows.map(({ id, ...organisation }) => [id, organisation]))
}

async function loadMandates(db: Database | Transaction, where: ReturnType<typeof and>): Promise<BookedMandate[]> {
  const rows = await db
    .select({
      id: mandates.id,
      accountId: mandates.accountId,
      civilite: mandates.civilite,
      givenName: accounts.givenName,
      familyName: accounts.familyName,
      instanceId: mandates.instanceId,
      organisationId: mandates.organisationId,
      function: mandates.function,
      carriesVoice: mandates.carriesVoice,
      titulaireMandateId: mandates.titulaireMandateId,
      replacesMandateId: mandates.replacesMandateId,
      startsOn: mandates.startsOn,
      endsOn: mandates.endsOn,
    })
    .from(mandates)
    .innerJoin(accounts, eq(accounts.id, mandates.accountId))
    .where(where)
  return rows.map(({ civilite, givenName, familyName, ...row }) => ({
    ...row,
    name: personName({ civility: civiliteLabels[civilite], givenName, familyName }),
  }))
}

type Days = { startsOn: string; endsOn: string | null }

/** True when two spans of days have one in common. */
export function overlap(one: Days, other: Days): boolean {
  return reaches(one.endsOn, other.startsOn) && reaches(other.endsOn, one.startsOn)
}

/** True when every day of `inner` is one of `outer`. */
export function within(inner: Days, outer: Days): boolean {
  if (inner.startsOn < outer.startsOn) return false
  return outer.endsOn === null || (inner.endsOn !== null && inner.endsOn <= outer.endsOn)
}

/** The earlier of two last days; null is none. */
export function earlier(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other
  return one < other ? one : other
}

function reaches(end: string | null, day: string): boolean {
  return end === null || end >= day
}
