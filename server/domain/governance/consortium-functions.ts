import { and, eq } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import { among } from '#db/lists.ts'
import { consortiumFunctions } from '#db/schema/index.ts'
import { Conflict } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import type { Authorized } from '#server/habilitations/authorize.ts'
import { writeMail } from '#server/mail/outbox.ts'
import { mediumDate } from '#server/vocabulary/french.ts'
import { type Civilite, type ConsortiumFunctionKind, functionLabelFor } from '#server/vocabulary/governance.ts'
import type { Context } from '../context.ts'
import { changesOf } from '../journal/changes.ts'
import { fitAttachments } from './attachments.ts'
import { accountFor, type DesignatedPerson, invite, knownAccount } from './designate.ts'
import { checkSeen } from './edit-mandate.ts'
import { type FunctionRow, functionIn, invalid, journalizeFunction } from './function-rows.ts'
import { governMandates } from './govern-mandates.ts'
import { keepingChefDeProjet } from './last-chef.ts'
import { type LastDay, lastDayOf } from './last-day.ts'
import { earlier, loadMandateBook, type MandateBook, overlap } from './mandate-book.ts'

type FunctionValues = {
  civilite: Civilite
  qualite: string
  functionLabel: string
  /** Required for a correspondant, the firm of a prestataire. */
  organisationId: string | null
  startsOn: string
  endsOn: string | null
}

export type NewFunction = FunctionValues & { person: DesignatedPerson; function: ConsortiumFunctionKind }

/**
 * Gives a person a function in the consortium.
 * @throws NotFound, Forbidden (H34), VerificationNeeded, Invalid
 */
export function giveFunction(
  context: Context,
  actor: Actor,
  input: NewFunction,
): Promise<{ functionId: string; accountId: string }> {
  return governMandates(context, actor, (tx, author) => giveFunctionIn(context, tx, author, input))
}

/** Gives a function in the caller's transaction, which holds `lockMandates` and has judged the right. @throws Invalid */
export async function giveFunctionIn(
  context: Context,
  tx: Transaction,
  author: Authorized<'consortium.editMandates'>,
  input: NewFunction,
): Promise<{ functionId: string; accountId: string }> {
  const { consortiumId } = author
  const { person, ...values } = input
  const known = await knownAccount(tx, consortiumId, person)
  await checkFunction(tx, author, { ...values, id: null, accountId: known?.id ?? null })
  const account = await accountFor(tx, author, person, known)
  const functionLabel = values.functionLabel || functionLabelFor(values.function, values.civilite)
  const [row] = await tx
    .insert(consortiumFunctions)
    .values({ ...values, functionLabel, consortiumId, accountId: account.id, createdAt: author.now })
    .returning({ id: consortiumFunctions.id })
  if (!row) throw new Error('an inserted function has an id')
  await journalizeFunction(tx, author, 'function.create', row.id, { accountId: account.id, function: input.function })
  const about = { functionId: row.id }
  if (account.hasPassword) await writeMail(context, tx, { kind: 'mandat', accountId: account.id, consortiumId, about })
  else await invite(context, tx, account, consortiumId)
  return { functionId: row.id, accountId: account.id }
}

/**
 * Corrects a function. The attachments of a prestataire end with it where its end comes sooner.
 * @throws NotFound, Forbidden (H34), VerificationNeeded, Conflict, Invalid
 */
export function editFunction(
  context: Context,
  actor: Actor,
  { functionId, seen, ...values }: FunctionValues & { functionId: string; seen: string },
): Promise<void> {
  return governMandates(context, actor, async (tx, author) => {
    const row = await functionIn(tx, actor, functionId)
    checkSeen(row, seen)
    await checkFunction(tx, actor, { ...row, ...values })
    const functionLabel = values.functionLabel || functionLabelFor(row.function, values.civilite)
    await keepingChefDeProjet(tx, author, async () => {
      await tx
        .update(consortiumFunctions)
        .set({ ...values, functionLabel })
        .where(eq(consortiumFunctions.id, row.id))
      await fitAttachments(tx, row.id, values)
      const detail = changesOf(row, { ...values, functionLabel }, journalled)
      await journalizeFunction(tx, author, 'function.edit', row.id, detail)
    })
  })
}

/** What the journal keeps of a correction: values for what gives rights. */
const journalled = {
  values: ['organisationId', 'startsOn', 'endsOn'],
  words: ['civilite', 'qualite', 'functionLabel'],
} as const

/**
 * Ends a function on a day; one that would end before it begins is erased.
 * @throws NotFound, Forbidden (H34), VerificationNeeded, Conflict (the last chef de projet; it has ended by then)
 */
export function endFunction(context: Context, actor: Actor, input: { functionId: string } & LastDay): Promise<void> {
  return governMandates(context, actor, async (tx, author) => {
    const row = await functionIn(tx, actor, input.functionId)
    const lastDay = lastDayOf(author, input)
    if (row.endsOn !== null && row.endsOn <= lastDay) {
      throw new Conflict('Cette fonction a déjà pris fin à cette date. Rechargez la page.')
    }
    await keepingChefDeProjet(tx, author, () => closeFunction(tx, author, row, lastDay))
  })
}

/** Ends a function in the caller's transaction, which sees to the last chef de projet. */
export async function closeFunction(tx: Transaction, author: Actor, row: FunctionRow, lastDay: string): Promise<void> {
  if (row.startsOn > lastDay) {
    await tx.delete(consortiumFunctions).where(eq(consortiumFunctions.id, row.id))
    await journalizeFunction(tx, author, 'function.erase', row.id)
    return
  }
  await tx.update(consortiumFunctions).set({ endsOn: lastDay }).where(eq(consortiumFunctions.id, row.id))
  await fitAttachments(tx, row.id, { startsOn: row.startsOn, endsOn: lastDay })
  await journalizeFunction(tx, author, 'function.end', row.id, { lastDay })
}

/** A function that somebody is about to receive, or that is changed; `id` and `accountId` null for what is new. */
export type FunctionCandidate = Omit<FunctionValues, 'civilite' | 'qualite' | 'functionLabel'> & {
  id: string | null
  accountId: string | null
  function: ConsortiumFunctionKind
}

/** @throws Invalid */
async function checkFunction(tx: Transaction, actor: Actor, candidate: FunctionCandidate): Promise<void> {
  const { consortiumId } = actor
  const book = await loadMandateBook(tx, { consortiumId, instanceIds: [] })
  const { accountId } = candidate
  const held = accountId === null ? [] : await functionsOf(tx, consortiumId, [accountId])
  const problem = functionProblem(book, held, candidate)
  if (problem) throw invalid(problem.field, problem.message)
}

/** The functions of these accounts in the consortium, ended ones too. */
export function functionsOf(
  db: Database | Transaction,
  consortiumId: string,
  accountIds: readonly string[],
): Promise<FunctionRow[]> {
  return db
    .select()
    .from(consortiumFunctions)
    .where(and(eq(consortiumFunctions.consortiumId, consortiumId), among(consortiumFunctions.accountId, accountIds)))
}

/**
 * What forbids a function, and how to mend it: nobody has one twice on the same day; a correspondant has it once for each
 * institution; none lasts beyond the departure of the institution that it is for.
 */
export function functionProblem(
  book: Pick<MandateBook, 'organisations'>,
  held: readonly FunctionCandidate[],
  candidate: FunctionCandidate,
): { field: keyof FunctionCandidate; message: string } | null {
  const { startsOn, endsOn, organisationId } = candidate
  if (endsOn !== null && endsOn < startsOn) {
    return { field: 'endsOn', message: 'La fin doit venir après le début, ou le même jour.' }
  }
  const organisation = organisationId === null ? null : book.organisations.get(organisationId)
  if (organisation === undefined) {
    return { field: 'organisationId', message: 'Cette structure n’existe pas (ou plus) : choisissez-en une.' }
  }
  const leftOn = organisation?.leftOn ?? null
  if (leftOn !== null && earlier(endsOn, leftOn) !== endsOn) {
    return {
      field: startsOn > leftOn ? 'startsOn' : 'endsOn',
      message: `« ${organisation?.name} » quitte le consortium le ${mediumDate(leftOn)} : la fonction doit s’arrêter ce jour-là au plus tard.`,
    }
  }
  if (candidate.function === 'correspondant' && organisationId === null) {
    return {
      field: 'organisationId',
      message: 'Choisissez la structure dont cette personne est la correspondante.',
    }
  }
  const twice = held.some(each => each.id !== candidate.id && isSameFunction(each, candidate))
  return twice ? { field: 'function', message: 'Cette personne a déjà cette fonction à ces dates.' } : null
}

/** One person, one function, one day in common; of a correspondant, one institution. */
export function isSameFunction(one: FunctionCandidate, other: FunctionCandidate): boolean {
  return (
    one.accountId === other.accountId &&
    one.function === other.function &&
    overlap(one, other) &&
    (one.function !== 'correspondant' || one.organisationId === other.organisationId)
  )
}
