import { and, asc, eq, notExists, sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { first, noneOfWords } from '#db/lists.ts'
import { accounts, attendance, instances, mandates, meetings } from '#db/schema/index.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { visibleTo } from '#server/habilitations/visible.ts'
import { personName } from '#server/vocabulary/french.ts'
import { mostAwaiting } from './how-many.ts'

/** A meeting that awaits to know whether somebody comes: the person, or (`person`) somebody whom they assist. */
export type AwaitingPresence = {
  id: string
  mandateId: string
  instance: string
  startsAt: Date
  person: string | null
}

/** Meetings to come at which nobody has answered yet of a presence that this person answers of (H48). */
export function presencesToAnswer(db: Database, actor: Actor) {
  const day = sql`(${meetings.startsAt} at time zone 'Europe/Paris')::date`
  return db
    .select({
      id: meetings.id,
      mandateId: mandates.id,
      instance: instances.shortName,
      startsAt: meetings.startsAt,
      accountId: mandates.accountId,
      givenName: accounts.givenName,
      familyName: accounts.familyName,
    })
    .from(meetings)
    .innerJoin(instances, eq(instances.id, meetings.instanceId))
    .innerJoin(mandates, eq(mandates.instanceId, meetings.instanceId))
    .innerJoin(accounts, eq(accounts.id, mandates.accountId))
    .where(
      and(
        visibleTo(actor, 'presence', 'answer'),
        noneOfWords(mandates.function, ['assistant', 'invite']),
        sql`${mandates.startsOn} <= ${day} and (${mandates.endsOn} is null or ${mandates.endsOn} >= ${day})`,
        notExists(
          db
            .select({ one: sql`1` })
            .from(attendance)
            .where(and(eq(attendance.meetingId, meetings.id), eq(attendance.mandateId, mandates.id))),
        ),
      ),
    )
    .orderBy(asc(meetings.startsAt), asc(mandates.id))
    .limit(first(mostAwaiting + 1))
}

type PresenceRow = Awaited<ReturnType<typeof presencesToAnswer>>[number]

export function presenceFrom(
  actor: Actor,
  { accountId, givenName, familyName, ...row }: PresenceRow,
): AwaitingPresence {
  return { ...row, person: accountId === actor.accountId ? null : personName({ givenName, familyName }) }
}
