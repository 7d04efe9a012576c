import { eq, type SQL } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { actionItems, decisions, instances } from '#db/schema/index.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { can } from '#server/habilitations/authorize.ts'
import { columnsOf } from '#server/habilitations/columns.ts'
import type { ActionFacts, MinutesFacts } from '#server/habilitations/facts.ts'
import type { ActionState } from '#server/vocabulary/actions.ts'
import type { DecisionNature, DecisionState } from '#server/vocabulary/decisions.ts'
import type { CompetentInstance } from '../decisions/competence.ts'
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

/** What the blocks of a live text say: the truth until it is sealed. */
export function outcomesAsWritten(
  facts: MinutesFacts,
  outcomes: Outcomes,
  competence: Readonly<Record<DecisionNature, CompetentInstance>>,
): OutcomeViews {
  return {
    decisions: outcomes.decisions.map(decision => {
      const competent = competence[decision.nature ?? 'autre']
      return {
        ...decision,
        id: null,
        competentInstance: competent.name,
        own: competent.id === facts.instanceId,
        state: null,
        number: null,
      }
    }),
    actions: outcomes.actions.map(({ blockId, wording, ownerLabel, dueOn }) => ({
      blockId,
      id: null,
      wording,
      owner: ownerLabel,
      dueOn,
      state: null,
      mayUpdate: false,
    })),
    pointsOfAttention: outcomes.pointsOfAttention,
  }
}

/** What a sealed text says, with what became of each decision and action in the registers. */
export function outcomesAsRegistered(
  actor: Actor,
  facts: MinutesFacts,
  outcomes: Outcomes,
  registered: { decisions: readonly DecisionRow[]; actions: readonly ActionRow[] },
): OutcomeViews {
  const decided = new Map(registered.decisions.map(row => [row.blockId, row]))
  const acting = new Map(registered.actions.map(row => [row.blockId, row]))
  return {
    decisions: outcomes.decisions.map(decision => {
      const row = decided.get(decision.blockId)
      const readable = row !== undefined && can(actor, 'decision', 'read', row.facts)
      return {
        ...decision,
        id: readable ? row.id : null,
        competentInstance: row?.competentName ?? '',
        own: row?.facts.competentInstanceId === facts.instanceId,
        state: readable ? row.facts.decisionState : null,
        number: readable ? row.number : null,
      }
    }),
    actions: outcomes.actions.map(({ blockId, wording, ownerLabel, dueOn }) => {
      const row = acting.get(blockId)
      const actionFacts: ActionFacts | null = row ? { ...facts, ...row.facts } : null
      return {
        blockId,
        id: row?.id ?? null,
        wording,
        owner: ownerLabel,
        dueOn,
        state: row?.facts.actionState ?? null,
        mayUpdate: actionFacts !== null && can(actor, 'action', 'updateProgress', actionFacts),
      }
    }),
    pointsOfAttention: outcomes.pointsOfAttention,
  }
}

type DecisionRow = Awaited<ReturnType<typeof selectDecisions>>[number]

/** The decisions that came from minutes. */
export function selectDecisions(db: Database, minutesId: string | SQL) {
  return db
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
}

type ActionRow = Awaited<ReturnType<typeof selectActions>>[number]

/** The actions that came from minutes. */
export function selectActions(db: Database, minutesId: string | SQL) {
  return db
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
}
