import { eq } from 'drizzle-orm'
import { accounts, sessions } from '#db/schema/index.ts'
import { Conflict } from '#server/errors.ts'
import { writeMail } from '#server/mail/outbox.ts'
import { parisDay } from '#server/vocabulary/french.ts'
import { hasOtherAdministrateur, type Person } from '../accounts/administering.ts'
import { endInvitationLinks } from '../accounts/links.ts'
import { invitingConsortium } from '../accounts/own-rights.ts'
import type { Context } from '../context.ts'
import { placesToday } from './account-page.ts'
import { type AccountAct, changeAccount } from './change-account.ts'

/** Ends every session of an account: its person signs in again. @throws NotFound, VerificationNeeded, Conflict */
export async function endAccountSessions(context: Context, person: Person, act: AccountAct): Promise<void> {
  const told = { verb: 'account.endSessions', event: 'session_fermee' } as const
  await changeAccount(context, person, act, told, async (tx, account) => {
    await tx.delete(sessions).where(eq(sessions.userId, account.id))
  })
}

/**
 * Sends the invitation of somebody who has never signed in once more.
 * @throws NotFound, VerificationNeeded, Conflict (signed in already, suspended)
 */
export async function resendAccountInvitation(context: Context, person: Person, act: AccountAct): Promise<void> {
  const told = { verb: 'account.resendInvitation', event: 'invitation_renvoyee' } as const
  await changeAccount(context, person, act, told, async (tx, account, at) => {
    if (account.suspendedAt) throw new Conflict('Ce compte est suspendu : rétablissez-le d’abord.')
    if (account.passwordHash !== null) {
      throw new Conflict('Cette personne a déjà choisi son mot de passe : elle n’a plus besoin d’invitation.')
    }
    await writeMail(context, tx, {
      kind: 'invitation',
      accountId: account.id,
      consortiumId: await invitingConsortium(tx, account.id, parisDay(at)),
    })
  })
}

/**
 * Makes somebody an administrateur, who reads no content: somebody without any mandate or function, now or later. Links of
 * invitation that others may have handed over open nothing any more.
 * @throws NotFound, VerificationNeeded, Conflict (is one, suspended, has a mandate or a function)
 */
export async function nameAdministrateur(context: Context, person: Person, act: AccountAct): Promise<void> {
  const told = { verb: 'account.nameAdministrateur', event: 'administrateur_nomme' } as const
  await changeAccount(context, person, act, told, async (tx, account, at) => {
    if (account.suspendedAt) throw new Conflict('Ce compte est suspendu : rétablissez-le d’abord.')
    if (account.isAdministrateur) throw new Conflict('Cette personne est déjà administrateur.')
    const current = await placesToday(tx, account.id, parisDay(at))
    if (current.length > 0) throw new Conflict(readsContent(current))
    await endInvitationLinks(tx, account.id)
    await tx.update(accounts).set({ isAdministrateur: true }).where(eq(accounts.id, account.id))
  })
}

/** Why somebody of a consortium does not administer the deployment. @param places the names of their consortia */
export function readsContent(places: readonly string[]): string {
  const where = places.map(name => `« ${name} »`).join(', ')
  return `Cette personne a un mandat ou une fonction : ${where}. Un administrateur ne lit aucun contenu : le chef de projet doit d’abord y mettre fin, ou la personne administre avec un autre compte, à une autre adresse.`
}

/** Takes the administration from somebody; there is always one left who can sign in. @throws NotFound, VerificationNeeded, Conflict */
export async function withdrawAdministrateur(context: Context, person: Person, act: AccountAct): Promise<void> {
  const told = { verb: 'account.withdrawAdministrateur', event: 'administrateur_retire' } as const
  await changeAccount(context, person, act, told, async (tx, account) => {
    if (!account.isAdministrateur) throw new Conflict('Cette personne n’est pas administrateur.')
    if (!(await hasOtherAdministrateur(tx, account.id))) {
      throw new Conflict('C’est le dernier administrateur qui puisse se connecter : nommez-en un autre d’abord.')
    }
    await tx.update(accounts).set({ isAdministrateur: false }).where(eq(accounts.id, account.id))
  })
}
