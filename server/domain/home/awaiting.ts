import { and, asc, desc, eq, gte, inArray, isNotNull, isNull, notExists, or, type SQL, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import type { Database } from '#db/client.ts'
import { among, first, oneOfWords } from '#db/lists.ts'
import {
  actionItems,
  decisionAnswersSeen,
  decisions,
  instances,
  mandates,
  meetings,
  minutes,
  minutesRecipients,
} from '#db/schema/index.ts'
import { addDays } from '#server/calendar.ts'
import { eq } from 'drizzle-orm'
import { instances } from '#db/schema/index.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { can } from '#server/habilitations/authorize.ts'
import { listsFor } from '#server/habilitations/lists-for.ts'
import { visibleTo } from '#server/habilitations/visible.ts'
import type { Context } from '../context.ts'
import { type AwaitingDecision, answers, answersForDays, decisionFrom, decisionsToTake } from './awaiting-decisions.ts'
import {
  type AwaitingMinutes,
  agreementsOn,
  minutesToRead,
  minutesToWrite,
  selectMinutes,
  toAwaiting,
} from './awaiting-minutes.ts'
import { type AwaitingProposal, proposalFrom, proposalsReturned, proposalsToExamine } from './awaiting-proposals.ts'
import { type AwaitingAction, actionsToDo, nextMeetings } from './awaiting-work.ts'
import { mostAwaiting, mostNextMeetings } from './how-many.ts'

/** « Ce qui vous attend »: what a person has to write, agree to, validate, read, place or decide, do; what was answered. */
export type Awaiting = {
  toWrite: AwaitingMinutes[]
  toApprove: AwaitingMinutes[]
  toValidate: AwaitingMinutes[]
  toRead: AwaitingMinutes[]
  toDecide: AwaitingDecision[]
  answered: AwaitingDecision[]
  toDo: AwaitingAction[]
  /** Mandates that take over another's, for the first weeks: their handover. */
  handovers: { id: string; instance: string; startsOn: string }[]
  /** Representatives proposed by institutions; proposals that came back to their correspondant. */
  toExamine: AwaitingProposal[]
  returned: AwaitingProposal[]
  nextMeetings: { id: string; instance: string; startsAt: Date; place: string; running: boolean }[]
  /** Lists that have more than what is shown. */
  cut: AwaitingList[]
}

export type AwaitingList = Exclude<keyof Awaiting, 'cut' | 'handovers'>

/** In three statements at most, whatever there is: the lists; then, if some minutes are in proofreading, who agreed. */
export async function awaiting(context: Context, actor: Actor): Promise<Awaiting> {
  const since = new Date(actor.now.getTime() - answersForDays * 24 * 3600 * 1000)
  const lists = await listsOf(context.db, actor, {
    answeredSince: since.toISOString(),
    handoverSince: addDays(actor.today, -handoverForDays),
  })
  const proofreading = await agreementsOn(context, actor, shown(lists.proofreading))
  const nameOf = new Map(lists.instances.map(({ id, name }) => [id, name]))
  return {
    toWrite: shown(lists.toWrite).map(toAwaiting),
    toApprove: proofreading.toApprove.map(toAwaiting),
    toValidate: proofreading.toValidate.map(toAwaiting),
    toRead: shown(lists.toRead).map(toAwaiting),
    toDecide: shown(lists.toDecide).map(row => decisionFrom(row, row.proposedAt, nameOf)),
    answered: shown(lists.answered).map(row => decisionFrom(row, row.resultRecordedAt ?? row.proposedAt, nameOf)),
    toDo: shown(lists.toDo).map(({ facts, minutesId, ...row }) => ({
      ...row,
      minutesId: can(actor, 'minutes', 'read', facts) ? minutesId : null,
    })),
    handovers: lists.handovers,
    toExamine: shown(lists.toExamine).map(proposalFrom),
    returned: shown(lists.returned).map(proposalFrom),
    nextMeetings: shown(lists.nextMeetings, mostNextMeetings).map(({ state, ...row }) => ({
      ...row,
      running: state === 'en_cours',
    })),
    cut: cutOf(lists),
  }
}

type Since = { answeredSince: string; handoverSince: string }

const listsOf = listsFor((db, actor, { answeredSince, handoverSince }: Since) => ({
  toWrite: minutesToWrite(db, actor),
  proofreading: selectMinutes(db, visibleTo(actor, 'minutes', 'approve')),
  toRead: minutesToRead(db, actor),
  toDecide: decisionsToTake(db, actor),
  answered: answers(db, actor, answeredSince),
  toDo: actionsToDo(db, actor),
  handovers: handovers(db, actor, handoverSince),
  toExamine: proposalsToExamine(db, actor),
  returned: proposalsReturned(db, actor, answeredSince),
  nextMeetings: nextMeetings(db, actor),
  instances: db
    .select({ id: instances.id, name: instances.shortName })
    .from(instances)
    .where(eq(instances.consortiumId, actor.consortiumId)),
}))

function shown<Row>(rows: readonly Row[], most = mostAwaiting): Row[] {
  return rows.slice(0, most)
}

/** The row asked for beyond the last one shown only tells that there are others. */
function cutOf(lists: Record<Exclude<AwaitingList, 'toApprove' | 'toValidate'> | 'proofreading', readonly object[]>) {
  const { proofreading, nextMeetings, toWrite, toRead, toDecide, answered, toDo, toExamine, returned } = lists
  const fed: [AwaitingList, readonly object[], number?][] = [
    ['nextMeetings', nextMeetings, mostNextMeetings],
    ['toWrite', toWrite],
    ['toApprove', proofreading],
    ['toValidate', proofreading],
    ['toDecide', toDecide],
    ['answered', answered],
    ['toRead', toRead],
    ['toDo', toDo],
    ['toExamine', toExamine],
    ['returned', returned],
  ]
  return fed.filter(([, rows, most = mostAwaiting]) => rows.length > most).map(([list]) => list)
}

/** Drafts of one's own bodies, or of those one supports as prestataire, once their meeting has begun. */
function minutesToWrite(db: Database, actor: Actor) {
  const { copilote, president, secretaire } = actor.bodies
  return selectMinutes(
    db,
    and(
      visibleTo(actor, 'minutes', 'write'),
      among(meetings.instanceId, [...copilote, ...president, ...secretaire, ...actor.attachedTo]),
      oneOfWords(minutes.state, ['brouillon']),
      oneOfWords(meetings.state, ['en_cours', 'tenue']),
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
    actor,
    rows.map(({ id, facts }) => ({ id, facts })),
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

function minutesToRead(db: Database, actor: Actor) {
  const unread = db
    .select({ id: minutesRecipients.minutesId })
    .from(minutesRecipients)
    .where(and(eq(minutesRecipients.accountId, actor.accountId), isNull(minutesRecipients.readAt)))
  return selectMinutes(db, and(visibleTo(actor, 'minutes', 'read'), inArray(minutes.id, unread)))
}

function selectMinutes(db: Database, where: SQL | undefined) {
  return db
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
    .limit(first(mostAwaiting + 1))
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
function decisionsToTake(db: Database, actor: Actor) {
  return selectDecisions(db, visibleTo(actor, 'decision', 'placeOnAgenda'))
}

/** Days for which an answer stays on the home page of those who have not said that they saw it. */
const answersForDays = 60

function answers(db: Database, actor: Actor, since: string) {
  const seen = db
    .select({ one: sql`1` })
    .from(decisionAnswersSeen)
    .where(and(eq(decisionAnswersSeen.decisionId, decisions.id), eq(decisionAnswersSeen.accountId, actor.accountId)))
  return selectDecisions(
    db,
    and(
      visibleTo(actor, 'decision', 'read'),
      among(decisions.proposingInstanceId, actor.ownBodies),
      sql`${decisions.proposingInstanceId} <> ${decisions.competentInstanceId}`,
      sql`${decisions.resultRecordedAt} >= ${since}::timestamptz`,
      oneOfWords(decisions.state, ['adoptee', 'rejetee', 'prise_d_acte', 'ajournee']),
      notExists(seen),
    ),
    decisions.resultRecordedAt,
  )
}

/** Without the instances' names: each join makes PostgreSQL plan the whole statement longer. */
function selectDecisions(db: Database, where: SQL | undefined, oldestBy: AnyPgColumn = decisions.proposedAt) {
  return db
    .select({
      id: decisions.id,
      wording: decisions.wording,
      state: decisions.state,
      number: decisions.number,
      proposing: decisions.proposingInstanceId,
      competent: decisions.competentInstanceId,
      proposedAt: decisions.proposedAt,
      resultRecordedAt: decisions.resultRecordedAt,
    })
    .from(decisions)
    .where(where)
    .orderBy(asc(oldestBy))
    .limit(first(mostAwaiting + 1))
}

type DecisionRow = Awaited<ReturnType<typeof selectDecisions>>[number]

function decisionFrom(row: DecisionRow, at: Date, nameOf: ReadonlyMap<string, string>): AwaitingDecision {
  const { id, wording, state, number, proposing, competent } = row
  return {
    id,
    wording,
    state,
    number,
    at,
    proposing: nameOf.get(proposing) ?? '',
    competent: nameOf.get(competent) ?? '',
  }
}

function actionsToDo(db: Database, actor: Actor) {
  const leads = [...actor.bodies.copilote, ...actor.bodies.president]
  const owned = or(
    among(actionItems.ownerMandateId, actor.mandateIds),
    among(actionItems.ownerOrganisationId, actor.organisationIds),
    among(actionItems.ownerInstanceId, leads),
  )
  return db
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
    .where(and(visibleTo(actor, 'action', 'read'), owned, oneOfWords(actionItems.state, ['a_faire', 'en_cours'])))
    .orderBy(sql`${actionItems.dueOn} asc nulls last`, asc(actionItems.createdAt))
    .limit(first(mostAwaiting + 1))
}

/** Days for which the home page leads a new holder to the handover. */
const handoverForDays = 60

/** One's own mandates that take over another's since a day (H45). */
function handovers(db: Database, actor: Actor, since: string) {
  return db
    .select({ id: mandates.id, instance: instances.name, startsOn: mandates.startsOn })
    .from(mandates)
    .innerJoin(instances, eq(instances.id, mandates.instanceId))
    .where(
      and(
        visibleTo(actor, 'mandate', 'readHandover'),
        among(mandates.id, actor.mandateIds),
        isNotNull(mandates.replacesMandateId),
        gte(mandates.startsOn, since),
      ),
    )
    .limit(first(mostAwaiting))
}

/** One's own coming meetings, and those running now. */
function nextMeetings(db: Database, actor: Actor) {
  return db
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
        oneOfWords(meetings.state, ['invitations_envoyees', 'en_cours']),
        or(among(meetings.instanceId, [...actor.ownBodies, ...actor.attachedTo]), among(meetings.id, actor.invitedTo)),
      ),
    )
    .orderBy(asc(meetings.startsAt))
    .limit(first(mostNextMeetings + 1))
}
