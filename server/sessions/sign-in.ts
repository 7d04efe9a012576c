import { and, eq, isNull } from 'drizzle-orm'
import { accounts } from '#db/schema/index.ts'
import type { Context } from '#server/domain/context.ts'
import { writeSecurityLog } from '#server/security-log.ts'
import { countFailures } from './failures.ts'
import { fitsPowers } from './password-rules.ts'
import { passwordMark, passwordMatches } from './passwords.ts'

export type SignIn = (credentials: {
  email: string
  password: string
  address: string
}) => Promise<{ accountId: string; passwordMark: string } | null>

/**
 * Makes the command that checks an address and a password. Wrong password, unknown account, suspended account, too many
 * failures: the same null, so that nothing tells which; the security log keeps who, when it is somebody, and from where.
 * Once tries are used up, nothing is computed nor written: neither the processor nor the log is somebody else's to fill.
 */
export function createSignIn(context: Context): SignIn {
  const failures = countFailures({ tries: 5, minutes: 15 })

  return async ({ email, password, address }) => {
    const key = normalizeEmail(email)
    const who = { account: key, address }
    if (!(await failures.attempt(who))) return null
    const account = await accountOf(context, key)
    const matches = await passwordMatches(account?.passwordHash ?? null, password.slice(0, 1000))
    const at = context.clock.now()
    if (account?.passwordHash && matches && account.suspendedAt === null) {
      await failures.forget(who)
      if (account.passwordFitsPowers === null) await learnWhetherItFits(context, account, password)
      await writeSecurityLog(context.db, { at, event: 'connexion', accountId: account.id, address })
      return { accountId: account.id, passwordMark: passwordMark(account.passwordHash) }
    }
    await writeSecurityLog(context.db, { at, event: 'connexion_refusee', accountId: account?.id ?? null, address })
    return null
  }
}

/** A password chosen before the product kept whether it is long enough for wide powers: its own words tell. */
async function learnWhetherItFits({ db }: Context, account: { id: string; email: string }, password: string) {
  const passwordFitsPowers = fitsPowers(password, account.email)
  await db
    .update(accounts)
    .set({ passwordFitsPowers })
    .where(and(eq(accounts.id, account.id), isNull(accounts.passwordFitsPowers)))
}

/** How an address is kept and looked up: lower case, without spaces around it. */
export function normalizeEmail(email: string): string {
  return email.trim().toLowerCase()
}

async function accountOf(context: Context, email: string) {
  const [account] = await context.db
    .select({
      id: accounts.id,
      email: accounts.email,
      passwordHash: accounts.passwordHash,
      passwordFitsPowers: accounts.passwordFitsPowers,
      suspendedAt: accounts.suspendedAt,
    })
    .from(accounts)
    .where(eq(accounts.email, email))
  return account
}
