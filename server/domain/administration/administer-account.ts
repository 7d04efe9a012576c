import { eq } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { accounts, consortiumFunctions, mandates, sessions } from '#db/schema/index.ts'
import { Conflict } from '#server/errors.ts'
import { writeMail } from '#server/mail/outbox.ts'
import type { Person } from '../accounts/administering.ts'
import type { Context } from '../context.ts'
import { type AccountAct, changeAccount, otherAdministrateurs } from './change-account.ts'

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
  await changeAccount(context, person, act, told, async (tx, account) => {
    if (account.suspendedAt) throw new Conflict('Ce compte est suspendu : rétablissez-le d’abord.')
    if (account.passwordHash !== null) {
      throw new Conflict('Cette personne a déjà choisi son mot de passe : elle n’a plus besoin d’invitation.')
    }
    await writeMail(context, tx, {
      kind: 'invitation',
      accountId: account.id,
      consortiumId: await consortiumOf(tx, account.id),
    })
  })
}

/** Makes somebody an administrateur. @throws NotFound, VerificationNeeded, Conflict (is one, suspended) */
export async function nameAdministrateur(context: Context, person: Person, act: AccountAct): Promise<void> {
  const told = { verb: 'account.nameAdministrateur', event: 'administrateur_nomme' } as const
  await changeAccount(context, person, act, told, async (tx, account) => {
    if (account.suspendedAt) throw new Conflict('Ce compte est suspendu : rétablissez-le d’abord.')
    if (account.isAdministrateur) throw new Conflict('Cette personne est déjà administrateur.')
    await tx.update(accounts).set({ isAdministrateur: true }).where(eq(accounts.id, account.id))
  })
}

/** Takes the administration from somebody; there is always one left. @throws NotFound, VerificationNeeded, Conflict */
export async function withdrawAdministrateur(context: Context, person: Person, act: AccountAct): Promise<void> {
  const told = { verb: 'account.withdrawAdministrateur', event: 'administrateur_retire' } as const
  await changeAccount(context, person, act, told, async (tx, account) => {
    if (!account.isAdministrateur) throw new Conflict('Cette personne n’est pas administrateur.')
    if ((await otherAdministrateurs(tx, account.id)) === 0) {
      throw new Conflict('C’est le dernier administrateur en activité : nommez-en un autre d’abord.')
    }
    await tx.update(accounts).set({ isAdministrateur: false }).where(eq(accounts.id, account.id))
  })
}

/** A consortium to whose space the person is invited; null for who has none. */
async function consortiumOf(tx: Transaction, accountId: string): Promise<string | null> {
  const [fn] = await tx
    .select({ consortiumId: consortiumFunctions.consortiumId })
    .from(consortiumFunctions)
    .where(eq(consortiumFunctions.accountId, accountId))
    .limit(1)
  if (fn) return fn.consortiumId
  const [seat] = await tx
    .select({ consortiumId: mandates.consortiumId })
    .from(mandates)
    .where(eq(mandates.accountId, accountId))
    .limit(1)
  return seat?.consortiumId ?? null
}
