import { and, asc, eq, notExists, type SQL, sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { among, first } from '#db/lists.ts'
import { decisionRelayAnswers, decisionRelays, decisions, organisations } from '#db/schema/index.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { visibleTo } from '#server/habilitations/visible.ts'
import { mostAwaiting } from './how-many.ts'

/** A decision that an institution is asked to relay, and has said nothing of. */
export type AwaitingRelay = {
  /** Of the decision. */
  id: string
  number: string | null
  wording: string
  dueOn: string
  /** Of the institution. */
  slug: string
}

/** What this correspondant has to say of what their institutions relayed (H52), the most urgent first. */
export function relaysToAnswer(db: Database, actor: Actor) {
  return selectRelays(db, actor, among(organisations.id, actor.correspondantOf)).limit(first(mostAwaiting + 1))
}

/** Relays that institutions have not answered yet, of decisions that the actor reads. */
export function selectRelays(db: Database, actor: Actor, ofInstitutions: SQL) {
  const answered = db
    .select({ one: sql`1` })
    .from(decisionRelayAnswers)
    .where(
      and(
        eq(decisionRelayAnswers.relayId, decisionRelays.id),
        eq(decisionRelayAnswers.organisationId, organisations.id),
      ),
    )
  return db
    .select({
      id: decisions.id,
      number: decisions.number,
      wording: decisions.wording,
      dueOn: decisionRelays.dueOn,
      slug: organisations.slug,
    })
    .from(decisionRelays)
    .innerJoin(decisions, eq(decisions.id, decisionRelays.decisionId))
    .innerJoin(organisations, eq(organisations.consortiumId, decisionRelays.consortiumId))
    .where(and(visibleTo(actor, 'decision', 'read'), ofInstitutions, notExists(answered)))
    .orderBy(asc(decisionRelays.dueOn), asc(decisions.id))
}
