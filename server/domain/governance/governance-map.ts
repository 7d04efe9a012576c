import { and, asc, eq, gte, min, or } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { oneOfWords } from '#db/lists.ts'
import { instances, meetings } from '#db/schema/index.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { type Abilities, type Ability, abilitiesOn, authorize } from '#server/habilitations/authorize.ts'
import { columnsOf } from '#server/habilitations/columns.ts'
import type { InstanceFacts } from '#server/habilitations/facts.ts'
import { visibleTo } from '#server/habilitations/visible.ts'
import { mediumDate } from '#server/vocabulary/french.ts'
import type { InstanceKind, Level } from '#server/vocabulary/governance.ts'
import type { Context } from '../context.ts'

export type MapInstance = {
  slug: string
  name: string
  shortName: string
  kind: InstanceKind
  level: Level
  parentSlug: string | null
  /** True when it is one's own body. */
  yours: boolean
  /** Instant of the next meeting that this person may know of. */
  nextMeetingAt: Date | null
  /** Last day of a body that is dissolved, or will be. */
  endsOn: string | null
  can: Pick<Abilities<'instance'>, 'createMeeting'>
}

/** The instances of the consortium, in the order in which they are shown. @throws NotFound (H2) */
export async function governanceMap(context: Context, actor: Actor): Promise<MapInstance[]> {
  authorize(actor, 'consortium', 'read', { consortiumId: actor.consortiumId })
  const parents = alias(instances, 'parents')
  const rows = await context.db
    .select({
      facts: columnsOf.instance,
      slug: instances.slug,
      name: instances.name,
      shortName: instances.shortName,
      parentSlug: parents.slug,
      endsOn: instances.endsOn,
    })
    .from(instances)
    .leftJoin(parents, eq(parents.id, instances.parentId))
    .where(visibleTo(actor, 'instance', 'read'))
    .orderBy(asc(instances.position), asc(instances.name))
  const next = await nextMeetings(context, actor)
  return rows.map(({ facts, ...row }) => ({
    ...row,
    kind: facts.kind,
    level: facts.level,
    yours: actor.ownBodies.includes(facts.instanceId),
    nextMeetingAt: next.get(facts.instanceId) ?? null,
    can: { createMeeting: createMeetingAbility(actor, facts, row.endsOn) },
  }))
}

/** Whether a person may create a meeting of an instance, which is not dissolved (H5). */
export function createMeetingAbility(actor: Actor, facts: InstanceFacts, endsOn: string | null): Ability {
  const { createMeeting } = abilitiesOn(actor, 'instance', ['createMeeting'], facts)
  if (endsOn === null || endsOn >= actor.today) return createMeeting
  return {
    allowed: false,
    status: 409,
    reason: `Cette instance est dissoute depuis le ${mediumDate(endsOn)} : elle ne se réunit plus.`,
  }
}

/** The meeting under way or the next one of each instance, among those that the person may know of: instance id → instant. */
export async function nextMeetings(context: Context, actor: Actor): Promise<Map<string, Date>> {
  const rows = await context.db
    .select({ instanceId: meetings.instanceId, startsAt: min(meetings.startsAt) })
    .from(meetings)
    .innerJoin(instances, eq(instances.id, meetings.instanceId))
    .where(
      and(
        visibleTo(actor, 'meeting', 'readEntry'),
        or(
          eq(meetings.state, 'en_cours'),
          and(gte(meetings.startsAt, actor.now), oneOfWords(meetings.state, ['preparation', 'invitations_envoyees'])),
        ),
      ),
    )
    .groupBy(meetings.instanceId)
  return new Map(rows.flatMap(({ instanceId, startsAt }) => (startsAt ? [[instanceId, startsAt]] : [])))
}
