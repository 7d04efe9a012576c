import { and, eq } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import { accounts, consortiumFunctions } from '#db/schema/index.ts'
import type { Clock } from '#server/calendar.ts'
import { Invalid } from '#server/errors.ts'
import { activeOn } from '#server/habilitations/actor.ts'
import { writeJournal } from '#server/journal.ts'
import { parisDay } from '#server/vocabulary/french.ts'
import { createSessionStore } from './lucia.ts'
import { fitsPowers, weaknessOf } from './password-rules.ts'
import { hashPassword } from './passwords.ts'
import { normalizeEmail } from './sign-in.ts'

/**
 * Gives an account another password, by the person who operates the server, and ends its sessions: a running server
 * closes its live texts at its next sweep.
 *
 * @returns null when no account has this address.
 * @throws Invalid when the password is too weak for what the account may do.
 */
export async function replacePassword(
  { db, clock }: { db: Database; clock: Clock },
  input: { email: string; password: string },
): Promise<{ suspended: boolean } | null> {
  const email = normalizeEmail(input.email)
  const at = clock.now()
  return db.transaction(async tx => {
    const [account] = await tx.select().from(accounts).where(eq(accounts.email, email)).for('update')
    if (!account) return null
    const powerful = account.isAdministrateur || (await isChefDeProjet(tx, account.id, parisDay(at)))
    const weakness = weaknessOf(input.password, { email, powerful })
    if (weakness) throw new Invalid(weakness)
    const passwordHash = await hashPassword(input.password)
    const passwordFitsPowers = fitsPowers(input.password, email)
    await tx.update(accounts).set({ passwordHash, passwordFitsPowers }).where(eq(accounts.id, account.id))
    await createSessionStore(tx).endAll(account.id)
    await writeJournal(tx, {
      consortiumId: null,
      at,
      by: null,
      verb: 'password_replaced',
      subjectKind: 'account',
      subjectId: account.id,
    })
    return { suspended: account.suspendedAt !== null }
  })
}

async function isChefDeProjet(tx: Transaction, accountId: string, today: string): Promise<boolean> {
  const [row] = await tx
    .select({ id: consortiumFunctions.id })
    .from(consortiumFunctions)
    .where(
      and(
        eq(consortiumFunctions.accountId, accountId),
        eq(consortiumFunctions.function, 'chef_de_projet'),
        activeOn(consortiumFunctions, today),
      ),
    )
    .limit(1)
  return row !== undefined
}
