import { eq } from 'drizzle-orm'
import { accounts, consortia } from '#db/schema/index.ts'
import type { Context } from '#server/domain/context.ts'
import { hasRightNowOrLater } from '#server/domain/governance/rights-to-come.ts'
import { parisDay, personName } from '#server/vocabulary/french.ts'
import type { AbandonReason } from '#server/vocabulary/mail.ts'

/** Whom mail is for, as they are when it leaves. */
export type Recipient = {
  email: string
  name: string
  /** Null for mail about an account itself. */
  consortium: { name: string; territory: string } | null
}

/** The recipient of a mail, or why they may not receive it any more. */
export async function recipientOf(
  { db, clock }: Context,
  mail: { accountId: string; consortiumId: string | null },
): Promise<Recipient | { gone: AbandonReason }> {
  const [account] = await db.select().from(accounts).where(eq(accounts.id, mail.accountId))
  if (!account || account.erasedAt) return { gone: 'compte_efface' }
  if (account.suspendedAt) return { gone: 'compte_suspendu' }
  const person = { email: account.email, name: personName(account) }
  const { accountId, consortiumId } = mail
  if (consortiumId === null) return { ...person, consortium: null }
  const [consortium] = await db
    .select({ name: consortia.name, territory: consortia.territory })
    .from(consortia)
    .where(eq(consortia.id, consortiumId))
  if (!consortium) throw new Error('the consortium of a mail exists')
  if (!(await hasRightNowOrLater(db, { accountId, consortiumId, day: parisDay(clock.now()) }))) {
    return { gone: 'plus_de_droit' }
  }
  return { ...person, consortium }
}
