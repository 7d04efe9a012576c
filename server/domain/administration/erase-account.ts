import { eq, inArray, or } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import {
  accountLinks,
  accounts,
  emailChanges,
  mandateProposals,
  mandates,
  outgoingMails,
  recoveryCodes,
  securityLog,
  totpCredentials,
} from '#db/schema/index.ts'
import { Conflict, Invalid } from '#server/errors.ts'
import { parisDay } from '#server/vocabulary/french.ts'
import type { Person } from '../accounts/administering.ts'
import { closeDoors } from '../accounts/suspend-account.ts'
import type { Context } from '../context.ts'
import { erasureOf, placesOf } from './account-page.ts'
import { type AccountAct, type AccountRow, changeAccount } from './change-account.ts'

/** How an erased person is called wherever an account was named. */
export const erasedName = { givenName: 'Personne', familyName: 'effacée' } as const

/**
 * Erases a person: names, addresses, factors, links and sessions are gone from the account, which stays as a number that
 * nobody can use. Sealed minutes, decisions and what people wrote keep the names they hold: they are public archives.
 *
 * @param input.confirmation the account's address, typed again
 * @throws NotFound, VerificationNeeded, Conflict (a mandate or a function still holds), Invalid (another address typed)
 */
export async function eraseAccount(
  context: Context,
  person: Person,
  { confirmation, ...act }: AccountAct & { confirmation: string },
): Promise<void> {
  const told = { verb: 'account.erase', event: 'compte_efface' } as const
  await changeAccount(context, person, act, told, async (tx, account, at) => {
    const places = await placesOf(tx, account.id, parisDay(at))
    const erasure = erasureOf({ ...account, own: account.id === person.accountId }, places)
    if (!erasure.allowed) throw new Conflict(erasure.reason)
    if (confirmation !== account.email) {
      const message = 'Cette adresse n’est pas celle du compte : retapez-la pour confirmer.'
      throw new Invalid(message, { confirmation: [message] })
    }
    await closeDoors(tx, account.id, at, 'compte_efface')
    await forget(tx, account, at)
  })
}

async function forget(tx: Transaction, account: AccountRow, at: Date): Promise<void> {
  const { id, email } = account
  await tx
    .update(accounts)
    .set({
      ...erasedName,
      email: `${id}@efface.invalid`,
      phone: null,
      passwordHash: null,
      passwordFitsPowers: null,
      suspendedAt: account.suspendedAt ?? at,
      erasedAt: at,
    })
    .where(eq(accounts.id, id))
  await tx.delete(accountLinks).where(eq(accountLinks.accountId, id))
  await tx.delete(emailChanges).where(eq(emailChanges.accountId, id))
  await tx.delete(totpCredentials).where(eq(totpCredentials.accountId, id))
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.accountId, id))
  await tx.update(outgoingMails).set({ lastError: null }).where(eq(outgoingMails.accountId, id))
  await tx
    .update(securityLog)
    .set({ address: null })
    .where(or(eq(securityLog.accountId, id), eq(securityLog.by, id)))
  await forgetProposals(tx, id, email)
}

/** Proposals name whom they propose: by the address, or by the mandate that they became. */
async function forgetProposals(tx: Transaction, accountId: string, email: string): Promise<void> {
  const theirs = tx.select({ id: mandates.id }).from(mandates).where(eq(mandates.accountId, accountId))
  await tx
    .update(mandateProposals)
    .set({ ...erasedName, email: `${accountId}@efface.invalid`, message: '' })
    .where(or(eq(mandateProposals.email, email), inArray(mandateProposals.mandateId, theirs)))
}
