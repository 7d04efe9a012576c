import { and, asc, desc, eq, exists, gte, inArray, isNull, notExists, or, type SQL, sql } from 'drizzle-orm'
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
import { readLiveText } from '#server/collaboration/stored-text.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { can } from '#server/habilitations/authorize.ts'
import { columnsOf } from '#server/habilitations/columns.ts'
import { visibleTo } from '#server/habilitations/visible.ts'
import type { ActionState } from '#server/vocabulary/actions.ts'
import type { DecisionState } from '#server/vocabulary/decisions.ts'
import type { Context } from '../context.ts'
import { keyOf } from '../minutes/approve-minutes.ts'
import { approvalsOf, missingValidators, validatorsOf } from '../minutes/validators.ts'

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

const most = 50

export async function awaiting(context: Context, actor: Actor): Promise<Awaiting> {
  const proofreading = await minutesInProofreading(context, actor)
  return {
    toWrite: await minutesToWrite(context, actor),
    toApprove: proofreading.toApprove,
    toValidate: proofreading.toValidate,
    toRead: await minutesToRead(context, actor),
    toDecide: await decisionsToTake(context, actor),
    answered: await answers(context, actor),
    toDo: await actionsToDo(context, actor),
    nextMeetings: await nextMeetings(context, actor),
  }
}

/** Drafts of one's own bodies, or of those one supports as prestataire, once their meeting has begun. */
async function minutesToWrite(context: Context, actor: Actor): Promise<AwaitingMinutes[]> {
  const mine = [...actor.bodies.copilote, ...actor.bodies.president, ...actor.bodies.secretaire, ...actor.attachedTo]
  if (mine.length === 0) return []
  const rows = await selectMinutes(
    context,
    and(
      visibleTo(actor, 'minutes', 'write'),
      inArray(meetings.instanceId, mine),
      eq(minutes.state, 'brouillon'),
      inArray(meetings.state, ['en_cours', 'tenue']),
    ),
  )
  return rows.map(toAwaiting)
}

async function minutesInProofreading(context: Context, actor: Actor) {
  const rows = await selectMinutes(context, visibleTo(actor, 'minutes', 'approve'))
  const toApprove: AwaitingMinutes[] = []
  const toValidate: AwaitingMinutes[] = []
  for (const row of rows) {
    const text = await readLiveText(context.db, keyOf({ id: row.id, epoch: row.epoch }), { log: context.log })
    const approvals = await approvalsOf(context.db, row.id, text)
    const mine = approvals.find(approval => approval.accountId === actor.accountId)
    const validators = await validatorsOf(context.db, row.facts, actor.today)
    const missing = missingValidators(row.facts.validatorRule, validators, approvals)
    if (missing.length === 0) toValidate.push(toAwaiting(row))
    else if (!mine?.current) toApprove.push(toAwaiting(row))
  }
  return { toApprove, toValidate }
}

async function minutesToRead(context: Context, actor: Actor): Promise<AwaitingMinutes[]> {
  const unread = context.db
    .select({ one: sql`1` })
    .from(minutesRecipients)
    .where(
      and(
        eq(minutesRecipients.minutesId, minutes.id),
        eq(minutesRecipients.accountId, actor.accountId),
        isNull(minutesRecipients.readAt),
      ),
    )
  return (await selectMinutes(context, and(visibleTo(actor, 'minutes', 'read'), exists(unread)))).map(toAwaiting)
}

async function selectMinutes(context: Context, where: SQL | undefined) {
  return context.db
    .select({
      id: minutes.id,
      epoch: minutes.epoch,
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

function toAwaiting(row: Awaited<ReturnType<typeof selectMinutes>>[number]): AwaitingMinutes {
  return {
    id: row.id,
    instance: row.instance,
    meetingAt: row.meetingAt,
    since: row.distributedAt ?? row.proofreadingAt,
  }
}

/** Proposals on which this person may record a result or place on an agenda. */
async function decisionsToTake(context: Context, actor: Actor): Promise<AwaitingDecision[]> {
  const mine = [...actor.bodies.president, ...actor.bodies.secretaire]
  if (mine.length === 0 && !actor.functions.includes('chef_de_projet')) return []
  const rows = await selectDecisions(context, visibleTo(actor, 'decision', 'placeOnAgenda'))
  return rows.map(({ proposedAt, resultRecordedAt: _resultRecordedAt, ...row }) => ({ ...row, at: proposedAt }))
}

/** Days for which an answer stays on the home page of those who have not said that they saw it. */
const answersForDays = 60

async function answers(context: Context, actor: Actor): Promise<AwaitingDecision[]> {
  if (actor.ownBodies.length === 0) return []
  const since = new Date(actor.now.getTime() - answersForDays * 24 * 3600 * 1000)
  const seen = context.db
    .select({ one: sql`1` })
    .from(decisionAnswersSeen)
    .where(and(eq(decisionAnswersSeen.decisionId, decisions.id), eq(decisionAnswersSeen.accountId, actor.accountId)))
  const rows = await selectDecisions(
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
  return rows.map(({ resultRecordedAt, proposedAt, ...row }) => ({ ...row, at: resultRecordedAt ?? proposedAt }))
}

async function selectDecisions(context: Context, where: SQL | undefined) {
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

async function actionsToDo(context: Context, actor: Actor): Promise<AwaitingAction[]> {
  const mine = [...actor.mandateIds]
  const leads = [...actor.bodies.copilote, ...actor.bodies.president]
  const owned = [
    mine.length > 0 ? inArray(actionItems.ownerMandateId, mine) : undefined,
    actor.organisationIds.length > 0 ? inArray(actionItems.ownerOrganisationId, [...actor.organisationIds]) : undefined,
    leads.length > 0 ? inArray(actionItems.ownerInstanceId, leads) : undefined,
  ].filter(condition => condition !== undefined)
  if (owned.length === 0) return []
  const rows = await context.db
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
    .where(and(visibleTo(actor, 'action', 'read'), or(...owned), inArray(actionItems.state, ['a_faire', 'en_cours'])))
    .orderBy(sql`${actionItems.dueOn} asc nulls last`, asc(actionItems.createdAt))
    .limit(most)
  return rows.map(({ facts, minutesId, ...row }) => ({
    ...row,
    minutesId: can(actor, 'minutes', 'read', facts) ? minutesId : null,
  }))
}

/** One's own coming meetings, and those running now. */
async function nextMeetings(context: Context, actor: Actor): Promise<Awaiting['nextMeetings']> {
  const concerned = [...actor.ownBodies, ...actor.attachedTo]
  const rows = await context.db
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
          concerned.length > 0 ? inArray(meetings.instanceId, concerned) : sql`false`,
          actor.invitedTo.length > 0 ? inArray(meetings.id, [...actor.invitedTo]) : sql`false`,
        ),
      ),
    )
    .orderBy(asc(meetings.startsAt))
    .limit(10)
  return rows.map(({ state, ...row }) => ({ ...row, running: state === 'en_cours' }))
}
