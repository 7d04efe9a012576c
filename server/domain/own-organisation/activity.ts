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
import { entryFor, type MeetingEntry } from '../meetings/meeting-entries.ts'
import { agreementsOf, missingValidators } from '../minutes/validators.ts'
import { namesOn, selectNames } from '../representation/dated-names.ts'
import { type MatrixInstance, type MatrixSeat, representationMatrix } from '../representation/matrix.ts'
import { activityLists } from './activity-lists.ts'

/** « Ma structure »: who sits where, what is asked of the institution, where nobody of it was. */
export type OrganisationActivity = {
  organisation: { slug: string; name: string; shortName: string }
  /** Others whose activity the person may read. */
  others: { slug: string; name: string }[]
  seats: { instance: Omit<MatrixInstance, 'totals'>; people: MatrixSeat[] }[]
  mayPropose: boolean
  /** Minutes that wait for the agreement of people of the institution, who are named. */
  toValidate: { id: string; instance: string; meetingAt: Date; people: string[] }[]
  /** Awaited decisions of the instances where the institution carries a voice. */
  decisions: { id: string; wording: string; state: DecisionState; competent: string; proposedAt: Date }[]
  actions: OrganisationAction[]
  meetings: MeetingEntry[]
  absences: MeetingEntry[]
}

export type OrganisationAction = {
  id: string
  wording: string
  owner: string
  dueOn: string | null
  state: ActionState
  instance: string
  minutesId: string | null
}

/** Months for which absences are told. */
const absencesForMonths = 12

/**
 * What concerns an institution: the one that is asked for, else the first that the person speaks for or directs. Each list
 * holds what this person may see, whoever else may see more. @throws NotFound (H39)
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
    organisation: { slug: chosen.slug, name: chosen.name, shortName: chosen.shortName },
    others: readable.filter(each => each !== chosen).map(({ slug, name }) => ({ slug, name })),
    seats: matrix.instances.map(({ totals: _, ...instance }, rank) => ({ instance, people: line?.cells[rank] ?? [] })),
    mayPropose: can(actor, 'organisation', 'proposeRepresentative', facts),
    toValidate: await waitingForOurs(context, actor, found),
    decisions: found.decisions,
    actions: found.actions.map(({ facts: of, minutesId, ...action }) => ({
      ...action,
      minutesId: can(actor, 'minutes', 'read', of) ? minutesId : null,
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
    const { id, instance, meetingAt } = row
    return [{ id, instance, meetingAt, people: ours.map(person => person.name) }]
  })
}
