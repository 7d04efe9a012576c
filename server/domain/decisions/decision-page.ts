import { asc, eq } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Database } from '#db/client.ts'
import { accounts, decisionAnswersSeen, decisions, instances, meetings, registerEvents } from '#db/schema/index.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { type Abilities, type Ability, abilitiesOn, authorize, can } from '#server/habilitations/authorize.ts'
import type { DecisionFacts } from '#server/habilitations/facts.ts'
import { decisionFacts, meetingFacts, minutesFacts } from '#server/habilitations/load-facts.ts'
import type { DecisionNature, DecisionState } from '#server/vocabulary/decisions.ts'
import { personName } from '#server/vocabulary/french.ts'
import type { Level } from '#server/vocabulary/governance.ts'
import type { Context } from '../context.ts'
import { seatsOf } from '../governance/composition.ts'
import { chefsDeProjet, nameOf } from '../governance/people.ts'
import { comingMeetings, heldMeetingsSince, type MeetingChoice } from '../meetings/held-meetings.ts'
import { type Relay, relayOf, withdrawalOfRelay } from './relays.ts'

const verbs = ['placeOnAgenda', 'recordResult', 'withdraw', 'askRelay'] as const

type InstanceRef = { slug: string; name: string; shortName: string; level: Level }
/** A meeting, for who may know of it (H6); `opens` for who may read its page too. */
type MeetingRef = { id: string; startsAt: Date; opens: boolean }

export type DecisionPage = {
  id: string
  wording: string
  reasons: string
  nature: DecisionNature
  state: DecisionState
  number: string | null
  proposing: InstanceRef
  competent: InstanceRef
  /** True when the body decided for itself. */
  own: boolean
  proposedAt: Date
  origin: MeetingRef | null
  /** The minutes it was written in: only for who may read them. */
  minutesId: string | null
  agendaMeeting: MeetingRef | null
  result: { on: string; reason: string | null; recordedAt: Date; recordedBy: string; meeting: MeetingRef | null } | null
  withdrawal: { at: Date; by: string; reason: string } | null
  /** What institutions are asked to relay, and what they did. */
  relay: Relay | null
  /** What happened to it, oldest first; the reasons only for who read it before it was adopted or noted. */
  history: { kind: string; at: Date; by: string; result: string | null; reason: string | null }[]
  heldMeetings: MeetingChoice[]
  comingMeetings: MeetingChoice[]
  /** Who records the result, by name and function. */
  deciders: string[]
  /** True while the answer awaits a member of the proposing body. */
  answerUnseen: boolean
  can: Pick<Abilities<'decision'>, (typeof verbs)[number]> & { withdrawRelay: Ability }
}

/** A decision: wording, reasons, origin, result. @throws NotFound (H27) */
export async function decisionPage(context: Context, actor: Actor, decisionId: string): Promise<DecisionPage> {
  const { db } = context
  const facts = await decisionFacts(db, actor, decisionId)
  authorize(actor, 'decision', 'read', facts)
  const proposing = alias(instances, 'proposing')
  const competent = alias(instances, 'competent')
  const [row] = await db
    .select({
      decision: decisions,
      originAt: meetings.startsAt,
      proposing: { slug: proposing.slug, name: proposing.name, shortName: proposing.shortName, level: proposing.level },
      competent: { slug: competent.slug, name: competent.name, shortName: competent.shortName, level: competent.level },
    })
    .from(decisions)
    .innerJoin(proposing, eq(proposing.id, decisions.proposingInstanceId))
    .innerJoin(competent, eq(competent.id, decisions.competentInstanceId))
    .innerJoin(meetings, eq(meetings.id, decisions.originMeetingId))
    .where(eq(decisions.id, decisionId))
  if (!row) throw new Error('a decision has its instances')
  const { decision } = row
  const abilities = abilitiesOn(actor, 'decision', verbs, facts)
  const relay = await relayOf(context, actor, decisionId)
  return {
    id: decision.id,
    wording: decision.wording,
    reasons: decision.reasons,
    nature: decision.nature,
    state: decision.state,
    number: decision.number,
    proposing: row.proposing,
    competent: row.competent,
    own: decision.proposingInstanceId === decision.competentInstanceId,
    proposedAt: decision.proposedAt,
    origin: await meetingRef(context, actor, decision.originMeetingId),
    minutesId: await readableMinutes(context, actor, decision.minutesId),
    agendaMeeting: await meetingRef(context, actor, decision.agendaMeetingId),
    result: await resultOf(context, actor, decision),
    withdrawal: await withdrawalOf(db, decision),
    relay,
    history: await historyOf(db, decisionId, readsItAwaited(actor, facts)),
    heldMeetings: abilities.recordResult.allowed
      ? await heldMeetingsSince(db, decision.competentInstanceId, row.originAt, 'from')
      : [],
    comingMeetings: abilities.placeOnAgenda.allowed ? await comingMeetings(db, decision.competentInstanceId) : [],
    deciders: await decidersOf(context, actor, decision.competentInstanceId),
    answerUnseen: await answerUnseen(context, actor, decision),
    can: { ...abilities, withdrawRelay: withdrawalOfRelay(abilities.askRelay, relay) },
  }
}

/** Presidency and secretariat of the competent instance, chefs de projet: those whom H29 names. */
async function decidersOf(context: Context, actor: Actor, instanceId: string): Promise<string[]> {
  const seats = await seatsOf(context.db, { consortiumId: actor.consortiumId, instanceId, day: actor.today })
  const leads = seats.filter(seat => seat.function === 'president' || seat.function === 'secretaire')
  const chefs = await chefsDeProjet(context.db, actor.consortiumId, actor.today)
  return [...leads, ...chefs].map(({ name, functionLabel }) => `${name} (${functionLabel.toLocaleLowerCase('fr')})`)
}

type DecisionRow = typeof decisions.$inferSelect

async function meetingRef(context: Context, actor: Actor, meetingId: string | null): Promise<MeetingRef | null> {
  if (meetingId === null) return null
  const facts = await meetingFacts(context.db, actor, meetingId)
  if (!can(actor, 'meeting', 'readEntry', facts)) return null
  const [row] = await context.db
    .select({ id: meetings.id, startsAt: meetings.startsAt })
    .from(meetings)
    .where(eq(meetings.id, meetingId))
  return row ? { ...row, opens: can(actor, 'meeting', 'read', facts) } : null
}

async function readableMinutes(context: Context, actor: Actor, minutesId: string): Promise<string | null> {
  const facts = await minutesFacts(context.db, actor, minutesId)
  return can(actor, 'minutes', 'read', facts) ? minutesId : null
}

async function resultOf(context: Context, actor: Actor, decision: DecisionRow): Promise<DecisionPage['result']> {
  if (!decision.resultRecordedAt || !decision.resultOn) return null
  return {
    on: decision.resultOn,
    reason: decision.resultReason,
    recordedAt: decision.resultRecordedAt,
    recordedBy: await nameOf(context.db, decision.resultRecordedBy),
    meeting: await meetingRef(context, actor, decision.resultMeetingId),
  }
}

async function withdrawalOf(db: Database, decision: DecisionRow): Promise<DecisionPage['withdrawal']> {
  if (!decision.withdrawnAt) return null
  const by = await nameOf(db, decision.withdrawnBy)
  return { at: decision.withdrawnAt, by, reason: decision.withdrawnReason ?? '' }
}

/** Whether the person reads the decision while it is awaited or rejected too: adopted, every member does (H27). */
function readsItAwaited(actor: Actor, facts: DecisionFacts): boolean {
  return can(actor, 'decision', 'read', { ...facts, decisionState: 'ajournee' })
}

async function historyOf(db: Database, decisionId: string, withReasons: boolean): Promise<DecisionPage['history']> {
  const events = await db
    .select({ event: registerEvents, givenName: accounts.givenName, familyName: accounts.familyName })
    .from(registerEvents)
    .leftJoin(accounts, eq(accounts.id, registerEvents.by))
    .where(eq(registerEvents.decisionId, decisionId))
    .orderBy(asc(registerEvents.rank))
  return events.map(({ event, givenName, familyName }) => {
    const payload = event.payload as { result?: string; reason?: string }
    return {
      kind: event.kind,
      at: event.at,
      by: personName({ givenName: givenName ?? '', familyName: familyName ?? '' }),
      result: payload.result ?? null,
      reason: withReasons ? payload.reason || null : null,
    }
  })
}

async function answerUnseen(context: Context, actor: Actor, decision: DecisionRow): Promise<boolean> {
  if (!decision.resultRecordedAt || !actor.ownBodies.includes(decision.proposingInstanceId)) return false
  const seen = await context.db
    .select({ accountId: decisionAnswersSeen.accountId })
    .from(decisionAnswersSeen)
    .where(eq(decisionAnswersSeen.decisionId, decision.id))
  return !seen.some(row => row.accountId === actor.accountId)
}
