import { and, eq, inArray, ne, or, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import {
  accountLinks,
  accounts,
  attendance,
  emailChanges,
  itemProposals,
  mandateProposals,
  mandates,
  outgoingMails,
  recoveryCodes,
  securityLog,
  totpCredentials,
} from '#db/schema/index.ts'
import { Conflict, Invalid } from '#server/errors.ts'
import { writeJournal } from '#server/journal.ts'
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
 * nobody can use. Gone too: the reasons of absences, proposals of the person, and items proposed that no agenda received.
 * Sealed minutes, decisions, agendas and what people wrote in them keep the names they hold: they are public archives.
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
    await forgetProposals(tx, account, { at, by: person.accountId })
    await forgetWritings(tx, account.id)
  })
}

async function forget(tx: Transaction, account: AccountRow, at: Date): Promise<void> {
  const { id } = account
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
}

/**
 * Proposals name whom they propose: by the account, by the address, or by the mandate that they became or would
 * end. One that still
 * waits is withdrawn: nobody could accept it.
 */
async function forgetProposals(
  tx: Transaction,
  { id, email }: AccountRow,
  { at, by }: { at: Date; by: string },
): Promise<void> {
  const held = tx.select({ id: mandates.id }).from(mandates).where(eq(mandates.accountId, id))
  const theirs = or(
    eq(mandateProposals.accountId, id),
    eq(mandateProposals.email, email),
    inArray(mandateProposals.mandateId, held),
    inArray(mandateProposals.endsMandateId, held),
  )
  const withdrawn = await tx
    .update(mandateProposals)
    .set({ state: 'retiree', answeredAt: at, answeredBy: by })
    .where(and(theirs, eq(mandateProposals.state, 'proposee')))
    .returning({ id: mandateProposals.id, consortiumId: mandateProposals.consortiumId })
  for (const { id: subjectId, consortiumId } of withdrawn) {
    await writeJournal(tx, { consortiumId, at, by, verb: 'proposal.withdraw', subjectKind: 'proposal', subjectId })
  }
  await tx
    .update(mandateProposals)
    .set({
      ...erasedName,
      email: `${id}@efface.invalid`,
      message: '',
      // A reason says why this person was not accepted; a returned proposal must have one, empty from now on.
      reason: sql`case when ${mandateProposals.reason} is null then null else '' end`,
    })
    .where(theirs)
}

/**
 * What the person wrote that is no archive: why they were absent, which may tell of their health; items that they proposed
 * for an agenda and that it did not receive. An item that it received stays, without the argument.
 */
async function forgetWritings(tx: Transaction, id: string): Promise<void> {
  const held = tx.select({ id: mandates.id }).from(mandates).where(eq(mandates.accountId, id))
  await tx.update(attendance).set({ reason: null }).where(inArray(attendance.mandateId, held))
  const proposedBy = eq(itemProposals.proposedBy, id)
  await tx.delete(itemProposals).where(and(proposedBy, ne(itemProposals.state, 'inscrite')))
  await tx.update(itemProposals).set({ reason: '' }).where(proposedBy)
}
