import { and, desc, eq, or } from 'drizzle-orm'
import { decisions, instances } from '#db/schema/index.ts'
import { NotFound } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { type Ability, abilitiesOn, authorize, can } from '#server/habilitations/authorize.ts'
import { slugOrNone } from '#server/habilitations/load-facts.ts'
import { visibleTo } from '#server/habilitations/visible.ts'
import type { DecisionState } from '#server/vocabulary/decisions.ts'
import type { InstanceKind, Level, MandateFunction } from '#server/vocabulary/governance.ts'
import type { Context } from '../context.ts'
import { type MeetingEntry, meetingEntries } from '../meetings/meeting-entries.ts'
import { type Seat, seatsOf } from './composition.ts'

export type InstancePage = {
  id: string
  slug: string
  name: string
  shortName: string
  level: Level
  kind: InstanceKind
  parent: { slug: string; name: string } | null
  territory: string | null
  purpose: string
  roles: string[]
  compositionText: string
  cadence: string
  validatorRule: (typeof instances.$inferSelect)['validatorRule']
  yours: boolean
  /** By institution. E-mail and phone only for own bodies (H4). */
  composition: { organisation: string; people: SeatView[] }[]
  upcoming: MeetingEntry[]
  past: MeetingEntry[]
  decisions: InstanceDecision[]
  can: { createMeeting: Ability }
}

export type SeatView = {
  name: string
  function: MandateFunction
  functionLabel: string
  qualite: string
  contact: { email: string; phone: string | null } | null
  since: string
}

export type InstanceDecision = {
  id: string
  wording: string
  state: DecisionState
  number: string | null
  /** True when this instance is the competent one, false when it only proposed. */
  competent: boolean
}

/** An instance as its members and all members of the consortium see it. @throws NotFound (H3) */
export async function instancePage(context: Context, actor: Actor, slug: string): Promise<InstancePage> {
  const { db } = context
  const [instance] = await db
    .select()
    .from(instances)
    .where(and(eq(instances.slug, slugOrNone(slug)), eq(instances.consortiumId, actor.consortiumId)))
  if (!instance) throw new NotFound()
  const facts = {
    consortiumId: instance.consortiumId,
    instanceId: instance.id,
    level: instance.level,
    kind: instance.kind,
  }
  authorize(actor, 'instance', 'read', facts)

  const withContacts = can(actor, 'instance', 'readContacts', facts)
  const seats = await seatsOf(db, { ...facts, day: actor.today })
  const entries = await meetingEntries(context, actor, { instanceId: instance.id, most: 40 })
  return {
    id: instance.id,
    slug: instance.slug,
    name: instance.name,
    shortName: instance.shortName,
    level: instance.level,
    kind: instance.kind,
    parent: await parentOf(context, instance.parentId),
    territory: instance.territory,
    purpose: instance.purpose,
    roles: instance.roles,
    compositionText: instance.composition,
    cadence: instance.cadence,
    validatorRule: instance.validatorRule,
    yours: actor.ownBodies.includes(instance.id),
    composition: byOrganisation(seats).map(([organisation, members]) => ({
      organisation,
      people: members.map(seat => seatView(seat, withContacts)),
    })),
    upcoming: entries.filter(entry => entry.upcoming).reverse(),
    past: entries.filter(entry => !entry.upcoming),
    decisions: await decisionsOf(context, actor, instance.id),
    can: abilitiesOn(actor, 'instance', ['createMeeting'], facts),
  }
}

/** Seats grouped by institution, in the order in which they come. */
export function byOrganisation<S extends { organisation: string }>(seats: readonly S[]): [string, S[]][] {
  return [...Map.groupBy(seats, seat => seat.organisation)]
}

async function parentOf(context: Context, parentId: string | null) {
  if (parentId === null) return null
  const [parent] = await context.db
    .select({ slug: instances.slug, name: instances.name })
    .from(instances)
    .where(eq(instances.id, parentId))
  return parent ?? null
}

async function decisionsOf(context: Context, actor: Actor, instanceId: string): Promise<InstanceDecision[]> {
  const rows = await context.db
    .select({
      id: decisions.id,
      wording: decisions.wording,
      state: decisions.state,
      number: decisions.number,
      competentInstanceId: decisions.competentInstanceId,
    })
    .from(decisions)
    .where(
      and(
        visibleTo(actor, 'decision', 'read'),
        or(eq(decisions.competentInstanceId, instanceId), eq(decisions.proposingInstanceId, instanceId)),
      ),
    )
    .orderBy(desc(decisions.proposedAt))
    .limit(20)
  return rows.map(({ competentInstanceId, ...row }) => ({ ...row, competent: competentInstanceId === instanceId }))
}

function seatView(seat: Seat, withContacts: boolean): SeatView {
  return {
    name: seat.name,
    function: seat.function,
    functionLabel: seat.functionLabel,
    qualite: seat.qualite,
    contact: withContacts ? { email: seat.email, phone: seat.phone } : null,
    since: seat.startsOn,
  }
}
