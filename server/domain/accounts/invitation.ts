import { eq } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { accounts } from '#db/schema/index.ts'
import { writeSecurityLog } from '#server/security-log.ts'
import { passwordLengths, passwordMark } from '#server/sessions/passwords.ts'
import { parisDay, personName } from '#server/vocabulary/french.ts'
import type { Context } from '../context.ts'
import { chefsDeProjet } from '../governance/people.ts'
import { isPowerful, mayJoin } from './account-rights.ts'
import { countTry, limitsOf } from './limits.ts'
import { consumeLink, findLink, type Link } from './links.ts'
import { type OwnRight, ownRights } from './own-rights.ts'
import { newPassword } from './set-password.ts'
import { lockedAccount } from './suspend-account.ts'

/** Who is invited, by whom, to what. */
export type InvitationPage = {
  name: string
  email: string
  consortia: { name: string; by: string[]; rights: OwnRight[] }[]
  isAdministrateur: boolean
  /** Least number of characters of the password. */
  passwordLength: number
}

/** What an invitation's link shows; reading it consumes nothing. Null when it serves no more, whatever the reason. */
export async function invitationPage(context: Context, token: string): Promise<InvitationPage | null> {
  const opened = await openInvitation(context, token)
  if (!opened) return null
  const { account, today } = opened
  const powerful = await isPowerful(context.db, account, today)
  return {
    name: personName(account),
    email: account.email,
    consortia: await invitingConsortia(context.db, account.id, today),
    isAdministrateur: account.isAdministrateur,
    passwordLength: powerful ? passwordLengths.powerful : passwordLengths.member,
  }
}

/**
 * Accepts an invitation with the password that the person has chosen. Of two at once, one alone is accepted.
 * @returns whose session may open; null when the invitation serves no more
 * @throws Invalid (the password), TooManyTries
 */
export async function acceptInvitation(
  context: Context,
  input: { token: string; password: string; address: string },
): Promise<{ accountId: string; passwordMark: string } | null> {
  const { token, password, address } = input
  const who = { account: `invitation ${token.slice(0, 100)}`, address }
  await countTry(limitsOf(context).link, who)
  const opened = await openInvitation(context, token)
  if (!opened) return null
  await limitsOf(context).link.forget(who)
  const { link, account } = opened
  const kept = await newPassword(context, account, password)
  const at = context.clock.now()
  const accepted = await context.db.transaction(async tx => {
    const current = await lockedAccount(tx, account.id)
    if (current.passwordHash !== null || !(await mayJoin(tx, current, parisDay(at)))) return false
    if (!(await consumeLink(tx, link, at))) return false
    await tx.update(accounts).set(kept).where(eq(accounts.id, account.id))
    await writeSecurityLog(tx, { at, event: 'invitation_acceptee', accountId: account.id, address })
    return true
  })
  if (!accepted) return null
  return { accountId: account.id, passwordMark: passwordMark(kept.passwordHash) }
}

async function openInvitation(
  context: Context,
  token: string,
): Promise<{ link: Link; account: typeof accounts.$inferSelect; today: string } | null> {
  const at = context.clock.now()
  const today = parisDay(at)
  const link = await findLink(context.db, token, ['invitation'], at)
  if (!link) return null
  const [account] = await context.db.select().from(accounts).where(eq(accounts.id, link.accountId))
  if (!account || account.passwordHash !== null || !(await mayJoin(context.db, account, today))) return null
  return { link, account, today }
}

async function invitingConsortia(db: Database, accountId: string, today: string) {
  const groups = Map.groupBy(await ownRights(db, accountId, today), ({ consortium }) => consortium.id)
  const inviting: InvitationPage['consortia'] = []
  for (const [id, rights] of groups) {
    const chefs = (await chefsDeProjet(db, id, today)).filter(chef => chef.accountId !== accountId)
    inviting.push({ name: rights[0]?.consortium.name ?? '', by: chefs.map(chef => chef.name), rights })
  }
  return inviting
}
