import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { actionItems, decisions, instances, mandates, organisations, pointsOfAttention } from '#db/schema/index.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { uuidOrNone } from '#server/habilitations/load-facts.ts'
import { parisDay } from '#server/vocabulary/french.ts'
import { competenceFor } from '../decisions/competence.ts'
import { writeResult } from '../decisions/record-result.ts'
import { appendToRegister } from '../decisions/register.ts'
import type { MeetingRow } from '../meetings/change-meeting.ts'
import type { ActionOutcome, DecisionOutcome, Outcomes } from './outcomes.ts'
import type { SealedFacts } from './seal.ts'

export type EnteredOutcomes = Pick<SealedFacts, 'decisions' | 'actions' | 'pointsOfAttention'>

type Source = { minutesId: string; meeting: MeetingRow; outcomes: Outcomes }

/**
 * Sealing writes the rows of decisions, actions and points of attention in the same transaction. A decision that belongs
 * to the body itself is adopted at once, in the meeting it was written in; the others become proposals.
 */
export async function enterOutcomes(tx: Transaction, author: Actor, source: Source): Promise<EnteredOutcomes> {
  const actions = []
  for (const action of source.outcomes.actions) actions.push(await enterAction(tx, author, source, action))
  for (const point of source.outcomes.pointsOfAttention) {
    await tx.insert(pointsOfAttention).values({
      consortiumId: author.consortiumId,
      minutesId: source.minutesId,
      instanceId: source.meeting.instanceId,
      createdAt: author.now,
      ...point,
    })
  }
  return {
    decisions: await enterDecisions(tx, author, source),
    actions,
    pointsOfAttention: source.outcomes.pointsOfAttention,
  }
}

/** The nature of a decision that was given none (a warning says so before sealing). */
const natureByDefault = 'autre'

async function enterDecisions(tx: Transaction, author: Actor, source: Source): Promise<EnteredOutcomes['decisions']> {
  const { meeting, minutesId } = source
  const competence = await competenceFor(tx, { ...meeting, day: parisDay(meeting.startsAt) })
  const entered = []
  for (const outcome of source.outcomes.decisions) {
    const nature = outcome.nature ?? natureByDefault
    const competentInstanceId = competence[nature].id
    const decisionId = await insertDecision(tx, author, source, { ...outcome, nature }, competentInstanceId)
    entered.push({ ...outcome, nature, decisionId, competentInstanceId })
    await appendToRegister(tx, {
      consortiumId: author.consortiumId,
      decisionId,
      kind: 'proposed',
      payload: {
        minutesId,
        meetingId: meeting.id,
        blockId: outcome.blockId,
        wording: outcome.wording,
        reasons: outcome.reasons,
        nature,
        proposingInstanceId: meeting.instanceId,
        competentInstanceId,
      },
      at: author.now,
      by: author.accountId,
    })
    if (nature === 'organisation_interne') {
      const decision = { id: decisionId, consortiumId: author.consortiumId, competentInstanceId }
      await writeResult(tx, author, decision, { result: 'adoptee', reason: '', meeting })
    }
  }
  return entered
}

async function insertDecision(
  tx: Transaction,
  author: Actor,
  { meeting, minutesId }: Source,
  outcome: DecisionOutcome & { nature: NonNullable<DecisionOutcome['nature']> },
  competentInstanceId: string,
): Promise<string> {
  const [row] = await tx
    .insert(decisions)
    .values({
      consortiumId: author.consortiumId,
      minutesId,
      blockId: outcome.blockId,
      originMeetingId: meeting.id,
      proposingInstanceId: meeting.instanceId,
      competentInstanceId,
      nature: outcome.nature,
      wording: outcome.wording,
      reasons: outcome.reasons,
      state: 'proposee',
      proposedAt: author.now,
    })
    .returning({ id: decisions.id })
  if (!row) throw new Error('an inserted decision has an id')
  return row.id
}

async function enterAction(
  tx: Transaction,
  author: Actor,
  { meeting, minutesId }: Source,
  outcome: ActionOutcome,
): Promise<EnteredOutcomes['actions'][number]> {
  const owner = await ownerOf(tx, author, outcome)
  const [row] = await tx
    .insert(actionItems)
    .values({
      consortiumId: author.consortiumId,
      minutesId,
      blockId: outcome.blockId,
      instanceId: meeting.instanceId,
      wording: outcome.wording,
      ownerLabel: outcome.ownerLabel,
      dueOn: outcome.dueOn,
      createdAt: author.now,
      updatedAt: author.now,
      ...owner,
    })
    .returning({ id: actionItems.id })
  if (!row) throw new Error('an inserted action has an id')
  return { ...outcome, actionId: row.id }
}

/** The owner named by the block, if the consortium has it; else only the name that was written. */
async function ownerOf(tx: Transaction, author: Actor, { ownerKind, ownerId }: ActionOutcome) {
  const nobody = { ownerKind: null, ownerMandateId: null, ownerOrganisationId: null, ownerInstanceId: null }
  if (ownerKind === null || ownerId === null) return nobody
  const table = { personne: mandates, organisation: organisations, instance: instances }[ownerKind]
  const [known] = await tx
    .select({ id: table.id })
    .from(table)
    .where(and(eq(table.id, uuidOrNone(ownerId)), eq(table.consortiumId, author.consortiumId)))
  if (!known) return nobody
  return {
    ownerKind,
    ownerMandateId: ownerKind === 'personne' ? known.id : null,
    ownerOrganisationId: ownerKind === 'organisation' ? known.id : null,
    ownerInstanceId: ownerKind === 'instance' ? known.id : null,
  }
}
