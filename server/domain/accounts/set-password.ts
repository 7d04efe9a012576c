import { and, eq, isNull, ne } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { accountLinks, accounts, sessions } from '#db/schema/index.ts'
import { writeMail } from '#server/mail/outbox.ts'
import { writeSecurityLog } from '#server/security-log.ts'
import { checkNewPassword, fitsPowers } from '#server/sessions/password-rules.ts'
import { hashPassword } from '#server/sessions/passwords.ts'
import { parisDay } from '#server/vocabulary/french.ts'
import type { Context } from '../context.ts'
import { isPowerful } from './account-rights.ts'

type Holder = typeof accounts.$inferSelect

/** What an account keeps of a password. */
export type KeptPassword = { passwordHash: string; passwordFitsPowers: boolean }

/**
 * What is kept of a password that somebody chooses, once it is found good enough for what they may do. Both take time: they
 * come before the transaction that uses it.
 * @throws Invalid on the field `password`
 */
export async function newPassword(context: Context, holder: Holder, password: string): Promise<KeptPassword> {
  const powerful = await isPowerful(context.db, holder, parisDay(context.clock.now()))
  await checkNewPassword(password, { ...holder, powerful })
  return { passwordHash: await hashPassword(password), passwordFitsPowers: fitsPowers(password, holder.email) }
}

/**
 * Replaces a password: every other session ends, links that replace a password die, and its person is told by mail.
 * @param input.keep the session in which it is changed, if any
 */
export async function replacePasswordOf(
  context: Context,
  tx: Transaction,
  input: { accountId: string; kept: KeptPassword; keep: string | null; at: Date; address: string },
): Promise<void> {
  const { accountId, kept, keep, at, address } = input
  await tx.update(accounts).set(kept).where(eq(accounts.id, accountId))
  await tx
    .delete(sessions)
    .where(and(eq(sessions.userId, accountId), keep === null ? undefined : ne(sessions.id, keep)))
  await tx
    .delete(accountLinks)
    .where(
      and(eq(accountLinks.accountId, accountId), eq(accountLinks.purpose, 'mot_de_passe'), isNull(accountLinks.usedAt)),
    )
  await writeSecurityLog(tx, { at, event: 'mot_de_passe_change', accountId, address })
  await writeMail(context, tx, { kind: 'mot_de_passe_change', accountId, consortiumId: null })
}
