import { asc, eq } from 'drizzle-orm'
import { actionItems, decisions, instances } from '#db/schema/index.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { can } from '#server/habilitations/authorize.ts'
import { columnsOf } from '#server/habilitations/columns.ts'
import type { ActionFacts, MinutesFacts } from '#server/habilitations/facts.ts'
import type { ActionState } from '#server/vocabulary/actions.ts'
import type { DecisionNature, DecisionState } from '#server/vocabulary/decisions.ts'
import type { Context } from '../context.ts'
import { competenceFor } from '../decisions/competence.ts'
import type { Outcomes } from './outcomes.ts'

export type DecisionView = {
  blockId: string
  /** The decision's page, once sealed, for who may read it. */
  id: string | null
  wording: string
  reasons: string
  nature: DecisionNature | null
  competentInstance: string
  /** True when it belongs to the body itself. */
  own: boolean
  state: DecisionState | null
  number: string | null
}

export type ActionView = {
  blockId: string
  id: string | null
  wording: string
  owner: string
  dueOn: string | null
  state: ActionState | null
  /** True for who may say where it stands. */
  mayUpdate: boolean
}

/** Relevé de décisions, relevé d'actions, points de vigilance. */
export type OutcomeViews = {
  decisions: DecisionView[]
  actions: ActionView[]
  pointsOfAttention: { blockId: string; wording: string }[]
}

/** The outcomes of minutes: from the blocks while live; from the registers once sealed, with what became of each. */
export async function outcomeViews(
  context: Context,
  actor: Actor,
  source: { minutesId: string; facts: MinutesFacts; day: string; outcomes: Outcomes },
): Promise<OutcomeViews> {
  const decided = await decisionRows(context, source.minutesId)
  const acting = await actionRows(context, source.minutesId)
  const competence = await competenceFor(context.db, { ...source.facts, day: source.day })
  return {
    decisions: source.outcomes.decisions.map(({ blockId, wording, reasons, nature }) => {
      const row = decided.get(blockId)
      const readable = row !== undefined && can(actor, 'decision', 'read', row.facts)
      const competent = competence[nature ?? 'autre']
      return {
        blockId,
        id: readable ? row.id : null,
        wording,
        reasons,
        nature,
        competentInstance: row?.competentName ?? competent.name,
        own: (row?.facts.competentInstanceId ?? competent.id) === source.facts.instanceId,
        state: readable ? row.facts.decisionState : null,
        number: readable ? row.number : null,
      }
    }),
    actions: source.outcomes.actions.map(({ blockId, wording, ownerLabel, dueOn }) => {
      const row = acting.get(blockId)
      const facts: ActionFacts | null = row ? { ...source.facts, ...row.facts } : null
      return {
        blockId,
        id: row?.id ?? null,
        wording,
        owner: ownerLabel,
        dueOn,
        state: row?.facts.actionState ?? null,
        mayUpdate: facts !== null && can(actor, 'action', 'updateProgress', facts),
      }
    }),
    pointsOfAttention: source.outcomes.pointsOfAttention,
  }
}

async function decisionRows(context: Context, minutesId: string) {
  const rows = await context.db
    .select({
      blockId: decisions.blockId,
      id: decisions.id,
      number: decisions.number,
      facts: columnsOf.decision,
      competentName: instances.name,
    })
    .from(decisions)
    .innerJoin(instances, eq(instances.id, decisions.competentInstanceId))
    .where(eq(decisions.minutesId, minutesId))
  return new Map(rows.map(row => [row.blockId, row]))
}

async function actionRows(context: Context, minutesId: string) {
  const rows = await context.db
    .select({
      blockId: actionItems.blockId,
      id: actionItems.id,
      facts: {
        actionState: actionItems.state,
        ownerMandateId: actionItems.ownerMandateId,
        ownerOrganisationId: actionItems.ownerOrganisationId,
        ownerInstanceId: actionItems.ownerInstanceId,
      },
    })
    .from(actionItems)
    .where(eq(actionItems.minutesId, minutesId))
    .orderBy(asc(actionItems.createdAt))
  return new Map(rows.map(row => [row.blockId, row]))
}
