import { createHash } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { mandates } from '#db/schema/index.ts'
import { Conflict, NotFound } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { uuidOrNone } from '#server/habilitations/load-facts.ts'
import { mediumDate } from '#server/vocabulary/french.ts'
import { ownBodyFunctions, titulaireFunctions } from '#server/vocabulary/governance.ts'
import type { Context } from '../context.ts'
import { changesOf } from '../journal/changes.ts'
import { type Designation, refuseProblems } from './designate.ts'
import { endMandates, eraseMandate, journalizeMandate } from './end-mandates.ts'
import { governMandates } from './govern-mandates.ts'
import { type LastDay, lastDayOf } from './last-day.ts'
import { loadMandateBook, type MandateBook } from './mandate-book.ts'
import { type Candidate, type Ending, endingsOf, type Problem, planDesignation } from './plan-designation.ts'

export type MandateRow = typeof mandates.$inferSelect

/** What may be changed of a mandate: neither whose it is nor where; these are another mandate. */
export type MandateChanges = Omit<Designation, 'person' | 'instanceId'> & { seen: string }

/**
 * Corrects a mandate. Who serves it ends with it where its end comes sooner.
 * @throws NotFound, Forbidden (H34), VerificationNeeded, Conflict (somebody changed it meanwhile), Invalid
 */
export function editMandate(
  context: Context,
  actor: Actor,
  { mandateId, ...changes }: { mandateId: string } & MandateChanges,
): Promise<void> {
  return governMandates(context, actor, async (tx, author) => {
    const { seen, ...values } = changes
    const mandate = await mandateIn(tx, actor, mandateId)
    checkSeen(mandate, seen)
    const book = await loadMandateBook(tx, { ...author, instanceIds: [mandate.instanceId] })
    const { id, accountId, instanceId } = mandate
    const candidate: Candidate = { ...values, id, accountId, instanceId }
    const { problems, endings } = planDesignation(book, candidate)
    refuseProblems([...problems, ...servingProblems(book, candidate)])
    await endMandates(tx, author, [...endings, ...sooner(book, mandate, values.endsOn)])
    await tx.update(mandates).set(values).where(eq(mandates.id, id))
    await journalizeMandate(tx, author, 'mandate.edit', id, changesOf(mandate, values, journalled))
  })
}

/** What the journal keeps of a correction: values for what gives rights. */
const journalled = {
  values: ['function', 'organisationId', 'carriesVoice', 'readsDossier', 'startsOn', 'endsOn'],
  words: ['civilite', 'qualite', 'functionLabel', 'titulaireMandateId', 'replacesMandateId'],
} as const

/**
 * Ends a mandate on a day; who serves it ends with it.
 * @throws NotFound, Forbidden (H34), VerificationNeeded, Conflict (it has ended by then)
 */
export function endMandate(context: Context, actor: Actor, input: { mandateId: string } & LastDay): Promise<void> {
  return governMandates(context, actor, async (tx, author) => {
    const mandate = await mandateIn(tx, actor, input.mandateId)
    const book = await loadMandateBook(tx, { ...author, instanceIds: [mandate.instanceId] })
    const endings = endingsOf(book, mandate.id, lastDayOf(author, input))
    if (endings.length === 0) throw new Conflict('Ce mandat a déjà pris fin à cette date. Rechargez la page.')
    await endMandates(tx, author, endings)
  })
}

/**
 * Erases a mandate that was a mistake and that nothing refers to.
 * @throws NotFound, Forbidden (H34), VerificationNeeded, Conflict (it has served: its dates are corrected)
 */
export function eraseMistakenMandate(context: Context, actor: Actor, input: { mandateId: string }): Promise<void> {
  return governMandates(context, actor, async (tx, author) => {
    const mandate = await mandateIn(tx, actor, input.mandateId)
    await eraseMandate(tx, author, mandate.id)
  })
}

/** What a form saw of a mandate: changes with it. */
export function fingerprint(row: object): string {
  return createHash('sha256').update(JSON.stringify(row)).digest('hex').slice(0, 16)
}

/** @throws Conflict when somebody changed the thing after the form was shown */
export function checkSeen(row: object, seen: string): void {
  if (fingerprint(row) === seen) return
  throw new Conflict('Quelqu’un a modifié ceci entre-temps. Rechargez la page : rien n’a été enregistré.')
}

/** A mandate of the consortium, invités apart. @throws NotFound */
async function mandateIn(tx: Transaction, actor: Actor, mandateId: string): Promise<MandateRow> {
  const [row] = await tx
    .select()
    .from(mandates)
    .where(and(eq(mandates.id, uuidOrNone(mandateId)), eq(mandates.consortiumId, actor.consortiumId)))
  if (!row || row.function === 'invite') throw new NotFound()
  return row
}

/** Who serves the mandate still must be able to: it begins before them, and it is one that may be served. */
function servingProblems(book: MandateBook, candidate: Candidate): Problem[] {
  const serving = book.mandates.filter(each => each.titulaireMandateId === candidate.id)
  return serving.flatMap((each): Problem[] => {
    const accepted = each.function === 'suppleant' ? titulaireFunctions : ownBodyFunctions
    if (!accepted.includes(candidate.function)) {
      const message = `${each.name} seconde ce mandat : mettez d’abord fin à son mandat, ou gardez cette fonction.`
      return [{ field: 'function', message }]
    }
    if (each.startsOn >= candidate.startsOn) return []
    const message = `${each.name} seconde ce mandat depuis le ${mediumDate(each.startsOn)} : il ne peut pas commencer après.`
    return [{ field: 'startsOn', message }]
  })
}

/** Those who serve a mandate that now ends sooner. */
function sooner(book: MandateBook, mandate: MandateRow, endsOn: string | null): Ending[] {
  return endsOn === null ? [] : endingsOf(book, mandate.id, endsOn).filter(ending => ending.mandate.id !== mandate.id)
}
