import { and, asc, eq, gt, isNull, lte, or, sql } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import { oneOfWords } from '#db/lists.ts'
import {
  competenceRules,
  decisions,
  instances,
  mandateProposals,
  meetings,
  minutes,
  prestataireAttachments,
} from '#db/schema/index.ts'
import { Conflict } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { awaitedDecisionStates, decisionNatureLabels } from '#server/vocabulary/decisions.ts'
import { counted, dateTime } from '#server/vocabulary/french.ts'
import type { Context } from '../context.ts'
import { authorizeShape, checkVersion, versionOf } from '../governance/change-shape.ts'
import { endMandates } from '../governance/end-mandates.ts'
import { type EndingView, endingsAfter, formerLastDays, restoreMandates } from '../governance/endings-with.ts'
import { changeInstance, type InstanceRow, instanceOf } from './change-instance.ts'

/** What forbids to dissolve an instance, and the page of the consortium where it is mended. */
export type Obstacle = { says: string; path: string }

/** What a dissolution would do, said before it is confirmed. */
export type Dissolution = {
  lastDay: string
  mandates: EndingView[]
  /** Prestataires whose attachment ends. */
  attachments: number
  /** Instances in activity that hang from it: they stay, and still hang from it. */
  children: { slug: string; name: string }[]
  obstacles: Obstacle[]
  version: string
}

/** What a dissolution at the end of a day would do. @throws NotFound, Forbidden (H32) */
export async function dissolutionPreview(
  context: Context,
  actor: Actor,
  { slug, lastDay }: { slug: string; lastDay: string },
): Promise<Dissolution> {
  const instance = await instanceOf(context.db, actor, slug)
  authorizeShape(actor, 'editInstances')
  return (await dissolutionOf(context.db, actor, instance, lastDay)).dissolution
}

/**
 * Dissolves an instance at the end of a day: its mandates end that day, what it did stays readable.
 * @throws NotFound, Forbidden (H32), Conflict (meetings ahead, minutes to finish, decisions that await it, natures that it is
 * competent for, proposals to examine; or the consequences are no longer those that were said)
 */
export function dissolveInstance(
  context: Context,
  actor: Actor,
  input: { slug: string; lastDay: string; version: string },
): Promise<void> {
  return changeInstance(context, actor, input.slug, 'dissolve', async (tx, instance) => {
    if (instance.endsOn !== null) throw new Conflict('La dissolution de cette instance est déjà enregistrée.')
    const { lastDay } = input
    const { dissolution, endings } = await dissolutionOf(tx, actor, instance, lastDay)
    if (dissolution.obstacles.length > 0) {
      throw new Conflict(
        `L’instance ne peut pas être dissoute : ${dissolution.obstacles.map(({ says }) => says).join(' ; ')}.`,
      )
    }
    checkVersion(dissolution.version, input.version)
    await endMandates(tx, actor, endings)
    await endAttachments(tx, instance.id, lastDay)
    await tx.update(instances).set({ endsOn: lastDay }).where(eq(instances.id, instance.id))
    return { result: undefined, detail: { lastDay, ...formerLastDays(endings) } }
  })
}

/**
 * Takes a dissolution back: the mandates that it ended last as before. Attachments of prestataires, and mandates that had
 * not begun, are given again one by one.
 * @returns how many mandates came back
 * @throws NotFound, Forbidden (H32), Conflict
 */
export function cancelDissolution(context: Context, actor: Actor, slug: string): Promise<number> {
  return changeInstance(context, actor, slug, 'restore', async (tx, { id, endsOn }) => {
    if (endsOn === null) throw new Conflict('Cette instance n’est pas dissoute.')
    await tx.update(instances).set({ endsOn: null }).where(eq(instances.id, id))
    const result = await restoreMandates(tx, actor, { verb: 'instance.dissolve', subjectId: id, lastDay: endsOn })
    return { result }
  })
}

async function dissolutionOf(db: Database | Transaction, actor: Actor, { id }: InstanceRow, lastDay: string) {
  const { endings, views } = await endingsAfter(db, actor.consortiumId, mandate => mandate.instanceId === id, lastDay)
  const attachments = await db
    .select({ id: prestataireAttachments.id })
    .from(prestataireAttachments)
    .where(lastsBeyond(id, lastDay))
    .orderBy(asc(prestataireAttachments.id))
  const children = await db
    .select({ slug: instances.slug, name: instances.name })
    .from(instances)
    .where(and(eq(instances.parentId, id), or(isNull(instances.endsOn), gt(instances.endsOn, lastDay))))
    .orderBy(asc(instances.position), asc(instances.name))
  const dissolution: Dissolution = {
    lastDay,
    mandates: views,
    attachments: attachments.length,
    children,
    obstacles: await obstaclesTo(db, { id, lastDay }),
    version: versionOf([views.map(({ mandateId }) => mandateId).sort(), attachments]),
  }
  return { dissolution, endings }
}

const lastsBeyond = (instanceId: string, lastDay: string) =>
  and(
    eq(prestataireAttachments.instanceId, instanceId),
    or(isNull(prestataireAttachments.endsOn), gt(prestataireAttachments.endsOn, lastDay)),
  )

/** Attachments end that day; those that had not begun are withdrawn. */
async function endAttachments(tx: Transaction, instanceId: string, lastDay: string): Promise<void> {
  await tx
    .delete(prestataireAttachments)
    .where(and(lastsBeyond(instanceId, lastDay), gt(prestataireAttachments.startsOn, lastDay)))
  await tx
    .update(prestataireAttachments)
    .set({ endsOn: lastDay })
    .where(and(lastsBeyond(instanceId, lastDay), lte(prestataireAttachments.startsOn, lastDay)))
}

type Asked = { id: string; lastDay: string }

async function obstaclesTo(db: Database | Transaction, asked: Asked): Promise<Obstacle[]> {
  return [
    ...(await meetingsAhead(db, asked)),
    ...(await minutesToFinish(db, asked)),
    ...(await decisionsAwaiting(db, asked)),
    ...(await naturesOf(db, asked)),
    ...(await proposalsFor(db, asked)),
  ]
}

async function meetingsAhead(db: Database | Transaction, { id }: Asked): Promise<Obstacle[]> {
  const rows = await db
    .select({ id: meetings.id, startsAt: meetings.startsAt, state: meetings.state })
    .from(meetings)
    .where(
      and(eq(meetings.instanceId, id), oneOfWords(meetings.state, ['preparation', 'invitations_envoyees', 'en_cours'])),
    )
    .orderBy(asc(meetings.startsAt))
  return rows.map(({ id, startsAt, state }) => ({
    says: state === 'en_cours' ? 'une réunion est en cours' : `une réunion est prévue le ${dateTime(startsAt)}`,
    path: `/reunions/${id}`,
  }))
}

async function minutesToFinish(db: Database | Transaction, { id }: Asked): Promise<Obstacle[]> {
  const rows = await db
    .select({ id: minutes.id, startsAt: meetings.startsAt })
    .from(minutes)
    .innerJoin(meetings, eq(meetings.id, minutes.meetingId))
    .where(
      and(
        eq(meetings.instanceId, id),
        eq(meetings.state, 'tenue'),
        oneOfWords(minutes.state, ['brouillon', 'en_relecture', 'valide']),
      ),
    )
    .orderBy(asc(meetings.startsAt))
  return rows.map(({ id, startsAt }) => ({
    says: `le compte rendu de la réunion du ${dateTime(startsAt)} n’est pas encore diffusé`,
    path: `/comptes-rendus/${id}`,
  }))
}

async function decisionsAwaiting(db: Database | Transaction, { id }: Asked): Promise<Obstacle[]> {
  const rows = await db
    .select({ id: decisions.id, wording: decisions.wording })
    .from(decisions)
    .where(and(eq(decisions.competentInstanceId, id), oneOfWords(decisions.state, awaitedDecisionStates)))
    .orderBy(asc(decisions.proposedAt))
  return rows.map(({ id, wording }) => ({
    says: `une décision attend l’instance : « ${[...wording].slice(0, 100).join('')} »`,
    path: `/decisions/${id}`,
  }))
}

async function naturesOf(db: Database | Transaction, { id, lastDay }: Asked): Promise<Obstacle[]> {
  const rows = await db
    .select({ nature: competenceRules.nature })
    .from(competenceRules)
    .where(
      and(eq(competenceRules.instanceId, id), or(isNull(competenceRules.endsOn), gt(competenceRules.endsOn, lastDay))),
    )
    .orderBy(sql`${competenceRules.nature}`)
  return [...new Set(rows.map(({ nature }) => nature))].map(nature => ({
    says: `elle est compétente pour « ${decisionNatureLabels[nature]} »`,
    path: '/competences',
  }))
}

async function proposalsFor(db: Database | Transaction, { id }: Asked): Promise<Obstacle[]> {
  const count = await db.$count(
    mandateProposals,
    and(eq(mandateProposals.instanceId, id), eq(mandateProposals.state, 'proposee')),
  )
  if (count === 0) return []
  const says = `${counted(count, 'proposition de représentant attend', 'propositions de représentant attendent')} une réponse`
  return [{ says, path: '/propositions' }]
}
