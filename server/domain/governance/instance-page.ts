import { and, asc, desc, eq, getTableColumns, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { first, noneOfWords, oneOfWords } from '#db/lists.ts'
import { decisions, instances, meetings } from '#db/schema/index.ts'
import { NotFound } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { type Ability, abilitiesOn, authorize, can } from '#server/habilitations/authorize.ts'
import { listsFor } from '#server/habilitations/lists-for.ts'
import { slugOrNone } from '#server/habilitations/load-facts.ts'
import { visibleTo } from '#server/habilitations/visible.ts'
import type { DecisionState } from '#server/vocabulary/decisions.ts'
import type {
  DraftReaders,
  InstanceKind,
  Level,
  MandateFunction,
  ValidatorRule,
  Visibility,
  VotingRules,
} from '#server/vocabulary/governance.ts'
import type { MeetingState } from '#server/vocabulary/meetings.ts'
import type { Context } from '../context.ts'
import { amongFirstOf } from '../decisions/concerning.ts'
import { entryFor, type MeetingEntry, selectEntries } from '../meetings/meeting-entries.ts'
import { type Seat, seatFrom, selectSeats } from './composition.ts'
import { createMeetingAbility } from './governance-map.ts'

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
  /** Expected; null when the body sets its own number. */
  meetingsPerYear: number | null
  validatorRule: ValidatorRule
  draftReaders: DraftReaders
  minutesVisibility: Visibility
  opensWritingToMembers: boolean
  yours: boolean
  /** By institution. E-mail and phone only for own bodies (H4). */
  composition: { organisation: string; people: SeatView[] }[]
  upcoming: FirstOf<MeetingEntry>
  past: FirstOf<MeetingEntry>
  decisions: FirstOf<InstanceDecision>
  /** Last day of a body that is dissolved, or will be. */
  endsOn: string | null
  votingRules: VotingRules | null
  can: { createMeeting: Ability; editInstances: Ability }
}

/** The first things of a list, and whether there are others. */
export type FirstOf<Item> = { shown: Item[]; more: boolean }

export type SeatView = {
  mandateId: string
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

/** Meetings not held yet, nor cancelled. */
const upcoming: MeetingState[] = ['preparation', 'invitations_envoyees', 'en_cours']

/** What the page shows of long lists; the rest is behind a link to the list itself. */
const mostMeetings = 10
const mostDecisions = 10

/** An instance as its members and all members of the consortium see it, in one query. @throws NotFound (H3) */
export async function instancePage(context: Context, actor: Actor, slug: string): Promise<InstancePage> {
  const found = await pageLists(context.db, actor, { slug: slugOrNone(slug) })
  const [row] = found.instances
  if (!row) throw new NotFound()
  const { instance, parentSlug, parentName } = row
  const parent = parentSlug && parentName ? { slug: parentSlug, name: parentName } : null
  const facts = {
    consortiumId: instance.consortiumId,
    instanceId: instance.id,
    level: instance.level,
    kind: instance.kind,
  }
  authorize(actor, 'instance', 'read', facts)
  const withContacts = can(actor, 'instance', 'readContacts', facts)
  return {
    id: instance.id,
    slug: instance.slug,
    name: instance.name,
    shortName: instance.shortName,
    level: instance.level,
    kind: instance.kind,
    parent,
    territory: instance.territory,
    purpose: instance.purpose,
    roles: instance.roles,
    compositionText: instance.composition,
    cadence: instance.cadence,
    meetingsPerYear: instance.meetingsPerYear,
    validatorRule: instance.validatorRule,
    draftReaders: instance.draftReaders,
    minutesVisibility: instance.minutesVisibility,
    opensWritingToMembers: instance.opensWritingToMembers,
    yours: actor.ownBodies.includes(instance.id),
    composition: byOrganisation(found.seats.map(seatFrom)).map(([organisation, members]) => ({
      organisation,
      people: members.map(seat => seatView(seat, withContacts)),
    })),
    upcoming: firstOf(
      found.upcoming.map(row => entryFor(actor, row)),
      mostMeetings,
    ),
    past: firstOf(
      found.past.map(row => entryFor(actor, row)),
      mostMeetings,
    ),
    decisions: firstOf(
      found.decisions.map(({ competentInstanceId, ...row }) => ({
        ...row,
        competent: competentInstanceId === instance.id,
      })),
      mostDecisions,
    ),
    endsOn: instance.endsOn,
    votingRules: instance.votingRules,
    can: {
      createMeeting: createMeetingAbility(actor, facts, instance.endsOn),
      ...abilitiesOn(actor, 'consortium', ['editInstances'], facts),
    },
  }
}

/** Seats grouped by institution, in the order in which they come. */
export function byOrganisation<S extends { organisation: string }>(seats: readonly S[]): [string, S[]][] {
  return [...Map.groupBy(seats, seat => seat.organisation)]
}

const parents = alias(instances, 'parents')

const pageLists = listsFor((db, actor, { slug }: { slug: string }) => {
  const { consortiumId } = actor
  const named = and(eq(instances.slug, slug), eq(instances.consortiumId, consortiumId))
  const instanceId = sql<string>`(${db.select({ id: instances.id }).from(instances).where(named)})`
  const here = and(visibleTo(actor, 'meeting', 'readEntry'), eq(meetings.instanceId, instanceId))
  const wantedDecisions = {
    where: visibleTo(actor, 'decision', 'read'),
    orderBy: [desc(decisions.proposedAt), desc(decisions.id)],
    limit: first(mostDecisions + 1),
  }
  return {
    instances: db
      .select({ instance: getTableColumns(instances), parentSlug: parents.slug, parentName: parents.name })
      .from(instances)
      .leftJoin(parents, eq(parents.id, instances.parentId))
      .where(named),
    seats: selectSeats(db, { consortiumId, instanceId, day: actor.today }),
    upcoming: selectEntries(db, and(here, oneOfWords(meetings.state, upcoming)))
      .orderBy(asc(meetings.startsAt))
      .limit(first(mostMeetings + 1)),
    past: selectEntries(db, and(here, noneOfWords(meetings.state, upcoming)))
      .orderBy(desc(meetings.startsAt))
      .limit(first(mostMeetings + 1)),
    decisions: db
      .select({
        id: decisions.id,
        wording: decisions.wording,
        state: decisions.state,
        number: decisions.number,
        competentInstanceId: decisions.competentInstanceId,
      })
      .from(decisions)
      .where(amongFirstOf(db, instanceId, wantedDecisions))
      .orderBy(...wantedDecisions.orderBy)
      .limit(wantedDecisions.limit),
  }
})

/** The first things of a list of which one more was asked. */
export function firstOf<Item>(items: Item[], most: number): FirstOf<Item> {
  return { shown: items.slice(0, most), more: items.length > most }
}

function seatView(seat: Seat, withContacts: boolean): SeatView {
  return {
    mandateId: seat.mandateId,
    name: seat.name,
    function: seat.function,
    functionLabel: seat.functionLabel,
    qualite: seat.qualite,
    contact: withContacts ? { email: seat.email, phone: seat.phone } : null,
    since: seat.startsOn,
  }
}
