import { and, asc, count, desc, eq, max } from 'drizzle-orm'
import {
  actionItems,
  decisionAnswersSeen,
  decisions,
  instances,
  itemProposals,
  liveTexts,
  liveTextUpdates,
  mandates,
  meetings,
  minutes,
  registerEvents,
} from '#db/schema/index.ts'
import { type Actor, membershipsOf } from '#server/habilitations/actor.ts'
import { visibleTo } from '#server/habilitations/visible.ts'
import { actionStateLabels } from '#server/vocabulary/actions.ts'
import type { Labels } from '#server/vocabulary/closed-list.ts'
import { itemProposalStateLabels } from '#server/vocabulary/meetings.ts'
import type { Person } from '../accounts/administering.ts'
import type { Context } from '../context.ts'
import type { RegisterEventKind } from '../decisions/register.ts'
import type { DataPart } from './data-part.ts'

/** In the place of words that a body wrote and that the person does not read today. */
export const noLongerRead = 'Texte que vous ne lisez plus'

type Reader = Pick<Person, 'accountId' | 'rights'>

/** What the person may read today, consortium by consortium. */
async function readableBy(
  { rights }: Reader,
  read: (actor: Actor) => Promise<{ id: string }[]>,
): Promise<(id: string) => boolean> {
  const ids = new Set<string>()
  for (const { actor } of membershipsOf(rights)) for (const { id } of await read(actor)) ids.add(id)
  return id => ids.has(id)
}

/** Items that the person proposed for agendas, in their own words. */
export async function ofItems({ db }: Context, accountId: string): Promise<DataPart> {
  const rows = await db
    .select({ item: itemProposals, instance: instances.shortName, startsAt: meetings.startsAt })
    .from(itemProposals)
    .innerJoin(meetings, eq(meetings.id, itemProposals.meetingId))
    .innerJoin(instances, eq(instances.id, meetings.instanceId))
    .where(eq(itemProposals.proposedBy, accountId))
    .orderBy(asc(itemProposals.proposedAt))
  return {
    title: 'Points que vous avez proposés',
    rows: rows.map(({ item, instance, startsAt }) => ({
      Instance: instance,
      Réunion: startsAt,
      Point: item.title,
      Pourquoi: item.reason,
      État: itemProposalStateLabels[item.state],
      'Proposé le': item.proposedAt,
    })),
  }
}

/** Actions that a mandate of the person is in charge of; their words, as long as the person reads them (H25). */
export async function ofActions({ db }: Context, reader: Reader): Promise<DataPart[]> {
  const ofPerson = eq(mandates.accountId, reader.accountId)
  const readable = await readableBy(reader, actor =>
    db
      .select({ id: actionItems.id })
      .from(actionItems)
      .innerJoin(mandates, eq(mandates.id, actionItems.ownerMandateId))
      .innerJoin(minutes, eq(minutes.id, actionItems.minutesId))
      .innerJoin(meetings, eq(meetings.id, minutes.meetingId))
      .innerJoin(instances, eq(instances.id, meetings.instanceId))
      .where(and(ofPerson, visibleTo(actor, 'action', 'read'))),
  )
  const rows = await db
    .select({ action: actionItems, instance: instances.shortName })
    .from(actionItems)
    .innerJoin(mandates, eq(mandates.id, actionItems.ownerMandateId))
    .innerJoin(instances, eq(instances.id, actionItems.instanceId))
    .where(ofPerson)
    .orderBy(asc(actionItems.createdAt))
  return [
    {
      title: 'Actions dont vous êtes chargé',
      rows: rows.map(({ action, instance }) => ({
        Instance: instance,
        Action: readable(action.id) ? action.wording : noLongerRead,
        État: readable(action.id) ? actionStateLabels[action.state] : null,
        Échéance: action.dueOn,
        'Inscrite le': action.createdAt,
      })),
    },
  ]
}

const eventLabels: Labels<RegisterEventKind> = {
  proposed: 'Entrée au registre, avec un compte rendu que vous avez validé',
  placed_on_agenda: 'Inscription à un ordre du jour',
  result: 'Résultat consigné',
  withdrawn: 'Retrait de la proposition',
}

/** What the person did in the registers of decisions; the decisions' words, as long as the person reads them (H27). */
export async function ofDecisions({ db }: Context, reader: Reader): Promise<DataPart[]> {
  const { accountId } = reader
  const readable = await readableBy(reader, actor =>
    db
      .select({ id: decisions.id })
      .from(decisions)
      .where(visibleTo(actor, 'decision', 'read')),
  )
  const events = await db
    .select({ event: registerEvents, decision: decisions, instance: instances.shortName })
    .from(registerEvents)
    .innerJoin(decisions, eq(decisions.id, registerEvents.decisionId))
    .innerJoin(instances, eq(instances.id, decisions.proposingInstanceId))
    .where(eq(registerEvents.by, accountId))
    .orderBy(asc(registerEvents.at))
  const seen = await db
    .select({ seenAt: decisionAnswersSeen.seenAt, decision: decisions, instance: instances.shortName })
    .from(decisionAnswersSeen)
    .innerJoin(decisions, eq(decisions.id, decisionAnswersSeen.decisionId))
    .innerJoin(instances, eq(instances.id, decisions.proposingInstanceId))
    .where(eq(decisionAnswersSeen.accountId, accountId))
    .orderBy(asc(decisionAnswersSeen.seenAt))
  const about = ({ instance, decision }: { instance: string; decision: typeof decisions.$inferSelect }) => ({
    'Instance qui propose': instance,
    Décision: readable(decision.id) ? decision.wording : noLongerRead,
  })
  return [
    {
      title: 'Vos actes au registre des décisions',
      rows: events.map(row => ({
        ...about(row),
        Acte: eventLabels[row.event.kind as RegisterEventKind],
        Date: row.event.at,
      })),
    },
    { title: 'Réponses que vous avez vues', rows: seen.map(row => ({ ...about(row), 'Vue le': row.seenAt })) },
  ]
}

/** How much of the texts still in writing came from the person: modifications not yet melted into the text. */
export async function ofWriting({ db }: Context, accountId: string): Promise<DataPart> {
  const rows = await db
    .select({
      instance: instances.shortName,
      startsAt: meetings.startsAt,
      updates: count(),
      last: max(liveTextUpdates.receivedAt),
    })
    .from(liveTextUpdates)
    .innerJoin(liveTexts, eq(liveTexts.id, liveTextUpdates.liveTextId))
    .innerJoin(minutes, eq(minutes.id, liveTexts.minutesId))
    .innerJoin(meetings, eq(meetings.id, minutes.meetingId))
    .innerJoin(instances, eq(instances.id, meetings.instanceId))
    .where(eq(liveTextUpdates.accountId, accountId))
    .groupBy(instances.shortName, meetings.startsAt)
    .orderBy(desc(meetings.startsAt))
  return {
    title: 'Modifications de textes en cours d’écriture',
    rows: rows.map(({ instance, startsAt, updates, last }) => ({
      Instance: instance,
      Réunion: startsAt,
      Modifications: String(updates),
      'La dernière le': last,
    })),
  }
}
