import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { accountLinks, accounts, emailChanges, outgoingMails, sessions } from '#db/schema/index.ts'
import { Conflict, NotFound } from '#server/errors.ts'
import { uuidOrNone } from '#server/habilitations/load-facts.ts'
import { writeJournal } from '#server/journal.ts'
import { writeSecurityLog } from '#server/security-log.ts'
import type { AbandonReason } from '#server/vocabulary/mail.ts'
import type { Context } from '../context.ts'
import { hasOtherAdministrateur, lockAdministrateurs, type Person, requireAdministrateur } from './administering.ts'

/**
 * Suspends an account: its sessions end, its open texts close within 5 s, its links, its change of address and the mail
 * that waits for it die. What it holds (mandates, words in minutes) stays.
 * @throws NotFound (not an administrateur, no such account), VerificationNeeded, Conflict (one's own, suspended already,
 * the last administrateur)
 */
export async function suspendAccount(
  context: Context,
  person: Person,
  input: { accountId: string; address?: string },
): Promise<void> {
  requireAdministrateur(context, person)
  const at = context.clock.now()
  await context.db.transaction(async tx => {
    await lockAdministrateurs(tx)
    const account = await lockedAccount(tx, input.accountId)
    if (account.id === person.accountId) {
      throw new Conflict('Vous ne pouvez pas suspendre votre propre compte : demandez-le à un autre administrateur.')
    }
    if (account.suspendedAt) throw new Conflict('Ce compte est déjà suspendu.')
    if (account.isAdministrateur && !(await hasOtherAdministrateur(tx, account.id))) {
      throw new Conflict('C’est le dernier administrateur qui puisse se connecter : nommez-en un autre d’abord.')
    }
    await tx.update(accounts).set({ suspendedAt: at }).where(eq(accounts.id, account.id))
    await closeDoors(tx, account.id, at, 'compte_suspendu')
    await tell(tx, { at, by: person.accountId, accountId: account.id, address: input.address }, 'suspend')
  })
  context.live.recheck()
}

/**
 * Gives a suspended account back to its person, who signs in again with the same password.
 * @throws NotFound (not an administrateur, no such account), VerificationNeeded, Conflict (not suspended, erased)
 */
export async function restoreAccount(
  context: Context,
  person: Person,
  input: { accountId: string; address?: string },
): Promise<void> {
  requireAdministrateur(context, person)
  const at = context.clock.now()
  await context.db.transaction(async tx => {
    const account = await lockedAccount(tx, input.accountId)
    if (account.erasedAt) throw new Conflict('Ce compte a été effacé : il ne peut pas être rétabli.')
    if (!account.suspendedAt) throw new Conflict('Ce compte n’est pas suspendu.')
    await tx.update(accounts).set({ suspendedAt: null }).where(eq(accounts.id, account.id))
    await tell(tx, { at, by: person.accountId, accountId: account.id, address: input.address }, 'restore')
  })
}

/**
 * Ends every session of an account and kills its links, its change of address and its mail, in the transaction of what
 * causes it (suspension, erasure). The caller then asks `context.live.recheck()`.
 * @param why kept with the mail, for who reads « Courriels sortants »
 */
export async function closeDoors(tx: Transaction, accountId: string, at: Date, why: AbandonReason): Promise<void> {
  await tx.delete(sessions).where(eq(sessions.userId, accountId))
  await tx.delete(accountLinks).where(and(eq(accountLinks.accountId, accountId), isNull(accountLinks.usedAt)))
  await tx
    .update(emailChanges)
    .set({ cancelledAt: at })
    .where(and(eq(emailChanges.accountId, accountId), isNull(emailChanges.appliedAt), isNull(emailChanges.cancelledAt)))
  await tx
    .update(outgoingMails)
    .set({ state: 'abandonne', abandonedAt: at, abandonReason: why })
    .where(and(eq(outgoingMails.accountId, accountId), eq(outgoingMails.state, 'en_attente')))
}

/** @throws NotFound */
export async function lockedAccount(tx: Transaction, accountId: string) {
  const [account] = await tx
    .select()
    .from(accounts)
    .where(eq(accounts.id, uuidOrNone(accountId)))
    .for('update')
  if (!account) throw new NotFound()
  return account
}

async function tell(
  tx: Transaction,
  line: { at: Date; by: string; accountId: string; address: string | undefined },
  verb: 'suspend' | 'restore',
): Promise<void> {
  const { at, by, accountId, address = null } = line
  const event = verb === 'suspend' ? 'compte_suspendu' : 'compte_retabli'
  await writeSecurityLog(tx, { at, event, accountId, by, address })
  await writeJournal(tx, {
    consortiumId: null,
    at,
    by,
    verb: `account.${verb}`,
    subjectKind: 'account',
    subjectId: accountId,
  })
}
