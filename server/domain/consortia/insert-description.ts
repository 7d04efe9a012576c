import { eq } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import {
  competenceRules,
  consortia,
  externalBodies,
  instances,
  organisationNames,
  organisations,
  visibilityDefaults,
} from '#db/schema/index.ts'
import { addDays } from '#server/calendar.ts'
import { codesOf } from '#server/vocabulary/closed-list.ts'
import { decisionNatureLabels } from '#server/vocabulary/decisions.ts'
import { unbreakableSpaces as fr } from '#server/vocabulary/french.ts'
import type { InstanceKind, Visibility } from '#server/vocabulary/governance.ts'
import type { ConsortiumDescription, InstanceDescription } from './description.ts'

/** A described consortium, once in the database, by the words of its file. */
export type Inserted = {
  consortiumId: string
  organisations: ReadonlyMap<string, string>
  instances: ReadonlyMap<string, { id: string; name: string }>
}

/** The consortium, its structures, bodies and rules; the people come after. @param firstDay from which rules hold */
export async function insertDescription(
  tx: Database | Transaction,
  description: Omit<ConsortiumDescription, 'chefs' | 'people'>,
  { createdAt, firstDay }: { createdAt: Date; firstDay: string },
): Promise<Inserted> {
  const { slug, territory } = description
  const [consortium] = await tx
    .insert(consortia)
    .values({ slug, name: fr(description.name), territory, purpose: fr(description.purpose), createdAt })
    .returning({ id: consortia.id })
  if (!consortium) throw new Error('an inserted consortium has an id')
  const consortiumId = consortium.id
  const organisationIds = await insertOrganisations(tx, consortiumId, description.organisations, firstDay)
  const instanceIds = await insertInstances(tx, consortiumId, description.instances, { createdAt, organisationIds })
  await tx.insert(competenceRules).values(
    codesOf(decisionNatureLabels).map(nature => {
      const competent = description.competence[nature]
      const instanceId = competent === null ? null : wanted(instanceIds, competent).id
      return { consortiumId, nature, instanceId, startsOn: firstDay }
    }),
  )
  await insertSettings(tx, consortiumId, description, organisationIds)
  return { consortiumId, organisations: organisationIds, instances: instanceIds }
}

/** What stands under a word that the file is known to hold. */
export function wanted<Value>(map: ReadonlyMap<string, Value>, key: string): Value {
  const value = map.get(key)
  if (value === undefined) throw new Error(`the description does not know « ${key} »`)
  return value
}

async function insertOrganisations(
  tx: Database | Transaction,
  consortiumId: string,
  described: ConsortiumDescription['organisations'],
  firstDay: string,
) {
  const rows = await tx
    .insert(organisations)
    .values(described.map(({ names: _, ...organisation }, position) => ({ ...organisation, consortiumId, position })))
    .returning({ id: organisations.id, slug: organisations.slug })
  const ids = new Map(rows.map(row => [row.slug, row.id]))
  await tx.insert(organisationNames).values(
    described.flatMap(({ slug, names }) =>
      names.map(({ name, shortName, from }, rank) => {
        const next = names[rank + 1]?.from
        return {
          consortiumId,
          organisationId: wanted(ids, slug),
          name: fr(name),
          shortName: fr(shortName),
          startsOn: from ?? earlier(firstDay, next),
          endsOn: next ? addDays(next, -1) : null,
        }
      }),
    ),
  )
  return ids
}

/** The first day of an undated first name: the consortium's, or the day before the next name. */
function earlier(firstDay: string, next: string | null | undefined): string {
  return next && next <= firstDay ? addDays(next, -1) : firstDay
}

async function insertInstances(
  tx: Database | Transaction,
  consortiumId: string,
  described: readonly InstanceDescription[],
  { createdAt, organisationIds }: { createdAt: Date; organisationIds: ReadonlyMap<string, string> },
) {
  const rows = await tx
    .insert(instances)
    .values(
      described.map(({ parent: _, votingRules, ...instance }, position) => ({
        ...instance,
        consortiumId,
        name: fr(instance.name),
        shortName: fr(instance.shortName),
        purpose: fr(instance.purpose),
        roles: instance.roles.map(fr),
        composition: fr(instance.composition),
        cadence: fr(instance.cadence),
        votingRules: votingRules && { ...votingRules, weights: byId(votingRules.weights, organisationIds) },
        position,
        createdAt,
      })),
    )
    .returning({ id: instances.id, slug: instances.slug, name: instances.name })
  const bySlug = new Map(rows.map(({ slug, ...instance }) => [slug, instance]))
  for (const { slug, parent } of described) {
    if (parent === null) continue
    const parentId = wanted(bySlug, parent).id
    await tx
      .update(instances)
      .set({ parentId })
      .where(eq(instances.id, wanted(bySlug, slug).id))
  }
  return bySlug
}

function byId(weights: Readonly<Record<string, number>>, ids: ReadonlyMap<string, string>): Record<string, number> {
  return Object.fromEntries(Object.entries(weights).map(([slug, weight]) => [wanted(ids, slug), weight]))
}

async function insertSettings(
  tx: Database | Transaction,
  consortiumId: string,
  {
    visibilityDefaults: chosen,
    externalBodies: bodies,
  }: Pick<ConsortiumDescription, 'visibilityDefaults' | 'externalBodies'>,
  organisationIds: ReadonlyMap<string, string>,
): Promise<void> {
  const kinds = Object.entries(chosen) as [InstanceKind, Visibility][]
  if (kinds.length > 0) {
    await tx
      .insert(visibilityDefaults)
      .values(kinds.map(([kind, minutesVisibility]) => ({ consortiumId, kind, minutesVisibility })))
  }
  if (bodies.length > 0) {
    await tx.insert(externalBodies).values(
      bodies.map(({ name, organisation, purpose }) => ({
        consortiumId,
        name: fr(name),
        organisationId: organisation && wanted(organisationIds, organisation),
        purpose: fr(purpose),
      })),
    )
  }
}
