import { and, asc, eq, ilike, isNotNull, isNull, lt, notExists, or, type SQL, sql } from 'drizzle-orm'
import { first } from '#db/lists.ts'
import { accounts, consortiumFunctions, mandates } from '#db/schema/index.ts'
import { monthsBefore } from '#server/calendar.ts'
import type { AccountFilterState, AccountState } from '#server/vocabulary/accounts.ts'
import { parisDay, personName } from '#server/vocabulary/french.ts'
import { notOver } from '../accounts/account-rights.ts'
import { onlyAdministrateur, type Person } from '../accounts/administering.ts'
import type { Context } from '../context.ts'

export type AccountFilter = { search?: string; state?: AccountFilterState | null; page?: number }

export type AccountLine = { id: string; name: string; email: string; state: AccountState; isAdministrateur: boolean }

export type AccountList = { accounts: AccountLine[]; total: number; page: number; pages: number }

export const accountsPerPage = 50

/** Months without any mandate or function after which an account is listed, to be kept or erased (docs/rgpd.md). */
export const monthsWithoutRight = 12

/** The accounts of this deployment, by name. @throws NotFound for who is no administrateur */
export async function accountList(context: Context, person: Person, filter: AccountFilter = {}): Promise<AccountList> {
  onlyAdministrateur(person)
  const where = and(matching(filter.search ?? ''), inState(context, filter.state ?? null))
  const total = await context.db.$count(accounts, where)
  const pages = Math.max(1, Math.ceil(total / accountsPerPage))
  const page = Math.min(Math.max(1, filter.page ?? 1), pages)
  const rows = await context.db
    .select()
    .from(accounts)
    .where(where)
    .orderBy(asc(accounts.familyName), asc(accounts.givenName), asc(accounts.id))
    .limit(first(accountsPerPage))
    .offset((page - 1) * accountsPerPage)
  const lines = rows.map(row => ({
    id: row.id,
    name: personName(row),
    email: row.email,
    state: stateOf(row),
    isAdministrateur: row.isAdministrateur,
  }))
  return { accounts: lines, total, page, pages }
}

/** Where an account stands: erased before suspended, suspended before invited. */
export function stateOf(
  row: Pick<typeof accounts.$inferSelect, 'erasedAt' | 'suspendedAt' | 'passwordHash'>,
): AccountState {
  if (row.erasedAt) return 'efface'
  if (row.suspendedAt) return 'suspendu'
  return row.passwordHash === null ? 'invite' : 'actif'
}

/** Every word typed stands in the names or in the address. */
function matching(search: string): SQL | undefined {
  const words = search.trim().split(/\s+/).filter(Boolean).slice(0, 6)
  return and(
    ...words.map(word => {
      const pattern = `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`
      return or(
        ilike(accounts.email, pattern),
        ilike(sql`unaccent(${accounts.givenName} || ' ' || ${accounts.familyName})`, sql`unaccent(${pattern})`),
      )
    }),
  )
}

function inState(context: Context, state: AccountFilterState | null): SQL | undefined {
  switch (state) {
    case null:
      return undefined
    case 'efface':
      return isNotNull(accounts.erasedAt)
    case 'suspendu':
      return and(isNotNull(accounts.suspendedAt), isNull(accounts.erasedAt))
    case 'invite':
      return and(isNull(accounts.suspendedAt), isNull(accounts.passwordHash))
    case 'actif':
      return and(isNull(accounts.suspendedAt), isNotNull(accounts.passwordHash))
    case 'administrateur':
      return eq(accounts.isAdministrateur, true)
    case 'sans_droit':
      return withoutRightSince(context, monthsBefore(context.clock.now(), monthsWithoutRight))
  }
}

/** No mandate or function has held since, nor will; an account that never had one counts from its first day. */
function withoutRightSince({ db }: Context, since: Date): SQL | undefined {
  const none = (table: typeof mandates | typeof consortiumFunctions) =>
    notExists(
      db
        .select({ one: sql`1` })
        .from(table)
        .where(and(eq(table.accountId, accounts.id), notOver(table, parisDay(since)))),
    )
  return and(
    none(mandates),
    none(consortiumFunctions),
    lt(accounts.createdAt, since),
    isNull(accounts.erasedAt),
    eq(accounts.isAdministrateur, false),
  )
}
