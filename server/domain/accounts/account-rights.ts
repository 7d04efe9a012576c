import { and, eq, gte, isNull, or } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import type { Database, Transaction } from '#db/client.ts'
import { consortiumFunctions, mandates } from '#db/schema/index.ts'

type Account = { id: string; isAdministrateur: boolean; suspendedAt: Date | null; erasedAt: Date | null }

/** True while an account may be joined: neither suspended nor erased, with a mandate or function of today or later. */
export async function mayJoin(db: Database | Transaction, account: Account, today: string): Promise<boolean> {
  if (account.suspendedAt || account.erasedAt) return false
  if (account.isAdministrateur) return true
  const [mandate] = await db
    .select({ id: mandates.id })
    .from(mandates)
    .where(and(eq(mandates.accountId, account.id), notOver(mandates, today)))
    .limit(1)
  const [held] = await db
    .select({ id: consortiumFunctions.id })
    .from(consortiumFunctions)
    .where(and(eq(consortiumFunctions.accountId, account.id), notOver(consortiumFunctions, today)))
    .limit(1)
  return mandate !== undefined || held !== undefined
}

/** True for who has, or will have, wide powers: chef de projet, administrateur. Their passwords are longer. */
export async function isPowerful(
  db: Database | Transaction,
  account: { id: string; isAdministrateur: boolean },
  today: string,
): Promise<boolean> {
  if (account.isAdministrateur) return true
  const [row] = await db
    .select({ id: consortiumFunctions.id })
    .from(consortiumFunctions)
    .where(
      and(
        eq(consortiumFunctions.accountId, account.id),
        eq(consortiumFunctions.function, 'chef_de_projet'),
        notOver(consortiumFunctions, today),
      ),
    )
    .limit(1)
  return row !== undefined
}

/** SQL: the row's last day has not passed, whether or not its first has come. */
export function notOver(table: { endsOn: AnyPgColumn }, today: string) {
  return or(isNull(table.endsOn), gte(table.endsOn, today))
}
