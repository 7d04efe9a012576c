import { and, eq, isNull, sql } from 'drizzle-orm'
import { rowsOf, type Transaction } from '#db/client.ts'
import { accountLinks, accounts, consortiumFunctions, mandates, sessions } from '#db/schema/index.ts'
import { Conflict, Invalid, NotFound } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { uuidOrNone } from '#server/habilitations/load-facts.ts'
import { writeJournal } from '#server/journal.ts'
import { writeMail } from '#server/mail/outbox.ts'
import type { Context } from '../context.ts'
import { keepProposals } from '../proposals/follow-address.ts'
import { closeFunction } from './consortium-functions.ts'
import { inviteOnce, isOfConsortium } from './designate.ts'
import { endMandates } from './end-mandates.ts'
import { governMandates } from './govern-mandates.ts'
import { keepingChefDeProjet } from './last-chef.ts'
import { type LastDay, lastDayOf } from './last-day.ts'
import { loadMandateBook } from './mandate-book.ts'
import { type Ending, endingsOf } from './plan-designation.ts'
import { hasRightNowOrLater } from './rights-to-come.ts'

/**
 * Ends every mandate and function of a person in the consortium on a day; those that begin later are erased. Who serves
 * these mandates ends with them. The account stays: other consortia may know it.
 * @throws NotFound, Forbidden (H34), VerificationNeeded, Conflict (nothing to end; the last chef de projet)
 */
export function removePerson(context: Context, actor: Actor, input: { accountId: string } & LastDay): Promise<void> {
  return governMandates(context, actor, async (tx, author) => {
    const account = await accountHere(tx, actor, input.accountId)
    const lastDay = lastDayOf(author, input)
    const endings = await endingsOfPerson(tx, actor, account.id, lastDay)
    const functions = (
      await tx
        .select()
        .from(consortiumFunctions)
        .where(
          and(eq(consortiumFunctions.accountId, account.id), eq(consortiumFunctions.consortiumId, actor.consortiumId)),
        )
    ).filter(row => row.endsOn === null || row.endsOn > lastDay)
    if (endings.length === 0 && functions.length === 0) {
      throw new Conflict('Tous ses mandats et fonctions ont déjà pris fin à cette date. Rechargez la page.')
    }
    await endMandates(tx, author, endings)
    await keepingChefDeProjet(tx, author, async () => {
      for (const row of functions) await closeFunction(tx, author, row, lastDay)
    })
    await journalizePerson(tx, author, 'person.remove', account.id, { lastDay })
  })
}

/**
 * Corrects the names and addresses of somebody who has never signed in and whom no other consortium knows; anybody else
 * does it in their own profile. A new address is invited, and what was sent to the former one opens nothing any more.
 * @throws NotFound, Forbidden (H34), VerificationNeeded, Conflict, Invalid
 */
export function correctPerson(
  context: Context,
  actor: Actor,
  input: { accountId: string; givenName: string; familyName: string; email: string; phone: string },
): Promise<void> {
  return governMandates(context, actor, async (tx, author) => {
    const account = await accountHere(tx, actor, input.accountId)
    if (!account.mayBeCorrected) {
      throw new Conflict(
        'Cette personne a son propre accès, ou est d’un autre consortium : elle seule corrige son nom et son adresse, dans son profil.',
      )
    }
    const { accountId, email, phone, ...names } = input
    await checkAddressFree(tx, email, accountId)
    if (email !== account.email) await keepProposals(tx, { accountId, formerEmail: account.email })
    await tx
      .update(accounts)
      .set({ ...names, email, phone: phone || null })
      .where(eq(accounts.id, accountId))
    await journalizePerson(tx, author, 'person.correct', accountId)
    if (email === account.email) return
    await tx.delete(accountLinks).where(and(eq(accountLinks.accountId, accountId), isNull(accountLinks.usedAt)))
    await inviteOnce(context, tx, { accountId, consortiumId: author.consortiumId })
  })
}

/**
 * Sends a new invitation to somebody who has no password yet.
 * @throws NotFound, Forbidden (H34), VerificationNeeded, Conflict (they sign in already; they have no mandate any more)
 */
export function resendInvitation(context: Context, actor: Actor, input: { accountId: string }): Promise<void> {
  return governMandates(context, actor, async (tx, author) => {
    const account = await accountHere(tx, actor, input.accountId)
    if (account.hasPassword) throw new Conflict('Cette personne se connecte déjà : elle n’a plus besoin d’invitation.')
    const { consortiumId, today } = author
    if (!(await hasRightNowOrLater(tx, { accountId: account.id, consortiumId, day: today }))) {
      throw new Conflict('Cette personne n’a plus de mandat ni de fonction : désignez-la d’abord.')
    }
    await writeMail(context, tx, { kind: 'invitation', accountId: account.id, consortiumId })
    await journalizePerson(tx, author, 'person.invite', account.id)
  })
}

type AccountHere = { id: string; email: string; hasPassword: boolean; mayBeCorrected: boolean }

/** SQL: they have never signed in, and no other consortium knows them. */
export function mayBeCorrected(consortiumId: string) {
  const unused = sql`(${accounts.passwordHash} is null and ${knownHereAlone(consortiumId)}
    and not exists (select 1 from ${sessions} where ${sessions.userId} = ${accounts.id}))`
  // Columns right inside a selected fragment would lose the name of their table.
  return sql<boolean>`${unused}`
}

/** SQL: no other consortium has ever known the account, and it does not administer the deployment. */
export function knownHereAlone(consortiumId: string) {
  const elsewhere = (table: typeof mandates | typeof consortiumFunctions) =>
    sql`exists (select 1 from ${table} where ${table.accountId} = ${accounts.id} and ${table.consortiumId} <> ${consortiumId})`
  const alone = sql`(not ${accounts.isAdministrateur}
    and not ${elsewhere(mandates)} and not ${elsewhere(consortiumFunctions)})`
  return sql<boolean>`${alone}`
}

/** An account of the consortium; of any other, nothing is told. @throws NotFound */
async function accountHere(tx: Transaction, actor: Actor, accountId: string): Promise<AccountHere> {
  const [row] = await tx
    .select({
      id: accounts.id,
      email: accounts.email,
      hasPassword: sql<boolean>`${accounts.passwordHash} is not null`,
      mayBeCorrected: mayBeCorrected(actor.consortiumId),
    })
    .from(accounts)
    .where(and(eq(accounts.id, uuidOrNone(accountId)), isOfConsortium(tx, actor.consortiumId)))
  if (!row) throw new NotFound()
  return row
}

async function endingsOfPerson(tx: Transaction, actor: Actor, accountId: string, lastDay: string): Promise<Ending[]> {
  const { consortiumId } = actor
  const theirs = await rowsOf<{ instanceId: string }>(
    tx,
    sql`select distinct ${mandates.instanceId} as "instanceId" from ${mandates}
      where ${and(eq(mandates.accountId, accountId), eq(mandates.consortiumId, consortiumId))}`,
  )
  const book = await loadMandateBook(tx, {
    consortiumId,
    instanceIds: theirs.map(row => row.instanceId),
    withInvites: true,
  })
  const endings = book.mandates
    .filter(mandate => mandate.accountId === accountId)
    .flatMap(mandate => endingsOf(book, mandate.id, lastDay))
  return [...new Map(endings.map(ending => [ending.mandate.id, ending])).values()]
}

async function checkAddressFree(tx: Transaction, email: string, accountId: string): Promise<void> {
  const [other] = await tx.select({ id: accounts.id }).from(accounts).where(eq(accounts.email, email))
  if (!other || other.id === accountId) return
  // The same whoever has it: of another consortium, nothing is told.
  const message =
    'Cette adresse ne peut pas être utilisée ici ; indiquez-en une autre, ou désignez de nouveau la personne par celle-ci.'
  throw new Invalid(message, { email: [message] })
}

function journalizePerson(
  tx: Transaction,
  author: Actor,
  verb: `person.${string}`,
  accountId: string,
  detail: Record<string, string> = {},
): Promise<void> {
  return writeJournal(tx, {
    consortiumId: author.consortiumId,
    at: author.now,
    by: author.accountId,
    verb,
    subjectKind: 'account',
    subjectId: accountId,
    detail,
  })
}
