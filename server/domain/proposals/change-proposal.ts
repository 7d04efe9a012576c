import { eq } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import { mandateProposals } from '#db/schema/index.ts'
import { Conflict } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { type Authorized, authorize, can } from '#server/habilitations/authorize.ts'
import { writeJournal } from '#server/journal.ts'
import { mediumDate, parisDay } from '#server/vocabulary/french.ts'
import { type ProposalState, proposalStateLabels } from '#server/vocabulary/governance.ts'
import type { Context } from '../context.ts'
import { lockMandates } from '../governance/mandate-book.ts'
import { nameOf } from '../governance/people.ts'
import { proposalFacts } from './proposal-facts.ts'

export type ProposalRow = typeof mandateProposals.$inferSelect

type Act = 'answer' | 'withdraw'

/**
 * What every answer to a proposal shares: in one transaction, locks it, judges the right on it as it now stands, does the
 * work, writes one journal line. Whoever comes second is told who came first.
 * @throws NotFound, Forbidden, Conflict
 */
export async function changeProposal<A extends Act>(
  context: Context,
  actor: Actor,
  { proposalId, action, state }: { proposalId: string; action: A; state: Exclude<ProposalState, 'proposee'> },
  work: (tx: Transaction, author: Authorized<`proposal.${A}`>, proposal: ProposalRow) => Promise<Partial<ProposalRow>>,
): Promise<void> {
  await check(context.db, actor, proposalId, action)
  await context.db.transaction(async tx => {
    // Before the proposal itself, as whoever changes mandates does: the other order could wait for ever.
    await lockMandates(tx, actor.consortiumId)
    const [proposal] = await tx.select().from(mandateProposals).where(eq(mandateProposals.id, proposalId)).for('update')
    if (!proposal) throw new Error('a proposal is never deleted')
    const author = await check(tx, actor, proposalId, action)
    const changes = await work(tx, author, proposal)
    await tx
      .update(mandateProposals)
      .set({ ...changes, state, answeredAt: author.now, answeredBy: author.accountId })
      .where(eq(mandateProposals.id, proposalId))
    await writeJournal(tx, {
      consortiumId: author.consortiumId,
      at: author.now,
      by: author.accountId,
      verb: `proposal.${verbs[state]}`,
      subjectKind: 'proposal',
      subjectId: proposalId,
    })
  })
}

const verbs: Record<Exclude<ProposalState, 'proposee'>, string> = {
  acceptee: 'accept',
  retournee: 'return',
  retiree: 'withdraw',
}

/** @throws NotFound, Forbidden; Conflict that says who answered, to whoever could have */
async function check<A extends Act>(db: Database | Transaction, actor: Actor, proposalId: string, action: A) {
  const facts = await proposalFacts(db, actor, proposalId)
  const open = { ...facts, proposalState: 'proposee' as const }
  if (facts.proposalState !== 'proposee' && can(actor, 'proposal', action, open)) {
    throw new Conflict(await answeredSentence(db, proposalId))
  }
  return authorize(actor, 'proposal', action, facts)
}

async function answeredSentence(db: Database | Transaction, proposalId: string): Promise<string> {
  const [row] = await db.select().from(mandateProposals).where(eq(mandateProposals.id, proposalId))
  if (!row?.answeredAt) throw new Error('a proposal that is not to be examined was answered')
  const by = await nameOf(db, row.answeredBy)
  const state = proposalStateLabels[row.state].toLocaleLowerCase('fr')
  return `Cette proposition est déjà ${state}, par ${by}, le ${mediumDate(parisDay(row.answeredAt))}. Rien n’a été modifié.`
}
