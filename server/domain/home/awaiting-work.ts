import { and, asc, eq, or, sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { among, first, oneOfWords } from '#db/lists.ts'
import { actionItems, instances, meetings, minutes } from '#db/schema/index.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { columnsOf } from '#server/habilitations/columns.ts'
import { visibleTo } from '#server/habilitations/visible.ts'
import type { ActionState } from '#server/vocabulary/actions.ts'
import { mostAwaiting, mostNextMeetings } from './how-many.ts'

export type AwaitingAction = {
  id: string
  wording: string
  dueOn: string | null
  state: ActionState
  instance: string
  minutesId: string | null
}

export function actionsToDo(db: Database, actor: Actor) {
  const leads = [...actor.bodies.copilote, ...actor.bodies.president]
  const owned = or(
    among(actionItems.ownerMandateId, actor.mandateIds),
    among(actionItems.ownerOrganisationId, [...actor.organisationIds, ...actor.correspondantOf]),
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

/** The coming meetings of one's bodies and those one is invited to, and those running now. */
export function nextMeetings(db: Database, actor: Actor) {
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
        or(
          among(meetings.instanceId, [...actor.ownBodies, ...actor.attachedTo]),
          among(meetings.id, actor.invitedTo),
          // Of which they are the permanent invités (H7).
          actor.copiloteOfTechnicalGroup ? eq(instances.kind, 'pilotage_strategique') : undefined,
        ),
      ),
    )
    .orderBy(asc(meetings.startsAt))
    .limit(first(mostNextMeetings + 1))
}
