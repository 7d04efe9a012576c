import { eq } from 'drizzle-orm'
import { instances } from '#db/schema/index.ts'
import { addDays } from '#server/calendar.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { can } from '#server/habilitations/authorize.ts'
import { listsFor } from '#server/habilitations/lists-for.ts'
import { visibleTo } from '#server/habilitations/visible.ts'
import type { Context } from '../context.ts'
import { type AwaitingDecision, answers, answersForDays, decisionFrom, decisionsToTake } from './awaiting-decisions.ts'
import { handoverForDays, handovers } from './awaiting-handovers.ts'
import {
  type AwaitingMinutes,
  agreementsOn,
  minutesToRead,
  minutesToWrite,
  selectMinutes,
  toAwaiting,
} from './awaiting-minutes.ts'
import { type AwaitingPresence, presenceFrom, presencesToAnswer } from './awaiting-presences.ts'
import { type AwaitingProposal, proposalFrom, proposalsReturned, proposalsToExamine } from './awaiting-proposals.ts'
import { type AwaitingRelay, relaysToAnswer } from './awaiting-relays.ts'
import { type AwaitingAction, actionsToDo, nextMeetings } from './awaiting-work.ts'
import { mostAwaiting, mostNextMeetings } from './how-many.ts'

/** « Ce qui vous attend »: what a person has to write, agree to, validate, read, place or decide, do; what was answered. */
export type Awaiting = {
  toAnswer: AwaitingPresence[]
  toWrite: AwaitingMinutes[]
  toApprove: AwaitingMinutes[]
  toValidate: AwaitingMinutes[]
  toRead: AwaitingMinutes[]
  toDecide: AwaitingDecision[]
  answered: AwaitingDecision[]
  /** Decisions of which the correspondant has to say what the institution relayed. */
  toRelay: AwaitingRelay[]
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
    toAnswer: shown(lists.toAnswer).map(row => presenceFrom(actor, row)),
    toWrite: shown(lists.toWrite).map(toAwaiting),
    toApprove: proofreading.toApprove.map(toAwaiting),
    toValidate: proofreading.toValidate.map(toAwaiting),
    toRead: shown(lists.toRead).map(toAwaiting),
    toDecide: shown(lists.toDecide).map(row => decisionFrom(row, row.proposedAt, nameOf)),
    answered: shown(lists.answered).map(row => decisionFrom(row, row.resultRecordedAt ?? row.proposedAt, nameOf)),
    toRelay: shown(lists.toRelay),
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
  toAnswer: presencesToAnswer(db, actor),
  toWrite: minutesToWrite(db, actor),
  proofreading: selectMinutes(db, visibleTo(actor, 'minutes', 'approve')),
  toRead: minutesToRead(db, actor),
  toDecide: decisionsToTake(db, actor),
  answered: answers(db, actor, answeredSince),
  toRelay: relaysToAnswer(db, actor),
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
  const {
    proofreading,
    nextMeetings,
    toAnswer,
    toWrite,
    toRead,
    toDecide,
    answered,
    toRelay,
    toDo,
    toExamine,
    returned,
  } = lists
  const fed: [AwaitingList, readonly object[], number?][] = [
    ['nextMeetings', nextMeetings, mostNextMeetings],
    ['toAnswer', toAnswer],
    ['toWrite', toWrite],
    ['toApprove', proofreading],
    ['toValidate', proofreading],
    ['toDecide', toDecide],
    ['answered', answered],
    ['toRelay', toRelay],
    ['toRead', toRead],
    ['toDo', toDo],
    ['toExamine', toExamine],
    ['returned', returned],
  ]
  return fed.filter(([, rows, most = mostAwaiting]) => rows.length > most).map(([list]) => list)
}
