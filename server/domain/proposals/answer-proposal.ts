import { eq } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { accounts } from '#db/schema/index.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { requireVerification } from '#server/habilitations/verification.ts'
import { writeMail } from '#server/mail/outbox.ts'
import type { MailKind } from '#server/vocabulary/mail.ts'
import type { ProposableFunction } from '#server/vocabulary/proposals.ts'
import type { Context } from '../context.ts'
import { type DesignatedPerson, designate } from '../governance/designate.ts'
import { changeProposal, type ProposalRow } from './change-proposal.ts'

/**
 * The chef de projet accepts: the mandate begins as proposed, or with other words, another first day, with the voice or
 * without. @throws NotFound, Forbidden, Conflict (H42), Invalid by field of the designation, VerificationNeeded
 */
export async function acceptProposal(
  context: Context,
  actor: Actor,
  input: { proposalId: string; functionLabel: string; startsOn: string; carriesVoice: boolean },
): Promise<void> {
  const { proposalId, ...adjusted } = input
  await changeProposal(context, actor, { proposalId, action: 'answer', state: 'acceptee' }, async (tx, author, row) => {
    requireVerification(context, author, 'forte')
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
      endsOn: null,
      ...adjusted,
    })
    await tell(context, tx, row, 'proposition_acceptee')
    return { mandateId }
  })
  context.live.recheck()
}

/** The chef de projet returns a proposal and says why. @throws NotFound, Forbidden, Conflict (H42) */
export async function returnProposal(
  context: Context,
  actor: Actor,
  { proposalId, reason }: { proposalId: string; reason: string },
): Promise<void> {
  await changeProposal(context, actor, { proposalId, action: 'answer', state: 'retournee' }, async (tx, _, row) => {
    await tell(context, tx, row, 'proposition_retournee')
    return { reason }
  })
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
