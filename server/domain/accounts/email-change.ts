import { randomBytes } from 'node:crypto'
import { and, eq, gt, isNull, ne } from 'drizzle-orm'
import { type Database, sqlState, type Transaction } from '#db/client.ts'
import { accountLinks, accounts, emailChanges, sessions } from '#db/schema/index.ts'
import { Conflict, Invalid } from '#server/errors.ts'
import { writeMail } from '#server/mail/outbox.ts'
import { writeSecurityLog } from '#server/security-log.ts'
import { hashPassword } from '#server/sessions/passwords.ts'
import { normalizeEmail } from '#server/sessions/sign-in.ts'
import { parisDay } from '#server/vocabulary/french.ts'
import { type AccountRow, changeAccount } from '../administration/change-account.ts'
import type { Context } from '../context.ts'
import { keepProposals } from '../proposals/follow-address.ts'
import { mayJoin } from './account-rights.ts'
import { type Person, requireAdministrateur } from './administering.ts'
import { requirePassword } from './change-password.ts'
import { countTry, limitsOf } from './limits.ts'
import { consumeLink, findLink, type Link, linkLasts } from './links.ts'
import { lockedAccount } from './suspend-account.ts'

/** Who shows themselves the owner of an address by a link: of the one that is left, or of the one that comes. */
const purposes = ['ancienne_adresse', 'nouvelle_adresse'] as const

export type PendingEmailChange = {
  newEmail: string
  requestedAt: Date
  expiresAt: Date
  oldConfirmed: boolean
  newConfirmed: boolean
}

/** One's own address, and its change under way. */
export async function emailPage(
  context: Context,
  person: Pick<Person, 'accountId'>,
): Promise<{ email: string; pending: PendingEmailChange | null; sendsMail: boolean }> {
  const { db, clock, settings } = context
  const [account] = await db.select({ email: accounts.email }).from(accounts).where(eq(accounts.id, person.accountId))
  const change = await pendingChange(db, eq(emailChanges.accountId, person.accountId), clock.now())
  return {
    email: account?.email ?? '',
    sendsMail: settings.sendsMail,
    pending: change && {
      newEmail: change.newEmail,
      requestedAt: change.requestedAt,
      expiresAt: change.expiresAt,
      oldConfirmed: change.oldConfirmedAt !== null,
      newConfirmed: change.newConfirmedAt !== null,
    },
  }
}

/**
 * Asks to change one's address: a link goes to the old one and one to the new one, and both must be confirmed. What was
 * asked before is cancelled. Whether another account has the new address is not said.
 * @throws Invalid (the password, the address), TooManyTries
 */
export async function requestEmailChange(
  context: Context,
  person: Person,
  input: { email: string; current: string; address: string },
): Promise<void> {
  const { accountId } = person
  const newEmail = normalizeEmail(input.email)
  const account = await requirePassword(context, person, { password: input.current, address: input.address })
  if (newEmail === account.email) {
    throw new Invalid('Rien ne change.', { email: ['C’est déjà votre adresse. Indiquez la nouvelle.'] })
  }
  await countTry(limitsOf(context).ownMail, { account: `adresse ${accountId}`, address: input.address })
  const at = context.clock.now()
  await context.db.transaction(async tx => {
    await lockedAccount(tx, accountId)
    await cancelPending(tx, accountId, at)
    const expiresAt = new Date(at.getTime() + linkLasts.nouvelle_adresse)
    const [change] = await tx
      .insert(emailChanges)
      .values({ accountId, newEmail, requestedAt: at, expiresAt })
      .returning({ id: emailChanges.id })
    if (!change) throw new Error('an inserted change has an id')
    const about = { emailChangeId: change.id }
    await writeMail(context, tx, { kind: 'ancienne_adresse', accountId, consortiumId: null, about })
    await writeMail(context, tx, { kind: 'nouvelle_adresse', accountId, consortiumId: null, about })
    await writeSecurityLog(tx, { at, event: 'adresse_demandee', accountId, address: input.address })
  })
}

/** Gives up the change under way; its links serve no more. @throws Conflict (there is none) */
export async function cancelEmailChange(
  context: Context,
  { accountId }: Pick<Person, 'accountId'>,
  { address = null }: { address?: string | null } = {},
): Promise<void> {
  const cancelled = await giveUp(context, accountId, address)
  if (!cancelled) throw new Conflict('Aucun changement d’adresse n’est en cours.')
}

/** What a link of a change of address shows; null when it serves no more. */
export async function emailChangeLinkPage(
  context: Context,
  token: string,
): Promise<{ which: 'ancienne' | 'nouvelle'; oldEmail: string; newEmail: string; otherConfirmed: boolean } | null> {
  const opened = await openChange(context, token)
  if (!opened) return null
  const { link, change, account } = opened
  const isOld = link.purpose === 'ancienne_adresse'
  return {
    which: isOld ? 'ancienne' : 'nouvelle',
    oldEmail: account.email,
    newEmail: change.newEmail,
    otherConfirmed: (isOld ? change.newConfirmedAt : change.oldConfirmedAt) !== null,
  }
}

/**
 * Confirms a change of address by one of its two links; the second one makes it, and the account's other sessions end.
 * @param input.sessionId the session in which it is confirmed, if any: it stays
 * @returns null when the link serves no more
 * @throws TooManyTries
 */
export async function confirmEmailChange(
  context: Context,
  input: { token: string; address: string; sessionId?: string },
): Promise<'waiting' | 'changed' | 'taken' | null> {
  const who = { account: `adresse ${input.token.slice(0, 100)}`, address: input.address }
  await countTry(limitsOf(context).link, who)
  const opened = await openChange(context, input.token)
  if (!opened) return null
  await limitsOf(context).link.forget(who)
  const at = context.clock.now()
  const { link } = opened
  const outcome = await unlessTaken(() =>
    context.db.transaction(async tx => {
      const account = await lockedAccount(tx, link.accountId)
      const change = await pendingChange(tx, eq(emailChanges.id, opened.change.id), at)
      if (!change || account.suspendedAt || account.erasedAt || !(await consumeLink(tx, link, at))) return null
      const confirmed =
        link.purpose === 'ancienne_adresse' ? { oldConfirmedAt: at as Date } : { newConfirmedAt: at as Date }
      const { oldConfirmedAt, newConfirmedAt } = { ...change, ...confirmed }
      await tx.update(emailChanges).set(confirmed).where(eq(emailChanges.id, change.id))
      if (!oldConfirmedAt || !newConfirmedAt) return 'waiting' as const
      await applyChange(tx, account, { newEmail: change.newEmail, keep: input.sessionId ?? null })
      await tx
        .update(emailChanges)
        .set({ appliedAt: at, formerEmail: account.email })
        .where(eq(emailChanges.id, change.id))
      await writeSecurityLog(tx, { at, event: 'adresse_changee', accountId: account.id, address: input.address })
      await tellChange(context, tx, account.id, { emailChangeId: change.id })
      return 'changed' as const
    }),
  )
  if (outcome === 'changed') context.live.recheck()
  return outcome
}

/** Gives up a change of address by its link: it was asked for by somebody else. @returns null when it serves no more */
export async function refuseEmailChange(
  context: Context,
  input: { token: string; address: string },
): Promise<'cancelled' | null> {
  const who = { account: `adresse ${input.token.slice(0, 100)}`, address: input.address }
  await countTry(limitsOf(context).link, who)
  const opened = await openChange(context, input.token)
  if (!opened) return null
  await limitsOf(context).link.forget(who)
  const cancelled = await giveUp(context, opened.link.accountId, input.address)
  return cancelled ? 'cancelled' : null
}

/**
 * Changes the address of somebody who has lost the old one, or has it read by somebody else: every session ends and the
 * password serves no more. The new address is sent a link to choose another one; the old one is told.
 * @throws NotFound (not an administrateur, no such account), VerificationNeeded, Conflict (erased), Invalid (the address
 * is taken)
 */
export async function changeEmailFor(
  context: Context,
  person: Person,
  { email, ...act }: { accountId: string; email: string; address?: string },
): Promise<void> {
  requireAdministrateur(context, person)
  const newEmail = normalizeEmail(email)
  const told = { verb: 'account.changeEmail', event: 'adresse_changee' } as const
  const unknownPassword = await hashPassword(randomBytes(32).toString('base64url'))
  const outcome = await unlessTaken(() =>
    changeAccount(context, person, act, told, async (tx, account, at) => {
      const { id: accountId, email: formerEmail } = account
      await cancelPending(tx, accountId, at)
      await applyChange(tx, account, { newEmail, keep: null })
      const [change] = await tx
        .insert(emailChanges)
        .values({ accountId, newEmail, formerEmail, requestedAt: at, expiresAt: at, appliedAt: at })
        .returning({ id: emailChanges.id })
      if (!change) throw new Error('an inserted change has an id')
      const choose = await howToChoose(context, tx, account, at)
      if (choose === 'mot_de_passe') {
        await tx.update(accounts).set({ passwordHash: unknownPassword }).where(eq(accounts.id, accountId))
      }
      const about = { emailChangeId: change.id, by: 'administrateur', ...(choose ? { choose } : {}) }
      await tellChange(context, tx, accountId, about)
      return 'changed' as const
    }),
  )
  if (outcome === 'taken') {
    throw new Invalid('Cette adresse est déjà prise.', {
      email: ['Un autre compte a déjà cette adresse. Vérifiez-la, ou changez d’abord celle de l’autre compte.'],
    })
  }
}

/** By which link a password is chosen at the new address; null where no mail would bring it, or for who may not join. */
async function howToChoose(context: Context, tx: Transaction, account: AccountRow, at: Date) {
  if (account.passwordHash !== null) return context.settings.sendsMail ? ('mot_de_passe' as const) : null
  return (await mayJoin(tx, account, parisDay(at))) ? ('invitation' as const) : null
}

async function openChange(context: Context, token: string) {
  const at = context.clock.now()
  const link: Link | null = await findLink(context.db, token, purposes, at)
  if (!link?.emailChangeId) return null
  const change = await pendingChange(context.db, eq(emailChanges.id, link.emailChangeId), at)
  const [account] = await context.db.select().from(accounts).where(eq(accounts.id, link.accountId))
  if (!change || !account || account.suspendedAt || account.erasedAt) return null
  return { link, change, account }
}

/** A change that is neither made, cancelled nor too old. */
export async function pendingChange(db: Database | Transaction, which: ReturnType<typeof eq>, at: Date) {
  const [change] = await db
    .select()
    .from(emailChanges)
    .where(and(which, isNull(emailChanges.appliedAt), isNull(emailChanges.cancelledAt), gt(emailChanges.expiresAt, at)))
  return change ?? null
}

/** @returns whether there was a change under way */
function giveUp(context: Context, accountId: string, address: string | null): Promise<boolean> {
  const at = context.clock.now()
  return context.db.transaction(async tx => {
    const cancelled = await cancelPending(tx, accountId, at)
    if (cancelled) await writeSecurityLog(tx, { at, event: 'adresse_annulee', accountId, address })
    return cancelled
  })
}

async function cancelPending(tx: Transaction, accountId: string, at: Date): Promise<boolean> {
  const cancelled = await tx
    .update(emailChanges)
    .set({ cancelledAt: at })
    .where(and(eq(emailChanges.accountId, accountId), isNull(emailChanges.appliedAt), isNull(emailChanges.cancelledAt)))
    .returning({ id: emailChanges.id })
  return cancelled.length > 0
}

/**
 * The address itself: links that wait at the old one die, and sessions end.
 * @param input.keep the session in which it is changed, if any
 */
async function applyChange(
  tx: Transaction,
  { id: accountId, email: formerEmail }: AccountRow,
  { newEmail, keep }: { newEmail: string; keep: string | null },
): Promise<void> {
  await keepProposals(tx, { accountId, formerEmail })
  await tx.update(accounts).set({ email: newEmail }).where(eq(accounts.id, accountId))
  await tx.delete(accountLinks).where(and(eq(accountLinks.accountId, accountId), isNull(accountLinks.usedAt)))
  await tx
    .delete(sessions)
    .where(and(eq(sessions.userId, accountId), keep === null ? undefined : ne(sessions.id, keep)))
}

/** Both addresses are told. */
async function tellChange(
  context: Context,
  tx: Transaction,
  accountId: string,
  about: Record<string, string>,
): Promise<void> {
  await writeMail(context, tx, { kind: 'adresse_changee', accountId, consortiumId: null, about })
  await writeMail(context, tx, { kind: 'adresse_quittee', accountId, consortiumId: null, about })
}

const UNIQUE_VIOLATION = '23505'

/** Another account has this address, perhaps since a moment: the constraint alone decides. */
async function unlessTaken<Result>(work: () => Promise<Result>): Promise<Result | 'taken'> {
  try {
    return await work()
  } catch (error) {
    if (sqlState(error) === UNIQUE_VIOLATION) return 'taken'
    throw error
  }
}
