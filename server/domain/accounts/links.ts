import { createHash, randomBytes } from 'node:crypto'
import { and, eq, gt, isNull } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import { accountLinks } from '#db/schema/index.ts'
import type { LinkPurpose } from '#server/vocabulary/accounts.ts'

const hour = 3600 * 1000

/** For how long a link serves after it left, in milliseconds. */
export const linkLasts: Readonly<Record<LinkPurpose, number>> = {
  invitation: 14 * 24 * hour,
  mot_de_passe: hour,
  ancienne_adresse: 48 * hour,
  nouvelle_adresse: 48 * hour,
}

export type Link = { id: string; accountId: string; purpose: LinkPurpose; emailChangeId: string | null }

/**
 * Makes a link that serves once, when the mail that carries it leaves. A mail that is tried again carries another one; all
 * of them die with the first that serves.
 * @returns its token, of which only the SHA-256 is kept
 */
export async function mintLink(
  db: Database | Transaction,
  input: { accountId: string; purpose: LinkPurpose; emailChangeId?: string; at: Date },
): Promise<string> {
  const { at, ...link } = input
  const token = randomBytes(32).toString('base64url')
  const expiresAt = new Date(at.getTime() + linkLasts[link.purpose])
  await db.insert(accountLinks).values({ ...link, id: hashOf(token), createdAt: at, expiresAt })
  return token
}

/** The link of a token while it may serve: reading it consumes nothing. */
export async function findLink(
  db: Database | Transaction,
  token: string,
  purposes: readonly LinkPurpose[],
  at: Date,
): Promise<Link | null> {
  const [link] = await db
    .select(linkColumns)
    .from(accountLinks)
    .where(and(eq(accountLinks.id, hashOf(token)), isNull(accountLinks.usedAt), gt(accountLinks.expiresAt, at)))
  return link && purposes.includes(link.purpose) ? link : null
}

/**
 * Uses a link. Of two at once, one alone is answered true: the row itself decides.
 * The others of the same purpose, for the same cause, die with it.
 */
export async function consumeLink(tx: Transaction, link: Link, at: Date): Promise<boolean> {
  const [used] = await tx
    .update(accountLinks)
    .set({ usedAt: at })
    .where(and(eq(accountLinks.id, link.id), isNull(accountLinks.usedAt), gt(accountLinks.expiresAt, at)))
    .returning({ id: accountLinks.id })
  if (!used) return false
  await tx
    .delete(accountLinks)
    .where(
      and(
        eq(accountLinks.accountId, link.accountId),
        eq(accountLinks.purpose, link.purpose),
        isNull(accountLinks.usedAt),
      ),
    )
  return true
}

/**
 * Kills the links of invitation that an account may have: whoever holds one was given it for another consortium, or
 * before the account had the powers it receives.
 */
export async function endInvitationLinks(tx: Transaction, accountId: string): Promise<void> {
  await tx
    .delete(accountLinks)
    .where(
      and(eq(accountLinks.accountId, accountId), eq(accountLinks.purpose, 'invitation'), isNull(accountLinks.usedAt)),
    )
}

const linkColumns = {
  id: accountLinks.id,
  accountId: accountLinks.accountId,
  purpose: accountLinks.purpose,
  emailChangeId: accountLinks.emailChangeId,
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
