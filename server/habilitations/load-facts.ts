import { and, eq } from 'drizzle-orm'
import * as z from 'zod'
import type { Database, Transaction } from '#db/client.ts'
import { actionItems, consortia, decisions, instances, meetings, minutes } from '#db/schema/index.ts'
import { NotFound } from '#server/errors.ts'
import type { Actor } from './actor.ts'
import { columnsOf } from './columns.ts'
import type { ActionFacts, DecisionFacts, InstanceFacts, MeetingFacts, MinutesFacts } from './facts.ts'

/**
 * Facts of one thing of the actor's consortium, read in the same columns as `visibleTo`. An identifier that is malformed,
 * unknown or of another consortium gives the same answer.
 * @throws NotFound
 */
export async function instanceFacts(db: Database | Transaction, actor: Actor, id: string): Promise<InstanceFacts> {
  const rows = await db
    .select(columnsOf.instance)
    .from(instances)
    .where(and(eq(instances.id, uuidOrNone(id)), eq(instances.consortiumId, actor.consortiumId)))
  return found(rows)
}

/** As `instanceFacts`, for a meeting. @throws NotFound */
export async function meetingFacts(db: Database | Transaction, actor: Actor, id: string): Promise<MeetingFacts> {
  const rows = await db
    .select(columnsOf.meeting)
    .from(meetings)
    .innerJoin(instances, eq(instances.id, meetings.instanceId))
    .where(and(eq(meetings.id, uuidOrNone(id)), eq(meetings.consortiumId, actor.consortiumId)))
  return found(rows)
}

/** As `instanceFacts`, for minutes. @throws NotFound */
export async function minutesFacts(db: Database | Transaction, actor: Actor, id: string): Promise<MinutesFacts> {
  const rows = await db
    .select(columnsOf.minutes)
    .from(minutes)
    .innerJoin(meetings, eq(meetings.id, minutes.meetingId))
    .innerJoin(instances, eq(instances.id, meetings.instanceId))
    .where(and(eq(minutes.id, uuidOrNone(id)), eq(minutes.consortiumId, actor.consortiumId)))
  return found(rows)
}

/** As `instanceFacts`, for an action to carry out. @throws NotFound */
export async function actionFacts(db: Database | Transaction, actor: Actor, id: string): Promise<ActionFacts> {
  const rows = await db
    .select(columnsOf.action)
    .from(actionItems)
    .innerJoin(minutes, eq(minutes.id, actionItems.minutesId))
    .innerJoin(meetings, eq(meetings.id, minutes.meetingId))
    .innerJoin(instances, eq(instances.id, meetings.instanceId))
    .where(and(eq(actionItems.id, uuidOrNone(id)), eq(actionItems.consortiumId, actor.consortiumId)))
  return found(rows)
}

/** As `instanceFacts`, for a decision. @throws NotFound */
export async function decisionFacts(db: Database | Transaction, actor: Actor, id: string): Promise<DecisionFacts> {
  const rows = await db
    .select(columnsOf.decision)
    .from(decisions)
    .where(and(eq(decisions.id, uuidOrNone(id)), eq(decisions.consortiumId, actor.consortiumId)))
  return found(rows)
}

/** Identifier of the consortium of an address (`/tarn`), or one that no consortium has. */
export async function consortiumIdOf(db: Database, slug: string): Promise<string> {
  const [row] = await db
    .select({ id: consortia.id })
    .from(consortia)
    .where(eq(consortia.slug, slugOrNone(slug)))
  return row?.id ?? nobodysId
}

/** An identifier that nothing has: a malformed one costs the same query as an unknown one. */
const nobodysId = '00000000-0000-4000-8000-000000000000'

/** The identifier itself, or one that nothing has when it is malformed. */
export function uuidOrNone(id: string): string {
  return z.uuid().safeParse(id).success ? id : nobodysId
}

/** The slug of an address itself, or one that nothing has when it could not be one: PostgreSQL cannot even compare a NUL. */
export function slugOrNone(slug: string): string {
  return /^[a-z0-9-]{1,100}$/.test(slug) ? slug : ''
}

function found<T>(rows: readonly T[]): T {
  const [row] = rows
  if (row === undefined) throw new NotFound()
  return row
}
