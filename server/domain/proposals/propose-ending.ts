import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { accounts, mandateProposals, mandates } from '#db/schema/index.ts'
import { Invalid, NotFound } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { authorize } from '#server/habilitations/authorize.ts'
import { writeJournal } from '#server/journal.ts'
import { mediumDate } from '#server/vocabulary/french.ts'
import type { EndingProposalForm } from '#server/vocabulary/proposal-forms.ts'
import type { Context } from '../context.ts'
import { loadMandateBook, type MandateBook } from '../governance/mandate-book.ts'
import { type MandatePage, mandatePage } from '../governance/mandate-page.ts'
import { endingsOf } from '../governance/plan-designation.ts'
import { organisationFacts } from './proposal-facts.ts'
import { proposalPage } from './proposal-pages.ts'
import { tellChefs } from './propose-representative.ts'
import type { ProposalView } from './select-proposals.ts'

/**
 * A correspondant proposes that a mandate of the own institution ends on a day, without a successor. The chefs de projet are
 * told. @throws NotFound, Forbidden (H40), Invalid by field of the form
 */
export async function proposeEnding(
  context: Context,
  actor: Actor,
  { form }: { form: EndingProposalForm },
): Promise<{ proposalId: string }> {
  const { consortiumId, now } = actor
  const { mandateId, endsOn, message } = form
  const { page } = await endingToPropose(context, actor, { mandateId })
  const { instance, values } = page
  return context.db.transaction(async tx => {
    const facts = await organisationFacts(tx, actor, values.organisationId)
    const author = authorize(actor, 'organisation', 'proposeRepresentative', facts)
    const book = await loadMandateBook(tx, { consortiumId, instanceIds: [instance.id] })
    checkLastDay(book, { mandateId: page.id, lastDay: endsOn, field: 'endsOn' })
    await checkNotProposed(tx, page.id)
    const { organisationId, civilite, qualite, functionLabel, carriesVoice, startsOn } = values
    const [row] = await tx
      .insert(mandateProposals)
      .values({
        kind: 'fin',
        consortiumId,
        ...(await holderOf(tx, page.id)),
        ...{ organisationId, civilite, qualite, functionLabel, carriesVoice, startsOn, endsOn, message },
        function: values.function,
        instanceId: instance.id,
        endsMandateId: page.id,
        proposedAt: now,
        proposedBy: author.accountId,
      })
      .returning({ id: mandateProposals.id })
    if (!row) throw new Error('an inserted proposal has an id')
    await tellChefs(context, tx, author, row.id)
    await writeJournal(tx, {
      consortiumId,
      at: now,
      by: author.accountId,
      verb: 'proposal.createEnding',
      subjectKind: 'proposal',
      subjectId: row.id,
      detail: { mandateId: page.id, endsOn },
    })
    return { proposalId: row.id }
  })
}

/** The mandate whose end a correspondant may propose, and what a returned proposal said. @throws NotFound; Forbidden (H40) */
export async function endingToPropose(
  context: Context,
  actor: Actor,
  wanted: { mandateId: string; again?: string },
): Promise<{ page: MandatePage; previous: ProposalView | null }> {
  const page = await mandatePage(context, actor, wanted.mandateId)
  const { organisationId } = page.values
  authorize(actor, 'organisation', 'proposeRepresentative', { consortiumId: actor.consortiumId, organisationId })
  const previous = wanted.again ? await proposalPage(context, actor, wanted.again) : null
  if (previous && previous.endsMandateId !== page.id) throw new NotFound()
  return { page, previous }
}

/** @throws Invalid when a mandate cannot end on that day: it begins later, or has ended by then */
export function checkLastDay(
  book: MandateBook,
  { mandateId, lastDay, field }: { mandateId: string; lastDay: string; field: string },
): void {
  const mandate = book.mandates.find(each => each.id === mandateId)
  if (!mandate) throw new NotFound()
  const refused = (message: string) => new Invalid(message, { [field]: [message] })
  if (lastDay < mandate.startsOn) {
    throw refused(`Ce mandat commence le ${mediumDate(mandate.startsOn)} : choisissez ce jour-là ou un autre après.`)
  }
  if (endingsOf(book, mandateId, lastDay).length === 0 && mandate.endsOn !== null) {
    throw refused(`Ce mandat finit déjà le ${mediumDate(mandate.endsOn)}. Choisissez un jour avant celui-ci.`)
  }
}

async function checkNotProposed(tx: Transaction, mandateId: string): Promise<void> {
  const waiting = and(eq(mandateProposals.endsMandateId, mandateId), eq(mandateProposals.state, 'proposee'))
  if ((await tx.$count(mandateProposals, waiting)) === 0) return
  const message = 'La fin de ce mandat est déjà proposée : retirez d’abord cette proposition.'
  throw new Invalid(message, { endsOn: [message] })
}

async function holderOf(tx: Transaction, mandateId: string) {
  const [row] = await tx
    .select({
      accountId: accounts.id,
      givenName: accounts.givenName,
      familyName: accounts.familyName,
      email: accounts.email,
    })
    .from(mandates)
    .innerJoin(accounts, eq(accounts.id, mandates.accountId))
    .where(eq(mandates.id, mandateId))
  if (!row) throw new Error('a mandate is somebody’s')
  return row
}
