import { eq } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { accounts } from '#db/schema/index.ts'
import { Conflict } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { requireVerification } from '#server/habilitations/verification.ts'
import { writeMail } from '#server/mail/outbox.ts'
import type { MailKind } from '#server/vocabulary/mail.ts'
import type { ProposableFunction } from '#server/vocabulary/proposals.ts'
import type { Context } from '../context.ts'
import { type DesignatedPerson, designate } from '../governance/designate.ts'
import { endMandates } from '../governance/end-mandates.ts'
import { loadMandateBook } from '../governance/mandate-book.ts'
import { endingsOf } from '../governance/plan-designation.ts'
import { changeProposal, type ProposalRow } from './change-proposal.ts'
import { checkLastDay } from './propose-ending.ts'

/**
 * The chef de projet accepts: the mandate begins as proposed, or with other words, other days, with the voice or without.
 * @throws NotFound, Forbidden, Conflict (H42), Invalid by field of the designation, VerificationNeeded
 */
export async function acceptProposal(
  context: Context,
  actor: Actor,
  input: {
    proposalId: string
    functionLabel: string
    startsOn: string
    /** As proposed, where it is not given. */
    endsOn?: string | null
    carriesVoice: boolean
  },
): Promise<void> {
  const { proposalId, ...adjusted } = input
  await changeProposal(context, actor, { proposalId, action: 'answer', state: 'acceptee' }, async (tx, author, row) => {
    requireVerification(context, author, 'forte')
    if (row.kind === 'fin') throw new Conflict('C’est la fin d’un mandat qui est proposée. Rechargez la page.')
    const { mandateId } = await designate(context, tx, author, {
      person: await personOf(tx, row),
      instanceId: row.instanceId,
      organisationId: row.organisationId,
      function: row.function as ProposableFunction,
      civilite: row.civilite,
      qualite: row.qualite,
      titulaireMandateId: row.titulaireMandateId,
      replacesMandateId: row.replacesMandateId,
      readsDossier: false,
      endsOn: row.endsOn,
      ...adjusted,
    })
    await tell(context, tx, row, 'proposition_acceptee')
    return { mandateId }
  })
  context.live.recheck()
}

/**
 * The chef de projet accepts that a mandate ends, on the day proposed or another; who serves it ends with it.
 * @throws NotFound, Forbidden, Conflict (H42; it has ended by then), VerificationNeeded
 */
export async function acceptEnding(
  context: Context,
  actor: Actor,
  { proposalId, lastDay }: { proposalId: string; lastDay: string },
): Promise<void> {
  await changeProposal(context, actor, { proposalId, action: 'answer', state: 'acceptee' }, async (tx, author, row) => {
    requireVerification(context, author, 'forte')
    if (row.kind !== 'fin') throw new Conflict('C’est une personne qui est proposée. Rechargez la page.')
    if (row.endsMandateId === null) throw new Conflict('Ce mandat a été supprimé : retournez la proposition.')
    const book = await loadMandateBook(tx, { consortiumId: author.consortiumId, instanceIds: [row.instanceId] })
    checkLastDay(book, { mandateId: row.endsMandateId, lastDay, field: 'lastDay' })
    await endMandates(tx, author, endingsOf(book, row.endsMandateId, lastDay))
    await tell(context, tx, row, 'proposition_acceptee')
    return { endsOn: lastDay }
  })
  context.live.recheck()
}

/**
 * The chef de projet returns a proposal and says why.
 * @throws NotFound, Forbidden, Conflict (H42), VerificationNeeded
 */
export async function returnProposal(
  context: Context,
  actor: Actor,
  { proposalId, reason }: { proposalId: string; reason: string },
): Promise<void> {
  await changeProposal(
    context,
    actor,
    { proposalId, action: 'answer', state: 'retournee' },
    async (tx, author, row) => {
      requireVerification(context, author, 'forte')
      await tell(context, tx, row, 'proposition_retournee')
      return { reason }
    },
  )
}

/** The correspondant takes a proposal back while nobody has answered it. @throws NotFound, Forbidden, Conflict (H43) */
export async function withdrawProposal(context: Context, actor: Actor, proposalId: string): Promise<void> {
  await changeProposal(context, actor, { proposalId, action: 'withdraw', state: 'retiree' }, async () => ({}))
}

/** The names and address that were typed; those whose account it is are reached by the address that they now have. */
async function personOf(
  tx: Transaction,
  { accountId, email, givenName, familyName }: ProposalRow,
): Promise<DesignatedPerson> {
  const typed = { email, givenName, familyName }
  if (accountId === null) return typed
  const [account] = await tx.select({ email: accounts.email }).from(accounts).where(eq(accounts.id, accountId))
  return { ...typed, ...account }
}

function tell(context: Context, tx: Transaction, row: ProposalRow, kind: MailKind) {
  const { id, proposedBy, consortiumId } = row
  return writeMail(context, tx, { kind, accountId: proposedBy, consortiumId, about: { proposalId: id } })
}
