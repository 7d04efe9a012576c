import { and, desc, eq, inArray, isNull, type SQL } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { among, first, oneOfWords } from '#db/lists.ts'
import { instances, meetings, minutes, minutesRecipients } from '#db/schema/index.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { columnsOf } from '#server/habilitations/columns.ts'
import { visibleTo } from '#server/habilitations/visible.ts'
import type { Context } from '../context.ts'
import { agreementsOf, missingValidators } from '../minutes/validators.ts'
import { mostAwaiting } from './how-many.ts'

export type AwaitingMinutes = { id: string; instance: string; meetingAt: Date; since: Date | null }

/** Drafts of one's own bodies, or of those one supports as prestataire, once their meeting has begun. */
export function minutesToWrite(db: Database, actor: Actor) {
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
export async function agreementsOn(context: Context, actor: Actor, rows: readonly MinutesRow[]) {
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

export function minutesToRead(db: Database, actor: Actor) {
  const unread = db
    .select({ id: minutesRecipients.minutesId })
    .from(minutesRecipients)
    .where(and(eq(minutesRecipients.accountId, actor.accountId), isNull(minutesRecipients.readAt)))
  return selectMinutes(db, and(visibleTo(actor, 'minutes', 'read'), inArray(minutes.id, unread)))
}

/** Minutes and what is asked of them; the latest meetings first. */
export function selectMinutes(db: Database, where: SQL | undefined) {
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

export type MinutesRow = Awaited<ReturnType<typeof selectMinutes>>[number]

export function toAwaiting(row: MinutesRow): AwaitingMinutes {
  return {
    id: row.id,
    instance: row.instance,
    meetingAt: row.meetingAt,
    since: row.distributedAt ?? row.proofreadingAt,
  }
}
