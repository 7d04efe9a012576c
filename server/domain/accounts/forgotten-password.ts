import { setTimeout as wait } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import { accounts } from '#db/schema/index.ts'
import { writeMail } from '#server/mail/outbox.ts'
import { writeSecurityLog } from '#server/security-log.ts'
import { passwordLengths, passwordMark } from '#server/sessions/passwords.ts'
import { normalizeEmail } from '#server/sessions/sign-in.ts'
import { parisDay } from '#server/vocabulary/french.ts'
import type { Context } from '../context.ts'
import { isPowerful, mayJoin } from './account-rights.ts'
import { countTry, limitsOf } from './limits.ts'
import { consumeLink, findLink, type Link } from './links.ts'
import { invitingConsortium } from './own-rights.ts'
import { newPassword, replacePasswordOf } from './set-password.ts'
import { lockedAccount } from './suspend-account.ts'

/** Longer than the work takes, in milliseconds: what is done for an account that exists does not show. */
const answerAfter = 600

/**
 * Sends whoever may sign in a link to choose a password, or their invitation again when they never had one. Whatever the
 * address, and even after too many requests, the answer is the same and comes after the same time.
 * @param pause how the same time is waited for; tests give their own
 */
export async function requestPassword(
  context: Context,
  input: { email: string; address: string },
  pause: (milliseconds: number) => Promise<unknown> = wait,
): Promise<void> {
  const [work] = await Promise.allSettled([sendLink(context, input), pause(answerAfter)])
  if (work.status === 'rejected') throw work.reason
}

async function sendLink(context: Context, { email, address }: { email: string; address: string }): Promise<void> {
  const key = normalizeEmail(email)
  if (!(await limitsOf(context).anonymousMail.attempt({ account: key, address }))) return
  const at = context.clock.now()
  await context.db.transaction(async tx => {
    const [account] = await tx.select().from(accounts).where(eq(accounts.email, key))
    const accountId = account?.id ?? null
    await writeSecurityLog(tx, { at, event: 'mot_de_passe_demande', accountId, address })
    if (!account || account.suspendedAt || account.erasedAt) return
    if (account.passwordHash !== null) {
      await writeMail(context, tx, { kind: 'mot_de_passe', accountId: account.id, consortiumId: null })
    } else if (await mayJoin(tx, account, parisDay(at))) {
      const consortiumId = await invitingConsortium(tx, account.id, parisDay(at))
      await writeMail(context, tx, { kind: 'invitation', accountId: account.id, consortiumId })
    }
  })
}

/** What the link of a forgotten password shows; null when it serves no more. */
export async function passwordLinkPage(
  context: Context,
  token: string,
): Promise<{ email: string; passwordLength: number } | null> {
  const opened = await openLink(context, token)
  if (!opened) return null
  const { account, today } = opened
  const powerful = await isPowerful(context.db, account, today)
  return { email: account.email, passwordLength: powerful ? passwordLengths.powerful : passwordLengths.member }
}

/**
 * Chooses another password by a link received by mail; every session of the account ends. Of two at once, one succeeds.
 * @returns whose session may open; null when the link serves no more
 * @throws Invalid (the password), TooManyTries
 */
export async function resetPassword(
  context: Context,
  input: { token: string; password: string; address: string },
): Promise<{ accountId: string; passwordMark: string } | null> {
  const { token, password, address } = input
  const who = { account: `mot de passe ${token.slice(0, 100)}`, address }
  await countTry(limitsOf(context).link, who)
  const opened = await openLink(context, token)
  if (!opened) return null
  await limitsOf(context).link.forget(who)
  const { link, account } = opened
  const kept = await newPassword(context, account, password)
  const at = context.clock.now()
  const done = await context.db.transaction(async tx => {
    const current = await lockedAccount(tx, account.id)
    if (current.suspendedAt || current.erasedAt || !(await consumeLink(tx, link, at))) return false
    await replacePasswordOf(context, tx, { accountId: account.id, kept, keep: null, at, address })
    return true
  })
  if (!done) return null
  context.live.recheck()
  return { accountId: account.id, passwordMark: passwordMark(kept.passwordHash) }
}

async function openLink(
  context: Context,
  token: string,
): Promise<{ link: Link; account: typeof accounts.$inferSelect; today: string } | null> {
  const at = context.clock.now()
  const link = await findLink(context.db, token, ['mot_de_passe'], at)
  if (!link) return null
  const [account] = await context.db.select().from(accounts).where(eq(accounts.id, link.accountId))
  if (!account || account.suspendedAt || account.erasedAt || account.passwordHash === null) return null
  return { link, account, today: parisDay(at) }
}
