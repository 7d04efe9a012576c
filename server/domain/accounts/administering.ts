import { and, eq, isNotNull, isNull, ne } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { accounts } from '#db/schema/index.ts'
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

/**
 * Locks every administrateur, in one order for everybody and before any other account, so that two acts at once leave one.
 */
export async function lockAdministrateurs(tx: Transaction): Promise<void> {
  await tx
    .select({ id: accounts.id })
    .from(accounts)
    .where(eq(accounts.isAdministrateur, true))
    .orderBy(accounts.id)
    .for('update')
}

/** Whether anybody else could administer the deployment: an administrateur who can sign in. */
export async function hasOtherAdministrateur(tx: Transaction, accountId: string): Promise<boolean> {
  const [other] = await tx
    .select({ id: accounts.id })
    .from(accounts)
    .where(
      and(
        eq(accounts.isAdministrateur, true),
        ne(accounts.id, accountId),
        isNotNull(accounts.passwordHash),
        isNull(accounts.suspendedAt),
        isNull(accounts.erasedAt),
      ),
    )
    .limit(1)
  return other !== undefined
}
