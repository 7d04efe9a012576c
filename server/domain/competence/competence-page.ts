import { and, asc, eq } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import { competenceRules, instances } from '#db/schema/index.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { type Ability, abilitiesOn, authorize } from '#server/habilitations/authorize.ts'
import { codesOf } from '#server/vocabulary/closed-list.ts'
import { type DecisionNature, decisionNatureLabels } from '#server/vocabulary/decisions.ts'
import type { Context } from '../context.ts'
import { versionOf } from '../governance/change-shape.ts'
import { inActivity } from '../governance/management-page.ts'
import { type ExternalBody, externalBodiesOf } from './external-bodies.ts'

export type CompetenceRule = {
  id: string
  /** Null: the instance that proposes. */
  instance: { slug: string; name: string } | null
  startsOn: string
  endsOn: string | null
  /** Not begun, or begun today: it may still be withdrawn. */
  mayBeWithdrawn: boolean
}

export type CompetencePage = {
  /** Each nature, what is competent for it today, what was and what will be, oldest first. */
  natures: { nature: DecisionNature; today: CompetenceRule | null; past: CompetenceRule[]; toCome: CompetenceRule[] }[]
  /** Those that vote the money and the conventions, whether a structure has them or none. */
  externalBodies: ExternalBody[]
  version: string
  can: { editCompetence: Ability }
}

export type CompetenceRow = typeof competenceRules.$inferSelect

/** Who decides what, in this consortium, by day. @throws NotFound (H2) */
export async function competencePage(context: Context, actor: Actor): Promise<CompetencePage> {
  const facts = { consortiumId: actor.consortiumId }
  authorize(actor, 'consortium', 'read', facts)
  const rules = await rulesOf(context.db, actor.consortiumId)
  const bodies = await context.db
    .select({ id: instances.id, slug: instances.slug, name: instances.name })
    .from(instances)
    .where(eq(instances.consortiumId, actor.consortiumId))
  const byId = new Map(bodies.map(({ id, ...body }) => [id, body]))
  const view = ({ id, nature, instanceId, startsOn, endsOn }: CompetenceRow, rank: number): CompetenceRule => ({
    id,
    instance: instanceId === null ? null : (byId.get(instanceId) ?? null),
    startsOn,
    endsOn,
    mayBeWithdrawn: startsOn >= actor.today && rules.findIndex(rule => rule.nature === nature) !== rank,
  })
  const views = rules.map((rule, rank) => ({ nature: rule.nature, ...view(rule, rank) }))
  const natures = codesOf(decisionNatureLabels).map(nature => {
    const own = views.filter(rule => rule.nature === nature)
    const begun = own.filter(({ startsOn }) => startsOn <= actor.today)
    const today = begun.findLast(({ endsOn }) => endsOn === null || endsOn >= actor.today) ?? null
    return {
      nature,
      today,
      past: begun.filter(rule => rule !== today),
      toCome: own.filter(({ startsOn }) => startsOn > actor.today),
    }
  })
  return {
    natures,
    externalBodies: await externalBodiesOf(context, actor),
    version: rulesVersion(rules),
    can: abilitiesOn(actor, 'consortium', ['editCompetence'], facts),
  }
}

/** The instances that a rule may name. @throws NotFound (H2) */
export function competentChoices(context: Context, actor: Actor): Promise<{ id: string; name: string }[]> {
  authorize(actor, 'consortium', 'read', { consortiumId: actor.consortiumId })
  return context.db
    .select({ id: instances.id, name: instances.name })
    .from(instances)
    .where(and(eq(instances.consortiumId, actor.consortiumId), inActivity(actor.today)))
    .orderBy(asc(instances.position), asc(instances.name))
}

/** Every rule of a consortium, nature by nature, oldest first. */
export function rulesOf(db: Database | Transaction, consortiumId: string): Promise<CompetenceRow[]> {
  return db
    .select()
    .from(competenceRules)
    .where(eq(competenceRules.consortiumId, consortiumId))
    .orderBy(asc(competenceRules.nature), asc(competenceRules.startsOn))
}

/** Tells one set of rules from another. */
export function rulesVersion(rules: readonly CompetenceRow[]): string {
  return versionOf(rules.map(({ id, instanceId, startsOn, endsOn }) => [id, instanceId, startsOn, endsOn]))
}
