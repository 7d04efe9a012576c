import type { Transaction } from '#db/client.ts'
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
      person: personOf(row),
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

/** Somebody chosen among those of the institution, or the names and address that were typed. */
function personOf({ accountId, email, givenName, familyName }: ProposalRow): DesignatedPerson {
  return accountId === null ? { email, givenName, familyName } : { accountId }
}

function tell(context: Context, tx: Transaction, row: ProposalRow, kind: MailKind) {
  const { id, proposedBy, consortiumId } = row
  return writeMail(context, tx, { kind, accountId: proposedBy, consortiumId, about: { proposalId: id } })
}
