import { asc } from 'drizzle-orm'
import { organisations } from '#db/schema/index.ts'
import { together } from '#db/together.ts'
import { NotFound } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { authorize, can } from '#server/habilitations/authorize.ts'
import { visibleTo } from '#server/habilitations/visible.ts'
import type { ActionState } from '#server/vocabulary/actions.ts'
import type { DecisionState } from '#server/vocabulary/decisions.ts'
import type { Context } from '../context.ts'
import type { AwaitingRelay } from '../home/awaiting-relays.ts'
import { entryFor, type MeetingEntry } from '../meetings/meeting-entries.ts'
import { agreementsOf, missingValidators } from '../minutes/validators.ts'
import { namesOn, selectNames } from '../representation/dated-names.ts'
import { type MatrixInstance, type MatrixSeat, representationMatrix } from '../representation/matrix.ts'
import { activityLists } from './activity-lists.ts'

/** « Ma structure »: who sits where, what is asked of the institution, where nobody of it was. */
export type OrganisationActivity = {
  organisation: { id: string; slug: string; name: string; shortName: string }
  /** Others whose activity the person may read. */
  others: { slug: string; name: string }[]
  seats: { instance: Omit<MatrixInstance, 'totals'>; people: MatrixSeat[] }[]
  mayPropose: boolean
  /** Minutes that wait for the agreement of people of the institution, who are named. */
  toValidate: { meetingId: string; minutesId: string | null; instance: string; meetingAt: Date; people: string[] }[]
  /** Awaited decisions of the instances where the institution carries a voice, and who carries it. */
  decisions: OrganisationDecision[]
  /** Decisions that the institution is asked to relay, and has said nothing of. */
  relays: AwaitingRelay[]
  mayAnswerRelays: boolean
  actions: OrganisationAction[]
  meetings: MeetingEntry[]
  absences: MeetingEntry[]
}

/** What only readers of the decision know (H27) is null for the others. */
export type OrganisationDecision = {
  readable: { id: string; wording: string; state: DecisionState } | null
  competent: string
  proposedAt: Date
  carriers: string[]
}

export type OrganisationAction = {
  /** Null for who may not read the action itself (H25). */
  wording: string | null
  owner: string
  dueOn: string | null
  state: ActionState
  instance: string
  minutesId: string | null
  /** True for who says where it stands, from the home page (H26). */
  mayUpdate: boolean
}

/** Months for which absences are told. */
const absencesForMonths = 12

/**
 * What concerns an institution: the one that is asked for, else the first that the person speaks for or directs. Who speaks
 * for it knows of everything that is asked of it: where, when, of whom. What a text says stays for its readers.
 * @throws NotFound (H39)
 */
export async function organisationActivity(
  context: Context,
  actor: Actor,
  wanted: { organisation?: string } = {},
): Promise<OrganisationActivity> {
  const readable = await readableOrganisations(context, actor)
  const chosen = wanted.organisation
    ? readable.find(each => each.slug === wanted.organisation)
    : (readable.find(each => speaksFor(actor).includes(each.id)) ?? readable[0])
  if (!chosen) throw new NotFound()
  const facts = { consortiumId: actor.consortiumId, organisationId: chosen.id }
  authorize(actor, 'organisation', 'readActivity', facts)
  const matrix = await representationMatrix(context, actor, { day: actor.today })
  const line = matrix.lines.find(each => each.organisation.id === chosen.id)
  const since = new Date(actor.now)
  since.setUTCMonth(since.getUTCMonth() - absencesForMonths)
  const found = await activityLists(context.db, actor, {
    organisationId: chosen.id,
    absentSince: since.toISOString(),
  })
  return {
    organisation: { id: chosen.id, slug: chosen.slug, name: chosen.name, shortName: chosen.shortName },
    others: readable.filter(each => each !== chosen).map(({ slug, name }) => ({ slug, name })),
    seats: matrix.instances.map(({ totals: _, ...instance }, rank) => ({ instance, people: line?.cells[rank] ?? [] })),
    mayPropose: can(actor, 'organisation', 'proposeRepresentative', facts),
    toValidate: await waitingForOurs(context, actor, found),
    decisions: found.decisions.map(({ id, facts: of, wording, state, competent, proposedAt }) => ({
      readable: can(actor, 'decision', 'read', of) ? { id, wording, state } : null,
      competent,
      proposedAt,
      carriers: found.carriers.filter(each => each.instanceId === of.competentInstanceId).map(({ name }) => name),
    })),
    relays: found.relays,
    mayAnswerRelays: can(actor, 'organisation', 'answerRelay', facts),
    actions: found.actions.map(({ id: _, facts: of, minutesId, wording, ...action }) => ({
      ...action,
      wording: can(actor, 'action', 'read', of) ? wording : null,
      minutesId: can(actor, 'minutes', 'read', of) ? minutesId : null,
      mayUpdate: can(actor, 'action', 'updateProgress', of),
    })),
    meetings: found.meetings.map(row => entryFor(actor, row)),
    absences: found.absences.map(row => entryFor(actor, row)),
  }
}

/** Institutions that the person speaks for, as correspondant or by a seat at the upper levels. */
function speaksFor(actor: Actor): string[] {
  return [...actor.correspondantOf, ...actor.directs]
}

async function readableOrganisations({ db }: Context, actor: Actor) {
  const found = await together(db, {
    organisations: db
      .select({ id: organisations.id, slug: organisations.slug })
      .from(organisations)
      .where(visibleTo(actor, 'organisation', 'readActivity'))
      .orderBy(asc(organisations.position), asc(organisations.slug)),
    names: selectNames(db, actor),
  })
  const nameOf = namesOn(found.names, actor.today)
  return found.organisations.map(each => ({ ...each, ...nameOf(each.id) }))
}

type Found = Awaited<ReturnType<typeof activityLists>>

/** Of the minutes in proofreading, those that lack the agreement of somebody of the institution. */
async function waitingForOurs(context: Context, actor: Actor, { proofreading, people }: Found) {
  if (proofreading.length === 0) return []
  const agreements = await agreementsOf(context, actor, proofreading)
  return proofreading.flatMap(row => {
    const { validators, approvals } = agreements(row)
    const missing = missingValidators(row.facts.validatorRule, validators, approvals)
    const ours = people.filter(
      ({ accountId, instanceId }) =>
        instanceId === row.facts.instanceId && missing.some(validator => validator.accountId === accountId),
    )
    if (ours.length === 0) return []
    const { id, facts, instance, meetingAt } = row
    const minutesId = can(actor, 'minutes', 'read', facts) ? id : null
    return [{ meetingId: facts.meetingId, minutesId, instance, meetingAt, people: ours.map(person => person.name) }]
  })
}
