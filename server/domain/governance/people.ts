import { and, eq } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import { accounts, consortiumFunctions } from '#db/schema/index.ts'
import { activeOn } from '#server/habilitations/actor.ts'
import { personName } from '#server/vocabulary/french.ts'
import { civiliteLabels } from '#server/vocabulary/governance.ts'

/** « Claire Vidal », or nothing when nobody did it. */
export async function nameOf(db: Database, accountId: string | null): Promise<string> {
  if (accountId === null) return ''
  const [row] = await db
    .select({ givenName: accounts.givenName, familyName: accounts.familyName })
    .from(accounts)
    .where(eq(accounts.id, accountId))
  return row ? personName(row) : ''
}

/** The chefs de projet of a consortium on a day. */
export async function chefsDeProjet(db: Database | Transaction, consortiumId: string, day: string) {
  const rows = await selectChefsDeProjet(db, consortiumId, day)
  return rows.map(({ accountId, civilite, givenName, familyName, functionLabel }) => ({
    accountId,
    functionLabel,
    name: personName({ civility: civiliteLabels[civilite], givenName, familyName }),
  }))
}

export function selectChefsDeProjet(db: Database | Transaction, consortiumId: string, day: string) {
  return db
    .select({
      accountId: accounts.id,
      civilite: consortiumFunctions.civilite,
      givenName: accounts.givenName,
      familyName: accounts.familyName,
      functionLabel: consortiumFunctions.functionLabel,
    })
    .from(consortiumFunctions)
    .innerJoin(accounts, eq(accounts.id, consortiumFunctions.accountId))
    .where(
      and(
        eq(consortiumFunctions.consortiumId, consortiumId),
        eq(consortiumFunctions.function, 'chef_de_projet'),
        activeOn(consortiumFunctions, day),
      ),
    )
}
