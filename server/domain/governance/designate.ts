import { type AnyColumn, and, eq, exists, isNotNull, isNull, or, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { accounts, consortiumFunctions, mandates, outgoingMails } from '#db/schema/index.ts'
import { Invalid } from '#server/errors.ts'
import type { Authorized } from '#server/habilitations/authorize.ts'
import { uuidOrNone } from '#server/habilitations/load-facts.ts'
import { writeMail } from '#server/mail/outbox.ts'
import { normalizeEmail } from '#server/sessions/sign-in.ts'
import type { Civilite, MandateFunction } from '#server/vocabulary/governance.ts'
import { endInvitationLinks } from '../accounts/links.ts'
import type { Context } from '../context.ts'
import { endMandates, journalizeMandate } from './end-mandates.ts'
import { loadMandateBook, lockMandates, type MandateBook } from './mandate-book.ts'
import { afterEndings, type Candidate, type Problem, planDesignation } from './plan-designation.ts'

/** Somebody of the consortium, or an address and the names to give whoever is not known under it yet. */
export type DesignatedPerson = { accountId: string } | { email: string; givenName: string; familyName: string }

export type Designation = {
  person: DesignatedPerson
  instanceId: string
  organisationId: string
  function: Exclude<MandateFunction, 'invite'>
  /** The function in the words that suit the person: « Présidente ». */
  functionLabel: string
  civilite: Civilite
  qualite: string
  carriesVoice: boolean
  /** The mandate that a suppléant or an assistant serves. */
  titulaireMandateId: string | null
  readsDossier: boolean
  /** The mandate that ends the day before, and whose handover this one receives. */
  replacesMandateId: string | null
  startsOn: string
  endsOn: string | null
}

/** Who may designate: the chef de projet, by a mandate or by accepting what a correspondant proposed. */
export type Designator = Authorized<'consortium.editMandates'> | Authorized<'proposal.answer'>

/**
 * Gives a person a mandate, in the caller's transaction: creates the account of whoever is not known yet, ends the mandate
 * that is replaced and those that serve it, writes the mail and the journal. The caller asks for `context.live.recheck()`
 * once the transaction is kept.
 *
 * @param book what stands in the transaction, where several designations share it; it is brought up to date.
 * @throws Invalid by field of the designation, with what forbids it and how to mend it
 */
export async function designate(
  context: Context,
  tx: Transaction,
  author: Designator,
  input: Designation,
  book?: MandateBook,
): Promise<{ mandateId: string; accountId: string; newAccount: boolean }> {
  const { consortiumId } = author
  if (!book) await lockMandates(tx, consortiumId)
  const standing = book ?? (await loadMandateBook(tx, { consortiumId, instanceIds: [input.instanceId] }))
  const known = await knownAccount(tx, consortiumId, input.person)
  const candidate: Candidate = { ...input, id: null, accountId: known?.id ?? null }
  const { problems, endings } = planDesignation(standing, candidate)
  refuseProblems(problems)
  await endMandates(tx, author, endings)
  const account = await accountFor(tx, author, input.person, known)
  const mandateId = await insertMandate(tx, author, account.id, input)
  await announceDesignation(context, tx, author, { account, mandateId })
  standing.mandates = [
    ...afterEndings(standing, endings).mandates,
    { ...candidate, id: mandateId, accountId: account.id, name: account.name },
  ]
  return { mandateId, accountId: account.id, newAccount: known === null }
}

/** @throws Invalid with every problem under its field */
export function refuseProblems(problems: readonly Problem[]): void {
  if (problems.length === 0) return
  const fields = Map.groupBy(problems, problem => problem.field)
  throw new Invalid(
    problems.map(problem => problem.message).join(' '),
    Object.fromEntries([...fields].map(([field, each]) => [field, each.map(problem => problem.message)])),
  )
}

/** An account that a mandate or a function is given to. */
export type KnownAccount = {
  id: string
  name: string
  hasPassword: boolean
  /** False for somebody of other consortia only, whose name is told once they are designated. */
  isHere: boolean
}

/**
 * The account of a person to designate, or null when nobody has the address. By identifier, only somebody of the
 * consortium: an address is how one reaches the others.
 * @throws Invalid (nobody of the consortium has the identifier, an erased person, an administrateur)
 */
export async function knownAccount(
  tx: Transaction,
  consortiumId: string,
  person: DesignatedPerson,
): Promise<KnownAccount | null> {
  const [row] = await tx
    .select({
      id: accounts.id,
      name: sql<string>`${accounts.givenName} || ' ' || ${accounts.familyName}`,
      hasPassword: sql<boolean>`${accounts.passwordHash} is not null`,
      isHere: sql<boolean>`(${isOfConsortium(tx, consortiumId)})`,
      isAdministrateur: accounts.isAdministrateur,
      erasedAt: accounts.erasedAt,
    })
    .from(accounts)
    .where(
      'accountId' in person
        ? and(eq(accounts.id, uuidOrNone(person.accountId)), isOfConsortium(tx, consortiumId))
        : eq(accounts.email, normalizeEmail(person.email)),
    )
    // An erasure under way is waited for: it sees the mandate, or is seen here.
    .for('key share')
  if (!row && 'accountId' in person) {
    throw new Invalid('Choisissez une personne.', {
      accountId: ['Cette personne n’est pas du consortium : désignez-la par son adresse.'],
    })
  }
  if (!row) return null
  const { isAdministrateur, erasedAt, ...account } = row
  if (erasedAt) {
    const message = 'Cette personne a été effacée : désignez-la de nouveau par son adresse, avec ses nom et prénom.'
    throw new Invalid(message, { ['accountId' in person ? 'accountId' : 'email']: [message] })
  }
  if (isAdministrateur) throw new Invalid(unusableAddress, { email: [unusableAddress] })
  return account
}

/** Why an administrateur is not designated, without telling that they are one. */
export const unusableAddress = 'Cette adresse ne peut pas être utilisée ici ; demandez à la personne une autre adresse.'

/** SQL: the account has, had or will have a mandate or a function in the consortium. */
export function isOfConsortium(
  tx: Pick<Transaction, 'select'>,
  consortiumId: string,
  account: { id: AnyColumn } = accounts,
) {
  return or(
    exists(
      tx
        .select({ one: sql`1` })
        .from(mandates)
        .where(and(eq(mandates.accountId, account.id), eq(mandates.consortiumId, consortiumId))),
    ),
    exists(
      tx
        .select({ one: sql`1` })
        .from(consortiumFunctions)
        .where(and(eq(consortiumFunctions.accountId, account.id), eq(consortiumFunctions.consortiumId, consortiumId))),
    ),
  )
}

/**
 * The account that is known, or a new one. Whoever is new to the consortium is named, so that nothing tells whether others
 * know them; an address taken meanwhile is that person's.
 * @throws Invalid
 */
export async function accountFor(
  tx: Transaction,
  author: Designator,
  person: DesignatedPerson,
  known: KnownAccount | null,
): Promise<KnownAccount> {
  if (known?.isHere || 'accountId' in person) {
    if (!known) throw new Error('an identifier is that of an account')
    return known
  }
  const { givenName, familyName } = person
  if (givenName === '' || familyName === '') {
    throw new Invalid('Cette personne est nouvelle dans le consortium.', {
      givenName: ['Personne du consortium n’a cette adresse : vérifiez-la, ou indiquez le prénom et le nom.'],
    })
  }
  if (known) return known
  const email = normalizeEmail(person.email)
  const [row] = await tx
    .insert(accounts)
    .values({ email, givenName, familyName, createdAt: author.now })
    .onConflictDoNothing({ target: accounts.email })
    .returning({ id: accounts.id })
  if (row) return { id: row.id, name: `${givenName} ${familyName}`, hasPassword: false, isHere: false }
  const taken = await knownAccount(tx, author.consortiumId, person)
  if (!taken) throw new Error('an address that is taken is an account’s')
  return taken
}

async function insertMandate(tx: Transaction, author: Designator, accountId: string, input: Designation) {
  const { person: _, ...mandate } = input
  const [row] = await tx
    .insert(mandates)
    .values({
      ...mandate,
      readsDossier: mandate.function === 'assistant' && mandate.readsDossier,
      consortiumId: author.consortiumId,
      accountId,
      createdAt: author.now,
    })
    .returning({ id: mandates.id })
  if (!row) throw new Error('an inserted mandate has an id')
  const { instanceId, organisationId, startsOn, endsOn } = input
  await journalizeMandate(tx, author, 'mandate.create', row.id, {
    accountId,
    instanceId,
    organisationId,
    function: input.function,
    startsOn,
    endsOn,
  })
  return row.id
}

/** Tells a person who signs in of the mandate; invites the others, once. */
async function announceDesignation(
  context: Context,
  tx: Transaction,
  { consortiumId }: Designator,
  { account, mandateId }: { account: KnownAccount; mandateId: string },
): Promise<void> {
  if (account.hasPassword) {
    await writeMail(context, tx, { kind: 'mandat', accountId: account.id, consortiumId, about: { mandateId } })
  } else {
    await invite(context, tx, account, consortiumId)
  }
}

/**
 * Invites a person who has no password yet to what they were just given. Links that another consortium may have handed
 * over open nothing any more: whoever kept one would become the person here too.
 */
export async function invite(
  context: Context,
  tx: Transaction,
  account: KnownAccount,
  consortiumId: string,
): Promise<void> {
  if (!account.isHere) await endInvitationLinks(tx, account.id)
  await inviteOnce(context, tx, { accountId: account.id, consortiumId })
}

/**
 * Invites a person who has no password yet, unless an invitation is about to leave. One that is leaving at this instant
 * counts for nothing: it may have read what has changed since.
 */
export async function inviteOnce(
  context: Context,
  tx: Transaction,
  key: { accountId: string; consortiumId: string },
): Promise<void> {
  const [waiting] = await tx
    .select({ id: outgoingMails.id })
    .from(outgoingMails)
    .where(
      and(
        eq(outgoingMails.accountId, key.accountId),
        eq(outgoingMails.consortiumId, key.consortiumId),
        eq(outgoingMails.kind, 'invitation'),
        eq(outgoingMails.state, 'en_attente'),
        or(isNull(outgoingMails.lastTriedAt), isNotNull(outgoingMails.lastError)),
      ),
    )
    .limit(1)
    .for('update')
  if (!waiting) await writeMail(context, tx, { kind: 'invitation', ...key })
}
