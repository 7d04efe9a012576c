import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { mandateProposals } from '#db/schema/index.ts'

/**
 * Proposals typed with an address that its person gives up are theirs by the account from then on: accepted, they name
 * that account; once it is erased, they do not keep the former address.
 */
export async function keepProposals(
  tx: Transaction,
  { accountId, formerEmail }: { accountId: string; formerEmail: string },
): Promise<void> {
  await tx
    .update(mandateProposals)
    .set({ accountId })
    .where(and(eq(mandateProposals.email, formerEmail), isNull(mandateProposals.accountId)))
}
