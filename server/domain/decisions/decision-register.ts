import { and, eq, inArray } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { decisions, instances } from '#db/schema/index.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { authorize } from '#server/habilitations/authorize.ts'
import { listsFor } from '#server/habilitations/lists-for.ts'
import { slugOrNone } from '#server/habilitations/load-facts.ts'
import { visibleTo } from '#server/habilitations/visible.ts'
import type { DecisionNature, DecisionState } from '#server/vocabulary/decisions.ts'
import type { Context } from '../context.ts'
import { type Place, pageOf, placeIn, slice, type Wanted } from '../page-of.ts'
import { amongFirstOf } from './concerning.ts'

export type RegisterFilter = Wanted & { instanceSlug?: string; states?: DecisionState[] }

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
  /** Where the neighbouring pages begin; null at either end. */
  next: string | null
  previous: string | null
  /** Instances that the filter offers. */
  instances: { slug: string; name: string }[]
}

/** The register of decisions that the person may read, the latest proposed first. @throws NotFound (H2) */
export async function decisionRegister(
  context: Context,
  actor: Actor,
  filter: RegisterFilter = {},
): Promise<RegisterPage> {
  authorize(actor, 'consortium', 'read', { consortiumId: actor.consortiumId })
  const place = placeIn(filter)
  const found = await registerLists(
    context.db,
    actor,
    { instance: slugOrNone(filter.instanceSlug ?? ''), at: place?.at ?? '', id: place?.id ?? '' },
    { side: place?.side ?? null, ofInstance: Boolean(filter.instanceSlug), states: filter.states ?? [] },
  )
  const instanceOf = new Map(found.instances.map(instance => [instance.id, instance]))
  const refTo = (id: string) => {
    const { slug = '', shortName = '' } = instanceOf.get(id) ?? {}
    return { slug, shortName }
  }
  const { rows, next, previous } = pageOf(found.lines, line => line.proposedAt, place)
  return {
    lines: rows.map(line => ({ ...line, proposing: refTo(line.proposing), competent: refTo(line.competent) })),
    next,
    previous,
    instances: found.instances.map(({ slug, name }) => ({ slug, name })),
  }
}

type RegisterVariant = { side: Place['side'] | null; ofInstance: boolean; states: DecisionState[] }

const registerLists = listsFor(
  (
    db,
    actor,
    { instance, at, id }: { instance: string; at: string; id: string },
    { side, ofInstance, states }: RegisterVariant,
  ) => {
    const byDate = { at: decisions.proposedAt, id: decisions.id, latestFirst: true }
    const { where, ...order } = slice(byDate, side && { side, at, id })
    const readable = visibleTo(actor, 'decision', 'read')
    const wanted = {
      ...order,
      where: and(readable, states.length > 0 ? inArray(decisions.state, states) : undefined, where),
    }
    return {
      instances: db
        .select({ id: instances.id, slug: instances.slug, name: instances.name, shortName: instances.shortName })
        .from(instances)
        .where(visibleTo(actor, 'instance', 'read'))
        .orderBy(instances.position),
      lines: db
        .select({
          id: decisions.id,
          number: decisions.number,
          wording: decisions.wording,
          nature: decisions.nature,
          state: decisions.state,
          proposing: decisions.proposingInstanceId,
          competent: decisions.competentInstanceId,
          proposedAt: decisions.proposedAt,
          resultOn: decisions.resultOn,
        })
        .from(decisions)
        .where(ofInstance ? amongFirstOf(db, instanceNamed(db, actor, instance), wanted) : wanted.where)
        .orderBy(...order.orderBy)
        .limit(order.limit),
    }
  },
)

function instanceNamed(db: Database, actor: Actor, slug: string) {
  return db
    .select({ id: instances.id })
    .from(instances)
    .where(and(eq(instances.consortiumId, actor.consortiumId), eq(instances.slug, slug)))
}
