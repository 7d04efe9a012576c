import { eq } from 'drizzle-orm'
import { accounts } from '#db/schema/index.ts'
import { Invalid } from '#server/errors.ts'
import { writeJournal } from '#server/journal.ts'
import { writeSecurityLog } from '#server/security-log.ts'
import { weaknessOf } from '#server/sessions/password-rules.ts'
import { hashPassword } from '#server/sessions/passwords.ts'
import { normalizeEmail } from '#server/sessions/sign-in.ts'
import { emailProblem } from '#server/vocabulary/emails.ts'
import { parisDay } from '#server/vocabulary/french.ts'
import { endInvitationLinks } from '../accounts/links.ts'
import type { Context } from '../context.ts'
import { placesToday } from './account-page.ts'
import { readsContent } from './administer-account.ts'

/**
 * The person who administers the deployment, made by whoever operates the server. An account that exists becomes one and
 * keeps its names and its password.
 *
 * @throws Invalid when the address or the password will not do, the account cannot sign in, or has a mandate or a function.
 */
export async function createAdministrateur(
  context: Pick<Context, 'db' | 'clock'>,
  input: { email: string; givenName: string; familyName: string; password: string },
): Promise<{ email: string; created: boolean }> {
  const email = normalizeEmail(input.email)
  const problem = emailProblem(email) ?? weaknessOf(input.password, { email, powerful: true })
  if (problem) throw new Invalid(problem)
  const kept = { passwordHash: await hashPassword(input.password), passwordFitsPowers: true }
  const at = context.clock.now()
  return context.db.transaction(async tx => {
    const [known] = await tx.select().from(accounts).where(eq(accounts.email, email)).for('update')
    if (known?.suspendedAt) throw new Invalid('Ce compte est suspendu : un administrateur doit d’abord le rétablir.')
    if (known?.isAdministrateur) throw new Invalid(`Le compte « ${email} » est déjà administrateur.`)
    const current = known ? await placesToday(tx, known.id, parisDay(at)) : []
    if (current.length > 0) throw new Invalid(readsContent(current))
    if (known) await endInvitationLinks(tx, known.id)
    const given = { givenName: input.givenName.trim(), familyName: input.familyName.trim() }
    const [row] = known
      ? await tx
          .update(accounts)
          .set({ isAdministrateur: true, ...(known.passwordHash === null ? kept : {}) })
          .where(eq(accounts.id, known.id))
          .returning({ id: accounts.id })
      : await tx
          .insert(accounts)
          .values({ ...given, email, ...kept, isAdministrateur: true, createdAt: at })
          .returning({ id: accounts.id })
    const accountId = row?.id ?? ''
    await writeSecurityLog(tx, { at, event: 'administrateur_nomme', accountId })
    await writeJournal(tx, {
      consortiumId: null,
      at,
      by: null,
      verb: 'account.nameAdministrateur',
      subjectKind: 'account',
      subjectId: accountId,
    })
    return { email, created: known?.passwordHash == null }
  })
}
