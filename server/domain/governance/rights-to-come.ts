import { and, eq, gte, isNull, or, sql } from 'drizzle-orm'
import { type Database, rowsOf, type Transaction } from '#db/client.ts'
import { accounts, consortiumFunctions, mandates } from '#db/schema/index.ts'

/**
 * Whether a person has, or will have, a mandate or a function in a consortium, and an account that is open: an invitation
 * and a queued mail are worth nothing without.
 */
export async function hasRightNowOrLater(
  db: Database | Transaction,
  key: { accountId: string; consortiumId: string; day: string },
): Promise<boolean> {
  const lasts = (table: typeof mandates | typeof consortiumFunctions) =>
    sql`exists (select 1 from ${table} where ${and(
      eq(table.accountId, key.accountId),
      eq(table.consortiumId, key.consortiumId),
      or(isNull(table.endsOn), gte(table.endsOn, key.day)),
    )})`
  const [row] = await rowsOf<{ has: boolean }>(
    db,
    sql`select (${lasts(mandates)} or ${lasts(consortiumFunctions)}) as has from ${accounts}
      where ${and(eq(accounts.id, key.accountId), isNull(accounts.suspendedAt), isNull(accounts.erasedAt), eq(accounts.isAdministrateur, false))}`,
  )
  return row?.has ?? false
}
