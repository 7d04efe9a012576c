import { and, asc, eq, notExists, type SQL, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import type { Database } from '#db/client.ts'
import { among, first, oneOfWords } from '#db/lists.ts'
import { decisionAnswersSeen, decisions } from '#db/schema/index.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { visibleTo } from '#server/habilitations/visible.ts'
import type { DecisionState } from '#server/vocabulary/decisions.ts'
import { mostAwaiting } from './how-many.ts'

export type AwaitingDecision = {
  id: string
  wording: string
  proposing: string
  competent: string
  state: DecisionState
  number: string | null
  at: Date
}

/** Proposals on which this person may record a result or place on an agenda. */
export function decisionsToTake(db: Database, actor: Actor) {
  return selectDecisions(db, visibleTo(actor, 'decision', 'placeOnAgenda'))
}

/** Days for which an answer stays on the home page of those who have not said that they saw it. */
export const answersForDays = 60

export function answers(db: Database, actor: Actor, since: string) {
  const seen = db
    .select({ one: sql`1` })
    .from(decisionAnswersSeen)
    .where(and(eq(decisionAnswersSeen.decisionId, decisions.id), eq(decisionAnswersSeen.accountId, actor.accountId)))
  return selectDecisions(
    db,
    and(
      visibleTo(actor, 'decision', 'read'),
      among(decisions.proposingInstanceId, actor.ownBodies),
      sql`${decisions.proposingInstanceId} <> ${decisions.competentInstanceId}`,
      sql`${decisions.resultRecordedAt} >= ${since}::timestamptz`,
      oneOfWords(decisions.state, ['adoptee', 'rejetee', 'prise_d_acte', 'ajournee']),
      notExists(seen),
    ),
    decisions.resultRecordedAt,
  )
}

/** Without the instances' names: each join makes PostgreSQL plan the whole statement longer. */
function selectDecisions(db: Database, where: SQL | undefined, oldestBy: AnyPgColumn = decisions.proposedAt) {
  return db
    .select({
      id: decisions.id,
      wording: decisions.wording,
      state: decisions.state,
      number: decisions.number,
      proposing: decisions.proposingInstanceId,
      competent: decisions.competentInstanceId,
      proposedAt: decisions.proposedAt,
      resultRecordedAt: decisions.resultRecordedAt,
    })
    .from(decisions)
    .where(where)
    .orderBy(asc(oldestBy))
    .limit(first(mostAwaiting + 1))
}

type DecisionRow = Awaited<ReturnType<typeof selectDecisions>>[number]

export function decisionFrom(row: DecisionRow, at: Date, nameOf: ReadonlyMap<string, string>): AwaitingDecision {
  const { id, wording, state, number, proposing, competent } = row
  return {
    id,
    wording,
    state,
    number,
    at,
    proposing: nameOf.get(proposing) ?? '',
    competent: nameOf.get(competent) ?? '',
  }
}
