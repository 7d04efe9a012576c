import { and, desc, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { outgoingMails } from '#db/schema/index.ts'
import { Conflict } from '#server/errors.ts'
import { writeMail } from '#server/mail/outbox.ts'
import { parisDay } from '#server/vocabulary/french.ts'
import type { Person } from '../accounts/administering.ts'
import { invitingConsortium } from '../accounts/own-rights.ts'
import type { Context } from '../context.ts'
import { type MailToCopy, toCopy } from '../mails/mail-page.ts'
import { type AccountAct, type AccountRow, changeAccount } from './change-account.ts'

/**
 * Writes the invitation of somebody who has never signed in, for the administrateur to hand over where nothing sends mail:
 * nobody else reaches the first chef de projet of a consortium, nor whom several consortia know.
 * @throws NotFound, VerificationNeeded, Conflict (it leaves by itself, they signed in, suspended, nothing to join)
 */
export function invitationToCopy(context: Context, person: Person, act: AccountAct): Promise<MailToCopy> {
  const told = { verb: 'account.showInvitation', event: 'invitation_affichee' } as const
  return changeAccount(context, person, act, told, async (tx, account, at) => {
    requireByHand(context, account)
    return toCopy(context, tx, await waitingInvitation(context, tx, account.id, parisDay(at)))
  })
}

/**
 * Says that an invitation was handed over: those that waited will not leave, since one link opens the whole account.
 * @throws NotFound, VerificationNeeded, Conflict (as `invitationToCopy`; none waits)
 */
export async function markInvitationHandedOver(context: Context, person: Person, act: AccountAct): Promise<void> {
  const told = { verb: 'account.handOverInvitation', event: 'invitation_remise' } as const
  await changeAccount(context, person, act, told, async (tx, account, at) => {
    requireByHand(context, account)
    const handed = await tx
      .update(outgoingMails)
      .set({ state: 'envoye', sentAt: at, sentBy: person.accountId, lastError: null })
      .where(waiting(account.id))
      .returning({ id: outgoingMails.id })
    if (handed.length === 0) throw new Conflict('Aucune invitation n’attend d’être remise : affichez-la d’abord.')
  })
}

/** @throws Conflict */
function requireByHand({ settings }: Context, { suspendedAt, passwordHash }: AccountRow): void {
  if (settings.sendsMail) throw new Conflict('Cet espace envoie ses courriels : l’invitation part d’elle-même.')
  if (suspendedAt) throw new Conflict('Ce compte est suspendu : rétablissez-le d’abord.')
  if (passwordHash !== null) {
    throw new Conflict('Cette personne a déjà choisi son mot de passe : elle n’a plus besoin d’invitation.')
  }
}

/** The invitation that waits in the name of a consortium where the person has something to do, or a new one. */
async function waitingInvitation(context: Context, tx: Transaction, accountId: string, today: string) {
  const consortiumId = await invitingConsortium(tx, accountId, today)
  const theirs =
    consortiumId === null ? isNull(outgoingMails.consortiumId) : eq(outgoingMails.consortiumId, consortiumId)
  const [found] = await tx
    .select()
    .from(outgoingMails)
    .where(and(waiting(accountId), theirs))
    .orderBy(desc(outgoingMails.createdAt))
    .limit(1)
  if (found) return found
  const id = await writeMail(context, tx, { kind: 'invitation', accountId, consortiumId })
  const [written] = await tx.select().from(outgoingMails).where(eq(outgoingMails.id, id))
  if (!written) throw new Error('a written mail is there')
  return written
}

function waiting(accountId: string) {
  return and(
    eq(outgoingMails.accountId, accountId),
    eq(outgoingMails.kind, 'invitation'),
    eq(outgoingMails.state, 'en_attente'),
  )
}
