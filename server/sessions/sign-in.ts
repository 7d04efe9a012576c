import { eq } from 'drizzle-orm'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { accounts } from '#db/schema/index.ts'
import type { Context } from '#server/domain/context.ts'
import { writeJournal } from '#server/journal.ts'
import { passwordMatches } from './passwords.ts'

/** Failures are counted by account and, ten times later, by address: a whole département sits behind one address. */
const failuresByAccount = { points: 5, duration: 15 * 60 }
const failuresByAddress = { points: 50, duration: 15 * 60 }

export type SignIn = (credentials: {
  email: string
  password: string
  address: string
}) => Promise<{ accountId: string } | null>

/**
 * Makes the command that checks an address and a password. Wrong password, unknown account, suspended account, too many
 * failures: the same null, so that nothing tells which; the reason goes to the journal, by account id only.
 */
export function createSignIn(context: Context): SignIn {
  const byAccount = new RateLimiterMemory(failuresByAccount)
  const byAddress = new RateLimiterMemory(failuresByAddress)

  return async ({ email, password, address }) => {
    const key = normalizeEmail(email)
    const tooMany = await blocked([
      [byAccount, key],
      [byAddress, address],
    ])
    const account = await accountOf(context, key)
    const matches = await passwordMatches(tooMany ? null : (account?.passwordHash ?? null), password.slice(0, 1000))
    if (account && matches && account.suspendedAt === null) {
      await byAccount.delete(key)
      await journalize(context, account.id, 'sign_in')
      return { accountId: account.id }
    }
    await Promise.allSettled([byAccount.consume(key), byAddress.consume(address)])
    if (account) await journalize(context, account.id, 'sign_in_refused')
    return null
  }
}

/** How an address is kept and looked up: lower case, without spaces around it. */
export function normalizeEmail(email: string): string {
  return email.trim().toLowerCase()
}

async function blocked(counters: [RateLimiterMemory, string][]): Promise<boolean> {
  const results = await Promise.all(counters.map(([limiter, key]) => limiter.get(key)))
  return results.some(result => result !== null && result.remainingPoints <= 0)
}

async function accountOf(context: Context, email: string) {
  const [account] = await context.db
    .select({ id: accounts.id, passwordHash: accounts.passwordHash, suspendedAt: accounts.suspendedAt })
    .from(accounts)
    .where(eq(accounts.email, email))
  return account
}

function journalize(context: Context, accountId: string, verb: string): Promise<void> {
  return writeJournal(context.db, {
    consortiumId: null,
    at: context.clock.now(),
    by: accountId,
    verb,
    subjectKind: 'account',
    subjectId: accountId,
  })
}
