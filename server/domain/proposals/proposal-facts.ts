import { and, eq } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import { mandateProposals, organisations } from '#db/schema/index.ts'
import { NotFound } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { columnsOf } from '#server/habilitations/columns.ts'
import type { OrganisationFacts, ProposalFacts } from '#server/habilitations/facts.ts'
import { uuidOrNone } from '#server/habilitations/load-facts.ts'

/** Facts of a proposal of the actor's consortium; unknown, malformed and foreign ones give the same answer. @throws NotFound */
export async function proposalFacts(db: Database | Transaction, actor: Actor, id: string): Promise<ProposalFacts> {
  const [facts] = await db
    .select(columnsOf.proposal)
    .from(mandateProposals)
    .where(and(eq(mandateProposals.id, uuidOrNone(id)), eq(mandateProposals.consortiumId, actor.consortiumId)))
  if (!facts) throw new NotFound()
  return facts
}

/** As `proposalFacts`, for an institution. @throws NotFound */
export async function organisationFacts(
  db: Database | Transaction,
  actor: Actor,
  id: string,
): Promise<OrganisationFacts> {
  const [facts] = await db
    .select(columnsOf.organisation)
    .from(organisations)
    .where(and(eq(organisations.id, uuidOrNone(id)), eq(organisations.consortiumId, actor.consortiumId)))
  if (!facts) throw new NotFound()
  return facts
}
