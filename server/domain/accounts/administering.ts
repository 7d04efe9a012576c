import { NotFound } from '#server/errors.ts'
import { requireVerification } from '#server/habilitations/verification.ts'
import type { SessionAccount } from '#server/sessions/lucia.ts'
import type { Context } from '../context.ts'

/** Somebody who signed in, outside any consortium. */
export type Person = Pick<SessionAccount, 'accountId' | 'sessionId' | 'isAdministrateur' | 'rights'>

/**
 * Lets an administrateur act, once a strong second factor is given; for anybody else accounts do not exist.
 * @throws NotFound, VerificationNeeded
 */
export function requireAdministrateur(
  context: Pick<Context, 'settings'>,
  person: Pick<Person, 'isAdministrateur' | 'rights'>,
): void {
  onlyAdministrateur(person)
  requireVerification(context, { verification: person.rights.verification ?? null }, 'forte')
}

/** Lets an administrateur read what they administer; for anybody else it does not exist. @throws NotFound */
export function onlyAdministrateur(person: Pick<Person, 'isAdministrateur'>): void {
  if (!person.isAdministrateur) throw new NotFound()
}
