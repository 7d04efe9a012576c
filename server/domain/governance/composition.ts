import { and, asc, eq, gte, isNull, lte, ne, or, type SQL } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import type { Database, Transaction } from '#db/client.ts'
import { accounts, mandates, organisationNames, organisations } from '#db/schema/index.ts'
import { activeOn } from '#server/habilitations/actor.ts'
import { personName } from '#server/vocabulary/french.ts'
import { civiliteLabels, type MandateFunction } from '#server/vocabulary/governance.ts'

/** A person who sits in an instance on a day, under the institution's name of that day. */
export type Seat = {
  mandateId: string
  accountId: string
  /** « Mme Claire Vidal » */
  name: string
  function: MandateFunction
  functionLabel: string
  qualite: string
  carriesVoice: boolean
  titulaireMandateId: string | null
  organisationId: string
  organisation: string
  organisationShort: string
  email: string
  phone: string | null
  startsOn: string
}

/** Who sits in an instance on a day: all functions but invité, by institution. */
export async function seatsOf(
  db: Database | Transaction,
  key: { consortiumId: string; instanceId: string; day: string },
): Promise<Seat[]> {
  return (await selectSeats(db, key)).map(seatFrom)
}

/** What `seatFrom` needs of who sits in an instance on a day. */
export function selectSeats(
  db: Database | Transaction,
  key: { consortiumId: string; instanceId: string | SQL; day: string },
) {
  return db
    .select({
      mandateId: mandates.id,
      accountId: accounts.id,
      civilite: mandates.civilite,
      givenName: accounts.givenName,
      familyName: accounts.familyName,
      function: mandates.function,
      functionLabel: mandates.functionLabel,
      qualite: mandates.qualite,
      carriesVoice: mandates.carriesVoice,
      titulaireMandateId: mandates.titulaireMandateId,
      organisationId: organisations.id,
      organisation: organisationNames.name,
      organisationShort: organisationNames.shortName,
      email: accounts.email,
      phone: accounts.phone,
      startsOn: mandates.startsOn,
    })
    .from(mandates)
    .innerJoin(accounts, eq(accounts.id, mandates.accountId))
    .innerJoin(organisations, eq(organisations.id, mandates.organisationId))
    .innerJoin(organisationNames, and(eq(organisationNames.organisationId, organisations.id), namedOn(key.day)))
    .where(
      and(
        eq(mandates.consortiumId, key.consortiumId),
        eq(mandates.instanceId, key.instanceId),
        ne(mandates.function, 'invite'),
        activeOn(mandates, key.day),
      ),
    )
    .orderBy(asc(organisations.position), asc(accounts.familyName), asc(accounts.givenName), asc(mandates.id))
}

type SeatRow = Awaited<ReturnType<typeof selectSeats>>[number]

export function seatFrom({ civilite, givenName, familyName, ...row }: SeatRow): Seat {
  return { ...row, name: personName({ civility: civiliteLabels[civilite], givenName, familyName }) }
}

/** SQL: the institution's name in use on a day, or on that of a column. */
export function namedOn(day: string | AnyPgColumn) {
  return and(
    lte(organisationNames.startsOn, day),
    or(isNull(organisationNames.endsOn), gte(organisationNames.endsOn, day)),
  )
}
