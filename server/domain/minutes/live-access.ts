import { and, eq, isNull } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { among } from '#db/lists.ts'
import { instances, liveTexts, mandates, meetings, minutes, organisationNames } from '#db/schema/index.ts'
import { type Actor, loadActors } from '#server/habilitations/actor.ts'
import { can } from '#server/habilitations/authorize.ts'
import { columnsOf } from '#server/habilitations/columns.ts'
import { uuidOrNone } from '#server/habilitations/load-facts.ts'
import { parisDay } from '#server/vocabulary/french.ts'
import type { Context } from '../context.ts'
import { namedOn } from '../governance/composition.ts'

/** Somebody, and the live text they have or want open. */
export type LiveAccessQuestion = { accountId: string; minutesId: string; epoch: number }

export type LiveAccessGrant = {
  mode: 'write' | 'read'
  liveTextId: string
  consortiumId: string
  person: { name: string; organisation: string }
}

/**
 * What people may do on live texts now: asked at the handshake, and again by the sweep for everyone at once, in as many
 * queries for a thousand as for one. Unknown, unreadable, of another epoch or closed: null alike, for the same work
 * (H15, H16).
 *
 * @returns one answer for each question, in their order.
 */
export async function liveAccess(
  context: Context,
  questions: readonly LiveAccessQuestion[],
): Promise<(LiveAccessGrant | null)[]> {
  const texts = await openTexts(context.db, questions)
  const asked = questions.map(question => {
    const text = texts.get(nameOf(question.minutesId, question.epoch))
    return { text, accountId: question.accountId, consortiumId: text?.facts.consortiumId ?? uuidOrNone('') }
  })
  const actors = new Map<string, Actor>()
  for (const [consortiumId, group] of Map.groupBy(asked, each => each.consortiumId)) {
    const accountIds = [...new Set(group.map(({ accountId }) => accountId))]
    const here = { accountIds, consortiumId, now: context.clock.now() }
    for (const actor of await loadActors(context.db, here)) actors.set(`${consortiumId} ${actor.accountId}`, actor)
  }
  const organisations = await organisationsOf(context, [...actors.values()])
  return asked.map(({ text, accountId, consortiumId }) => {
    const actor = actors.get(`${consortiumId} ${accountId}`)
    if (!actor || !text || !can(actor, 'minutes', 'read', text.facts)) return null
    return {
      mode: can(actor, 'minutes', 'write', text.facts) ? 'write' : 'read',
      liveTextId: text.liveTextId,
      consortiumId,
      person: { name: actor.name, organisation: organisations.get(firstMandate(actor)) ?? '' },
    }
  })
}

async function openTexts(db: Database, questions: readonly LiveAccessQuestion[]) {
  const ids = [...new Set(questions.map(({ minutesId }) => uuidOrNone(minutesId)))]
  const rows = await db
    .select({ facts: columnsOf.minutes, id: minutes.id, epoch: minutes.epoch, liveTextId: liveTexts.id })
    .from(minutes)
    .innerJoin(meetings, eq(meetings.id, minutes.meetingId))
    .innerJoin(instances, eq(instances.id, meetings.instanceId))
    .innerJoin(liveTexts, and(eq(liveTexts.minutesId, minutes.id), eq(liveTexts.epoch, minutes.epoch)))
    .where(and(among(minutes.id, ids), isNull(liveTexts.closedAt)))
  return new Map(rows.map(row => [nameOf(row.id, row.epoch), row]))
}

function nameOf(minutesId: string, epoch: number): string {
  return `${minutesId}.${epoch}`
}

/** The institution that each person is shown with, by mandate. */
async function organisationsOf(context: Context, actors: readonly Actor[]): Promise<Map<string, string>> {
  const ids = actors.map(actor => uuidOrNone(firstMandate(actor)))
  const rows = await context.db
    .select({ mandateId: mandates.id, shortName: organisationNames.shortName })
    .from(mandates)
    .innerJoin(
      organisationNames,
      and(eq(organisationNames.organisationId, mandates.organisationId), namedOn(parisDay(context.clock.now()))),
    )
    .where(among(mandates.id, ids))
  return new Map(rows.map(row => [row.mandateId, row.shortName]))
}

function firstMandate(actor: Actor): string {
  return actor.mandateIds[0] ?? ''
}
