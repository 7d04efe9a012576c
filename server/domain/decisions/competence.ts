import { and, desc, eq } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import { competenceRules, instances } from '#db/schema/index.ts'
import { together } from '#db/together.ts'
import { activeOn } from '#server/habilitations/actor.ts'
import { codesOf } from '#server/vocabulary/closed-list.ts'
import { type DecisionNature, decisionNatureLabels } from '#server/vocabulary/decisions.ts'

export type CompetentInstance = { id: string; slug: string; name: string; code: string }

/**
 * The instance competent for each nature on a day, for decisions written in a given instance: by the consortium's dated
 * rules, by equality and not by rank. A nature without a rule, or whose rule says so, belongs to the body itself.
 */
export async function competenceFor(
  db: Database | Transaction,
  key: { consortiumId: string; instanceId: string; day: string },
): Promise<Record<DecisionNature, CompetentInstance>> {
  const { all, rules } = await together(db, {
    all: db
      .select({ id: instances.id, slug: instances.slug, name: instances.name, code: instances.code })
      .from(instances)
      .where(eq(instances.consortiumId, key.consortiumId)),
    rules: db
      .select({ nature: competenceRules.nature, instanceId: competenceRules.instanceId })
      .from(competenceRules)
      .where(and(eq(competenceRules.consortiumId, key.consortiumId), activeOn(competenceRules, key.day)))
      .orderBy(desc(competenceRules.startsOn)),
  })
  const byId = new Map(all.map(instance => [instance.id, instance]))
  const self = byId.get(key.instanceId)
  if (!self) throw new Error('competence is asked for an instance of the consortium')

  const competent = (nature: DecisionNature): CompetentInstance => {
    const rule = rules.find(each => each.nature === nature)
    return (rule?.instanceId ? byId.get(rule.instanceId) : undefined) ?? self
  }
  const entries = codesOf(decisionNatureLabels).map(nature => [nature, competent(nature)] as const)
  return Object.fromEntries(entries) as Record<DecisionNature, CompetentInstance>
}
