import { and, asc, eq, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { noneOfWords, oneOfWords } from '#db/lists.ts'
import { accounts, instances, mandates } from '#db/schema/index.ts'
import { type Actor, activeOn } from '#server/habilitations/actor.ts'
import { authorize } from '#server/habilitations/authorize.ts'
import { listsFor } from '#server/habilitations/lists-for.ts'
import { visibleTo } from '#server/habilitations/visible.ts'
import { personName } from '#server/vocabulary/french.ts'
import { civiliteLabels, type InstanceKind, type Level, type MandateFunction } from '#server/vocabulary/governance.ts'
import type { Context } from '../context.ts'
import { namesOn, selectNames } from './dated-names.ts'

/** An instance in the organisation chart, with those who lead it. */
export type ChartInstance = {
  slug: string
  name: string
  shortName: string
  kind: InstanceKind
  level: Level
  parentSlug: string | null
  leads: ChartLead[]
  /** Members and suppléants, besides those who lead. */
  members: number
}

export type ChartLead = { name: string; function: MandateFunction; functionLabel: string; organisation: string }

/** The governance with the people who lead it today, in one query. @throws NotFound (H2) */
export async function organisationChart(context: Context, actor: Actor): Promise<ChartInstance[]> {
  authorize(actor, 'consortium', 'read', { consortiumId: actor.consortiumId })
  const found = await chartLists(context.db, actor, {})
  const nameOf = namesOn(found.names, actor.today)
  const leadsOf = Map.groupBy(found.leads, lead => lead.instanceId)
  const membersOf = new Map(found.members.map(({ instanceId, count }) => [instanceId, count]))
  return found.instances
    .filter(({ endsOn }) => endsOn === null || endsOn >= actor.today)
    .map(({ id, endsOn: _, ...instance }) => ({
      ...instance,
      members: membersOf.get(id) ?? 0,
      leads: (leadsOf.get(id) ?? [])
        .toSorted((one, other) => leading.indexOf(one.function) - leading.indexOf(other.function))
        .map(({ civilite, givenName, familyName, organisationId, ...lead }) => ({
          name: personName({ civility: civiliteLabels[civilite], givenName, familyName }),
          function: lead.function,
          functionLabel: lead.functionLabel,
          organisation: nameOf(organisationId).shortName,
        })),
    }))
}

const leading: readonly MandateFunction[] = ['president', 'copilote', 'secretaire']

const parents = alias(instances, 'parents')

const chartLists = listsFor((db, actor, _given: Record<string, never>) => {
  const today = and(visibleTo(actor, 'mandate', 'read'), activeOn(mandates, actor.today))
  return {
    instances: db
      .select({
        id: instances.id,
        slug: instances.slug,
        name: instances.name,
        shortName: instances.shortName,
        kind: instances.kind,
        level: instances.level,
        endsOn: instances.endsOn,
        parentSlug: parents.slug,
      })
      .from(instances)
      .leftJoin(parents, eq(parents.id, instances.parentId))
      .where(visibleTo(actor, 'instance', 'read'))
      .orderBy(asc(instances.position), asc(instances.name)),
    names: selectNames(db, actor),
    leads: db
      .select({
        instanceId: mandates.instanceId,
        organisationId: mandates.organisationId,
        civilite: mandates.civilite,
        givenName: accounts.givenName,
        familyName: accounts.familyName,
        function: mandates.function,
        functionLabel: mandates.functionLabel,
      })
      .from(mandates)
      .innerJoin(accounts, eq(accounts.id, mandates.accountId))
      .where(and(today, oneOfWords(mandates.function, leading)))
      .orderBy(asc(accounts.familyName), asc(accounts.givenName), asc(mandates.id)),
    members: db
      .select({ instanceId: mandates.instanceId, count: sql<number>`count(*)::int` })
      .from(mandates)
      .where(and(today, noneOfWords(mandates.function, [...leading, 'assistant', 'invite'])))
      .groupBy(mandates.instanceId),
  }
})
