import { and, asc, desc, eq, gte, inArray, isNull, notExists, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import {
  actionItems,
  decisionAnswersSeen,
  decisions,
  instances,
  meetings,
  minutes,
  minutesRecipients,
} from '#db/schema/index.ts'
import { together } from '#db/together.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { can } from '#server/habilitations/authorize.ts'
import { columnsOf } from '#server/habilitations/columns.ts'
import { visibleTo } from '#server/habilitations/visible.ts'
import type { ActionState } from '#server/vocabulary/actions.ts'
import type { DecisionState } from '#server/vocabulary/decisions.ts'
import type { Context } from '../context.ts'
import { agreementsOf, missingValidators } from '../minutes/validators.ts'

export type AwaitingMinutes = { id: string; instance: string; meetingAt: Date; since: Date | null }
export type AwaitingDecision = {
  id: string
  wording: string
  proposing: string
  competent: string
  state: DecisionState
  number: string | null
  at: Date
}
export type AwaitingAction = {
  id: string
  wording: string
  dueOn: string | null
  state: ActionState
  instance: string
  minutesId: string | null
}

/** « Ce qui vous attend »: what a person has to write, agree to, validate, read, place or decide, do; what was answered. */
export type Awaiting = {
  toWrite: AwaitingMinutes[]
  toApprove: AwaitingMinutes[]
  toValidate: AwaitingMinutes[]
  toRead: AwaitingMinutes[]
  toDecide: AwaitingDecision[]
  answered: AwaitingDecision[]
  toDo: AwaitingAction[]
  nextMeetings: { id: string; instance: string; startsAt: Date; place: string; running: boolean }[]
}

/** More than anyone does in a day: what is done leaves the list, the next ones come. */
const most = 25

/** In three statements at most, whatever there is: the lists; then, if some minutes are in proofreading, who agreed. */
export async function awaiting(context: Context, actor: Actor): Promise<Awaiting> {
  const lists = await together(context.db, {
    toWrite: minutesToWrite(context, actor),
    proofreading: selectMinutes(context, visibleTo(actor, 'minutes', 'approve')),
    toRead: minutesToRead(context, actor),
    toDecide: decisionsToTake(context, actor),
    answered: answers(context, actor),
    toDo: actionsToDo(context, actor),
    nextMeetings: nextMeetings(context, actor),
  })
  const proofreading = await agreementsOn(context, actor, lists.proofreading)
  return {
    toWrite: lists.toWrite.map(toAwaiting),
    toApprove: proofreading.toApprove.map(toAwaiting),
    toValidate: proofreading.toValidate.map(toAwaiting),
    toRead: lists.toRead.map(toAwaiting),
    toDecide: lists.toDecide.map(({ proposedAt, resultRecordedAt: _resultRecordedAt, ...row }) => ({
      ...row,
      at: proposedAt,
    })),
    answered: lists.answered.map(({ resultRecordedAt, proposedAt, ...row }) => ({
      ...row,
      at: resultRecordedAt ?? proposedAt,
    })),
    toDo: lists.toDo.map(({ facts, minutesId, ...row }) => ({
      ...row,
      minutesId: can(actor, 'minutes', 'read', facts) ? minutesId : null,
    })),
    nextMeetings: lists.nextMeetings.map(({ state, ...row }) => ({ ...row, running: state === 'en_cours' })),
  }
}

/** Drafts of one's own bodies, or of those one supports as prestataire, once their meeting has begun. */
function minutesToWrite(context: Context, actor: Actor) {
  const { copilote, president, secretaire } = actor.bodies
  return selectMinutes(
    context,
    and(
      visibleTo(actor, 'minutes', 'write'),
      inArray(meetings.instanceId, [...copilote, ...president, ...secretaire, ...actor.attachedTo]),
      eq(minutes.state, 'brouillon'),
      inArray(meetings.state, ['en_cours', 'tenue']),
    ),
  )
}

/** Minutes in proofreading that wait for this person, or for nobody any more. */
async function agreementsOn(context: Context, actor: Actor, rows: readonly MinutesRow[]) {
  const toApprove: MinutesRow[] = []
  const toValidate: MinutesRow[] = []
  if (rows.length === 0) return { toApprove, toValidate }
  const agreements = await agreementsOf(
    context,
    rows.map(({ id, facts }) => ({ id, facts })),
    actor.today,
  )
  for (const row of rows) {
    const { validators, approvals } = agreements(row)
    const mine = approvals.find(approval => approval.accountId === actor.accountId)
    const missing = missingValidators(row.facts.validatorRule, validators, approvals)
    if (missing.length === 0) toValidate.push(row)
    else if (!mine?.current) toApprove.push(row)
  }
  return { toApprove, toValidate }
}

function minutesToRead(context: Context, actor: Actor) {
  const unread = context.db
    .select({ id: minutesRecipients.minutesId })
    .from(minutesRecipients)
    .where(and(eq(minutesRecipients.accountId, actor.accountId), isNull(minutesRecipients.readAt)))
  return selectMinutes(context, and(visibleTo(actor, 'minutes', 'read'), inArray(minutes.id, unread)))
}

function selectMinutes(context: Context, where: SQL | undefined) {
  return context.db
    .select({
      id: minutes.id,
      facts: columnsOf.minutes,
      instance: instances.shortName,
      meetingAt: meetings.startsAt,
      proofreadingAt: minutes.proofreadingAt,
      distributedAt: minutes.distributedAt,
    })
    .from(minutes)
    .innerJoin(meetings, eq(meetings.id, minutes.meetingId))
    .innerJoin(instances, eq(instances.id, meetings.instanceId))
    .where(where)
    .orderBy(desc(meetings.startsAt))
    .limit(most)
}

type MinutesRow = Awaited<ReturnType<typeof selectMinutes>>[number]

function toAwaiting(row: MinutesRow): AwaitingMinutes {
  return {
    id: row.id,
    instance: row.instance,
    meetingAt: row.meetingAt,
    since: row.distributedAt ?? row.proofreadingAt,
  }
}

/** Proposals on which this person may record a result or place on an agenda. */
function decisionsToTake(context: Context, actor: Actor) {
  return selectDecisions(context, visibleTo(actor, 'decision', 'placeOnAgenda'))
}

/** Days for which an answer stays on the home page of those who have not said that they saw it. */
const answersForDays = 60

function answers(context: Context, actor: Actor) {
  const since = new Date(actor.now.getTime() - answersForDays * 24 * 3600 * 1000)
  const seen = context.db
    .select({ one: sql`1` })
    .from(decisionAnswersSeen)
    .where(and(eq(decisionAnswersSeen.decisionId, decisions.id), eq(decisionAnswersSeen.accountId, actor.accountId)))
  return selectDecisions(
    context,
    and(
      visibleTo(actor, 'decision', 'read'),
      inArray(decisions.proposingInstanceId, [...actor.ownBodies]),
      sql`${decisions.proposingInstanceId} <> ${decisions.competentInstanceId}`,
      gte(decisions.resultRecordedAt, since),
      inArray(decisions.state, ['adoptee', 'rejetee', 'prise_d_acte', 'ajournee']),
      notExists(seen),
    ),
  )
}

function selectDecisions(context: Context, where: SQL | undefined) {
  const proposing = alias(instances, 'proposing')
  return context.db
    .select({
      id: decisions.id,
      wording: decisions.wording,
      state: decisions.state,
      number: decisions.number,
      proposing: proposing.shortName,
      competent: instances.shortName,
      proposedAt: decisions.proposedAt,
      resultRecordedAt: decisions.resultRecordedAt,
    })
    .from(decisions)
    .innerJoin(proposing, eq(proposing.id, decisions.proposingInstanceId))
    .innerJoin(instances, eq(instances.id, decisions.competentInstanceId))
    .where(where)
    .orderBy(asc(decisions.proposedAt))
    .limit(most)
}

function actionsToDo(context: Context, actor: Actor) {
  const leads = [...actor.bodies.copilote, ...actor.bodies.president]
  const owned = or(
    inArray(actionItems.ownerMandateId, [...actor.mandateIds]),
    inArray(actionItems.ownerOrganisationId, [...actor.organisationIds]),
    inArray(actionItems.ownerInstanceId, leads),
  )
  return context.db
    .select({
      id: actionItems.id,
      wording: actionItems.wording,
      dueOn: actionItems.dueOn,
      state: actionItems.state,
      instance: instances.shortName,
      minutesId: minutes.id,
      facts: columnsOf.minutes,
    })
    .from(actionItems)
    .innerJoin(minutes, eq(minutes.id, actionItems.minutesId))
    .innerJoin(meetings, eq(meetings.id, minutes.meetingId))
    .innerJoin(instances, eq(instances.id, meetings.instanceId))
    .where(and(visibleTo(actor, 'action', 'read'), owned, inArray(actionItems.state, ['a_faire', 'en_cours'])))
    .orderBy(sql`${actionItems.dueOn} asc nulls last`, asc(actionItems.createdAt))
    .limit(most)
}

/** One's own coming meetings, and those running now. */
function nextMeetings(context: Context, actor: Actor) {
  return context.db
    .select({
      id: meetings.id,
      instance: instances.shortName,
      startsAt: meetings.startsAt,
      place: meetings.place,
      state: meetings.state,
    })
    .from(meetings)
    .innerJoin(instances, eq(instances.id, meetings.instanceId))
    .where(
      and(
        visibleTo(actor, 'meeting', 'read'),
        inArray(meetings.state, ['invitations_envoyees', 'en_cours']),
        or(
          inArray(meetings.instanceId, [...actor.ownBodies, ...actor.attachedTo]),
          inArray(meetings.id, [...actor.invitedTo]),
        ),
      ),
    )
    .orderBy(asc(meetings.startsAt))
    .limit(10)
}
