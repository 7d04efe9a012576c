import { and, asc, count, eq, getTableColumns, ne } from 'drizzle-orm'
import { consortia, mandates, organisationNames, organisations } from '#db/schema/index.ts'
import { together } from '#db/together.ts'
import { type Actor, activeOn } from '#server/habilitations/actor.ts'
import { type Ability, abilitiesOn, authorize } from '#server/habilitations/authorize.ts'
import { visibleTo } from '#server/habilitations/visible.ts'
import type { OrganisationPhase } from '#server/vocabulary/governance.ts'
import type { Context } from '../context.ts'
import { nameOn } from './change-organisation.ts'

export type OrganisationLine = {
  id: string
  slug: string
  name: string
  shortName: string
  phase: OrganisationPhase
  territory: string | null
  enteredOn: string | null
  leftOn: string | null
  /** Mandates of today. */
  seats: number
}

export type OrganisationList = {
  present: OrganisationLine[]
  /** Those that have left, the latest first. */
  left: OrganisationLine[]
  can: { editOrganisations: Ability }
}

/** The institutions of the consortium, under their names of today. @throws NotFound (H2) */
export async function organisationList(context: Context, actor: Actor): Promise<OrganisationList> {
  const facts = { consortiumId: actor.consortiumId }
  authorize(actor, 'consortium', 'read', facts)
  const { db } = context
  const visible = visibleTo(actor, 'organisation', 'read')
  const { rows, names, seats } = await together(db, {
    rows: db
      .select(getTableColumns(organisations))
      .from(organisations)
      .innerJoin(consortia, eq(consortia.id, organisations.consortiumId))
      .where(visible)
      .orderBy(asc(organisations.position), asc(organisations.slug)),
    names: db
      .select({
        organisationId: organisationNames.organisationId,
        name: organisationNames.name,
        shortName: organisationNames.shortName,
        startsOn: organisationNames.startsOn,
      })
      .from(organisationNames)
      .innerJoin(organisations, eq(organisations.id, organisationNames.organisationId))
      .where(visible)
      .orderBy(asc(organisationNames.startsOn)),
    seats: db
      .select({ organisationId: mandates.organisationId, seats: count() })
      .from(mandates)
      .innerJoin(organisations, eq(organisations.id, mandates.organisationId))
      .where(and(visible, ne(mandates.function, 'invite'), activeOn(mandates, actor.today)))
      .groupBy(mandates.organisationId),
  })
  const byOrganisation = Map.groupBy(names, name => name.organisationId)
  const seatsOf = new Map(seats.map(row => [row.organisationId, row.seats]))
  const lines = rows.map(({ id, slug, phase, territory, enteredOn, leftOn }): OrganisationLine => {
    const { name, shortName } = nameOn(
      byOrganisation.get(id) ?? [],
      leftOn && leftOn < actor.today ? leftOn : actor.today,
    )
    return { id, slug, name, shortName, phase, territory, enteredOn, leftOn, seats: seatsOf.get(id) ?? 0 }
  })
  const gone = ({ leftOn }: OrganisationLine) => leftOn !== null && leftOn < actor.today
  return {
    present: lines.filter(line => !gone(line)),
    left: lines.filter(gone).sort((one, other) => (other.leftOn ?? '').localeCompare(one.leftOn ?? '')),
    can: abilitiesOn(actor, 'consortium', ['editOrganisations'], facts),
  }
}
