import { eq } from 'drizzle-orm'
import { accounts } from '#db/schema/index.ts'
import { Invalid, NotFound } from '#server/errors.ts'
import { writeSecurityLog } from '#server/security-log.ts'
import type { SessionAccount } from '#server/sessions/lucia.ts'
import { passwordLengths, passwordMatches } from '#server/sessions/passwords.ts'
import { parisDay } from '#server/vocabulary/french.ts'
import type { Context } from '../context.ts'
import { isPowerful } from './account-rights.ts'
import type { Person } from './administering.ts'
import { countTry, limitsOf } from './limits.ts'
import { newPassword, replacePasswordOf } from './set-password.ts'

/** Whose password is to be changed, how long the new one must be, and whether nothing else may be done before. */
export async function passwordPage(
  context: Context,
  person: Pick<SessionAccount, 'accountId' | 'mustChangePassword'>,
): Promise<{ email: string; passwordLength: number; mustChange: boolean }> {
  const [account] = await context.db.select().from(accounts).where(eq(accounts.id, person.accountId))
  if (!account) throw new NotFound()
  const powerful = await isPowerful(context.db, account, parisDay(context.clock.now()))
  return {
    email: account.email,
    passwordLength: powerful ? passwordLengths.powerful : passwordLengths.member,
    mustChange: person.mustChangePassword,
  }
}

/**
 * Changes one's own password: the other sessions end, and a mail says so.
 * @throws Invalid (the current password, the new one), TooManyTries
 */
export async function changePassword(
  context: Context,
  person: Person,
  input: { current: string; password: string; address: string },
): Promise<void> {
  const account = await requirePassword(context, person, { password: input.current, address: input.address })
  if (input.password === input.current) {
    const same = 'Choisissez un mot de passe différent de l’actuel.'
    throw new Invalid('Ce mot de passe ne convient pas.', { password: [same] })
  }
  const kept = await newPassword(context, account, input.password)
  await context.db.transaction(tx =>
    replacePasswordOf(context, tx, {
      accountId: person.accountId,
      kept,
      keep: person.sessionId,
      at: context.clock.now(),
      address: input.address,
    }),
  )
  context.live.recheck()
}

/**
 * The account of a person who types their password again before something grave.
 * @throws Invalid on the field `current`, TooManyTries
 */
export async function requirePassword(
  context: Context,
  person: Pick<Person, 'accountId'>,
  input: { password: string; address: string },
): Promise<typeof accounts.$inferSelect> {
  const who = { account: person.accountId, address: input.address }
  await countTry(limitsOf(context).password, who)
  const [account] = await context.db.select().from(accounts).where(eq(accounts.id, person.accountId))
  if (!account) throw new NotFound()
  if (!(await passwordMatches(account.passwordHash, input.password.slice(0, 1000)))) {
    const line = { at: context.clock.now(), accountId: account.id, address: input.address }
    await writeSecurityLog(context.db, { ...line, event: 'mot_de_passe_refuse' })
    const wrong = 'Ce n’est pas votre mot de passe actuel. Vérifiez les majuscules, puis recommencez.'
    throw new Invalid('Le mot de passe actuel ne correspond pas.', { current: [wrong] })
  }
  await limitsOf(context).password.forget(who)
  return account
}
