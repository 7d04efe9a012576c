import { and, eq, isNull } from 'drizzle-orm'
import { instances, liveTexts, mandates, meetings, minutes, organisationNames } from '#db/schema/index.ts'
import { type Actor, loadActor } from '#server/habilitations/actor.ts'
import { can } from '#server/habilitations/authorize.ts'
import { columnsOf } from '#server/habilitations/columns.ts'
import { uuidOrNone } from '#server/habilitations/load-facts.ts'
import type { Context } from '../context.ts'
import { namedOn } from '../governance/composition.ts'

export type LiveAccessGrant = {
  mode: 'write' | 'read'
  liveTextId: string
  consortiumId: string
  person: { name: string; organisation: string }
}

/**
 * What a person may do on a live text now: asked at the handshake and again by the sweep. Unknown, unreadable, of another
 * epoch or closed: null alike, for the same work (H15, H16).
 */
export async function liveAccess(
  context: Context,
  accountId: string,
  minutesId: string,
  epoch: number,
): Promise<LiveAccessGrant | null> {
  const [row] = await context.db
    .select({ facts: columnsOf.minutes, liveTextId: liveTexts.id })
    .from(minutes)
    .innerJoin(meetings, eq(meetings.id, minutes.meetingId))
    .innerJoin(instances, eq(instances.id, meetings.instanceId))
    .innerJoin(liveTexts, and(eq(liveTexts.minutesId, minutes.id), eq(liveTexts.epoch, minutes.epoch)))
    .where(and(eq(minutes.id, uuidOrNone(minutesId)), eq(minutes.epoch, epoch), isNull(liveTexts.closedAt)))
  const consortiumId = row?.facts.consortiumId ?? uuidOrNone('')
  const actor = await loadActor(context.db, { accountId, consortiumId, now: context.clock.now() })
  const organisation = await organisationOf(context, actor)
  if (!row || !can(actor, 'minutes', 'read', row.facts)) return null
  return {
    mode: can(actor, 'minutes', 'write', row.facts) ? 'write' : 'read',
    liveTextId: row.liveTextId,
    consortiumId,
    person: { name: actor.name, organisation },
  }
}

async function organisationOf(context: Context, actor: Actor): Promise<string> {
  const [row] = await context.db
    .select({ shortName: organisationNames.shortName })
    .from(mandates)
    .innerJoin(
      organisationNames,
      and(eq(organisationNames.organisationId, mandates.organisationId), namedOn(actor.today)),
    )
    .where(eq(mandates.id, actor.mandateIds[0] ?? uuidOrNone('')))
  return row?.shortName ?? ''
}
