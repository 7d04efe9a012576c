import { asc, eq, type SQL } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { organisationNames, organisations } from '#db/schema/index.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { visibleTo } from '#server/habilitations/visible.ts'

export type DatedName = {
  organisationId: string
  name: string
  shortName: string
  startsOn: string
  endsOn: string | null
}

/** Every name that the institutions that this person may see have had, the oldest first (H38). */
export function selectNames(db: Database, actor: Actor, where?: SQL) {
  return db
    .select({
      organisationId: organisationNames.organisationId,
      name: organisationNames.name,
      shortName: organisationNames.shortName,
      startsOn: organisationNames.startsOn,
      endsOn: organisationNames.endsOn,
    })
    .from(organisationNames)
    .innerJoin(organisations, eq(organisations.id, organisationNames.organisationId))
    .where(where ?? visibleTo(actor, 'organisation', 'read'))
    .orderBy(asc(organisationNames.startsOn))
}

export type OrganisationName = { name: string; shortName: string }

/** The name of each institution on a day; on a day that none of its names covers, the nearest one. */
export function namesOn(rows: readonly DatedName[], day: string): (organisationId: string) => OrganisationName {
  const byOrganisation = Map.groupBy(rows, row => row.organisationId)
  return organisationId => {
    const names = byOrganisation.get(organisationId) ?? []
    const begun = names.findLast(name => name.startsOn <= day)
    const { name, shortName } = begun ?? names[0] ?? { name: '', shortName: '' }
    return { name, shortName }
  }
}
