import { and, count, desc, eq, inArray, or, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { decisions, instances } from '#db/schema/index.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { authorize } from '#server/habilitations/authorize.ts'
import { slugOrNone } from '#server/habilitations/load-facts.ts'
import { visibleTo } from '#server/habilitations/visible.ts'
import type { DecisionNature, DecisionState } from '#server/vocabulary/decisions.ts'
import type { Context } from '../context.ts'

export type RegisterFilter = { instanceSlug?: string; states?: DecisionState[]; page: number }

export type RegisterLine = {
  id: string
  number: string | null
  wording: string
  nature: DecisionNature
  state: DecisionState
  proposing: { slug: string; shortName: string }
  competent: { slug: string; shortName: string }
  proposedAt: Date
  resultOn: string | null
}

export type RegisterPage = {
  lines: RegisterLine[]
  total: number
  pages: number
  /** Instances that the filter offers. */
  instances: { slug: string; name: string }[]
}

const linesPerPage = 25

/** The register of decisions that the person may read, latest first. @throws NotFound (H2) */
export async function decisionRegister(context: Context, actor: Actor, filter: RegisterFilter): Promise<RegisterPage> {
  authorize(actor, 'consortium', 'read', { consortiumId: actor.consortiumId })
  const { db } = context
  const proposing = alias(instances, 'proposing')
  const competent = alias(instances, 'competent')
  const conditions: (SQL | undefined)[] = [
    visibleTo(actor, 'decision', 'read'),
    filter.states?.length ? inArray(decisions.state, filter.states) : undefined,
    filter.instanceSlug
      ? or(eq(proposing.slug, slugOrNone(filter.instanceSlug)), eq(competent.slug, slugOrNone(filter.instanceSlug)))
      : undefined,
  ]
  const [total] = await db
    .select({ value: count() })
    .from(decisions)
    .innerJoin(proposing, eq(proposing.id, decisions.proposingInstanceId))
    .innerJoin(competent, eq(competent.id, decisions.competentInstanceId))
    .where(and(...conditions))
  const lines = await db
    .select({
      id: decisions.id,
      number: decisions.number,
      wording: decisions.wording,
      nature: decisions.nature,
      state: decisions.state,
      proposing: { slug: proposing.slug, shortName: proposing.shortName },
      competent: { slug: competent.slug, shortName: competent.shortName },
      proposedAt: decisions.proposedAt,
      resultOn: decisions.resultOn,
    })
    .from(decisions)
    .innerJoin(proposing, eq(proposing.id, decisions.proposingInstanceId))
    .innerJoin(competent, eq(competent.id, decisions.competentInstanceId))
    .where(and(...conditions))
    .orderBy(desc(decisions.proposedAt), desc(decisions.id))
    .limit(linesPerPage)
    .offset((filter.page - 1) * linesPerPage)
  const choices = await db
    .select({ slug: instances.slug, name: instances.name })
    .from(instances)
    .where(visibleTo(actor, 'instance', 'read'))
    .orderBy(instances.position)
  const found = total?.value ?? 0
  return { lines, total: found, pages: Math.max(1, Math.ceil(found / linesPerPage)), instances: choices }
}
