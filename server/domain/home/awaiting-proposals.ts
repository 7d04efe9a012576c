import { and, asc, desc, eq, gt, notExists, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Database } from '#db/client.ts'
import { among, first, oneOfWords } from '#db/lists.ts'
import { instances, mandateProposals } from '#db/schema/index.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { visibleTo } from '#server/habilitations/visible.ts'
import type { ProposalKind } from '#server/vocabulary/governance.ts'
import { mostAwaiting } from './how-many.ts'

export type AwaitingProposal = {
  id: string
  kind: ProposalKind
  name: string
  instance: string
  functionLabel: string
  at: Date
}

/** Representatives that institutions propose and that this person may accept or return (H42), the oldest first. */
export function proposalsToExamine(db: Database, actor: Actor) {
  return selectProposals(db)
    .where(visibleTo(actor, 'proposal', 'answer'))
    .orderBy(asc(mandateProposals.proposedAt))
    .limit(first(mostAwaiting + 1))
}

const later = alias(mandateProposals, 'later')

/** What came back to this correspondant and has not been proposed again for the same instance since. */
export function proposalsReturned(db: Database, actor: Actor, since: string) {
  const again = db
    .select({ one: sql`1` })
    .from(later)
    .where(
      and(
        eq(later.organisationId, mandateProposals.organisationId),
        eq(later.instanceId, mandateProposals.instanceId),
        gt(later.proposedAt, mandateProposals.answeredAt),
      ),
    )
  return selectProposals(db)
    .where(
      and(
        visibleTo(actor, 'proposal', 'read'),
        among(mandateProposals.organisationId, actor.correspondantOf),
        oneOfWords(mandateProposals.state, ['retournee']),
        sql`${mandateProposals.answeredAt} >= ${since}::timestamptz`,
        notExists(again),
      ),
    )
    .orderBy(desc(mandateProposals.answeredAt))
    .limit(first(mostAwaiting + 1))
}

function selectProposals(db: Database) {
  return db
    .select({
      id: mandateProposals.id,
      kind: mandateProposals.kind,
      name: sql<string>`${mandateProposals.givenName} || ' ' || ${mandateProposals.familyName}`,
      instance: instances.shortName,
      functionLabel: mandateProposals.functionLabel,
      proposedAt: mandateProposals.proposedAt,
      answeredAt: mandateProposals.answeredAt,
    })
    .from(mandateProposals)
    .innerJoin(instances, eq(instances.id, mandateProposals.instanceId))
}

type ProposalRow = Awaited<ReturnType<typeof selectProposals>>[number]

export function proposalFrom({ proposedAt, answeredAt, ...row }: ProposalRow): AwaitingProposal {
  return { ...row, at: answeredAt ?? proposedAt }
}
