import { and, eq, exists, or, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { accounts, consortiumFunctions, mandateProposals, mandates } from '#db/schema/index.ts'
import { Invalid } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { authorize } from '#server/habilitations/authorize.ts'
import { writeJournal } from '#server/journal.ts'
import { writeMail } from '#server/mail/outbox.ts'
import { normalizeEmail } from '#server/sessions/sign-in.ts'
import type { ProposalForm } from '#server/vocabulary/proposal-forms.ts'
import type { Context } from '../context.ts'
import { refuseProblems } from '../governance/designate.ts'
import { loadMandateBook } from '../governance/mandate-book.ts'
import { chefsDeProjet } from '../governance/people.ts'
import { planDesignation } from '../governance/plan-designation.ts'
import { organisationFacts } from './proposal-facts.ts'

/**
 * A correspondant proposes a representative of the own institution. It is judged as a designation would be today, and again
 * when it is accepted. The chefs de projet are told.
 * @throws NotFound, Forbidden (H40), Invalid by field of the form
 */
export async function proposeRepresentative(
  context: Context,
  actor: Actor,
  { form }: { form: ProposalForm },
): Promise<{ proposalId: string }> {
  const { consortiumId, now } = actor
  authorize(
    actor,
    'organisation',
    'proposeRepresentative',
    await organisationFacts(context.db, actor, form.organisationId),
  )
  return context.db.transaction(async tx => {
    const facts = await organisationFacts(tx, actor, form.organisationId)
    const author = authorize(actor, 'organisation', 'proposeRepresentative', facts)
    const person = await personOf(tx, consortiumId, form)
    const book = await loadMandateBook(tx, { consortiumId, instanceIds: [form.instanceId] })
    refuseProblems(
      planDesignation(book, {
        id: null,
        accountId: form.accountId,
        instanceId: form.instanceId,
        organisationId: form.organisationId,
        function: form.function,
        carriesVoice: form.carriesVoice,
        titulaireMandateId: form.titulaireMandateId,
        replacesMandateId: form.replacesMandateId,
        startsOn: form.startsOn,
        endsOn: form.endsOn,
      }).problems,
    )
    const replaced = book.mandates.find(mandate => mandate.id === form.replacesMandateId)
    if (replaced && replaced.organisationId !== form.organisationId) {
      throw new Invalid('Une structure ne remplace que ses propres représentants.', {
        replacesMandateId: ['Choisissez un représentant de votre structure.'],
      })
    }
    const { accountId, givenName: _given, familyName: _family, email: _email, ...wanted } = form
    const [row] = await tx
      .insert(mandateProposals)
      .values({ ...wanted, ...person, accountId, consortiumId, proposedAt: now, proposedBy: author.accountId })
      .returning({ id: mandateProposals.id })
    if (!row) throw new Error('an inserted proposal has an id')
    await tellChefs(context, tx, author, row.id)
    await writeJournal(tx, {
      consortiumId,
      at: now,
      by: author.accountId,
      verb: 'proposal.create',
      subjectKind: 'proposal',
      subjectId: row.id,
      detail: { organisationId: form.organisationId, instanceId: form.instanceId, function: form.function },
    })
    return { proposalId: row.id }
  })
}

/** Writes to every chef de projet that a proposal waits for them. */
export async function tellChefs(
  context: Context,
  tx: Transaction,
  { consortiumId, today }: Actor,
  proposalId: string,
): Promise<void> {
  for (const { accountId } of await chefsDeProjet(tx, consortiumId, today)) {
    await writeMail(context, tx, { kind: 'proposition_recue', accountId, consortiumId, about: { proposalId } })
  }
}

/** The names and the address to keep: those of the person who was chosen, or what was typed. @throws Invalid */
async function personOf(tx: Transaction, consortiumId: string, form: ProposalForm) {
  const { accountId, givenName, familyName, email, organisationId } = form
  if (accountId === null) return { givenName, familyName, email: normalizeEmail(email) }
  const [row] = await tx
    .select({ givenName: accounts.givenName, familyName: accounts.familyName, email: accounts.email })
    .from(accounts)
    .where(and(eq(accounts.id, accountId), isOfOrganisation(tx, consortiumId, organisationId)))
  if (row) return row
  throw new Invalid('Choisissez une personne de votre structure.', {
    accountId: ['Cette personne ne représente pas (ou plus) votre structure : nommez-la avec son adresse.'],
  })
}

/** SQL: the account has, had or will have a mandate or a function for the institution. */
export function isOfOrganisation(tx: Pick<Transaction, 'select'>, consortiumId: string, organisationId: string) {
  const of = (table: typeof mandates | typeof consortiumFunctions) =>
    exists(
      tx
        .select({ one: sql`1` })
        .from(table)
        .where(
          and(
            eq(table.accountId, accounts.id),
            eq(table.consortiumId, consortiumId),
            eq(table.organisationId, organisationId),
          ),
        ),
    )
  return or(of(mandates), of(consortiumFunctions))
}
