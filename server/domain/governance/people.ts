import { eq } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { accounts } from '#db/schema/index.ts'
import { personName } from '#server/vocabulary/french.ts'

/** « Claire Vidal », or nothing when nobody did it. */
export async function nameOf(db: Database, accountId: string | null): Promise<string> {
  if (accountId === null) return ''
  const [row] = await db
    .select({ givenName: accounts.givenName, familyName: accounts.familyName })
    .from(accounts)
    .where(eq(accounts.id, accountId))
  return row ? personName(row) : ''
}
