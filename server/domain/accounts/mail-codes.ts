import { createHash, randomInt } from 'node:crypto'
import { and, desc, eq, gt, isNull, lt, sql } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import { mailCodes } from '#db/schema/index.ts'

/** For how long a code sent by mail serves, in milliseconds. */
export const mailCodeLasts = 10 * 60 * 1000

const mostTries = 5

/** Waits for the mail that will carry the code; codes asked for before it in this session serve no more. @returns its id */
export async function awaitMailCode(
  tx: Transaction,
  session: { accountId: string; sessionId: string },
  at: Date,
): Promise<string> {
  await tx.delete(mailCodes).where(eq(mailCodes.sessionId, session.sessionId))
  const expiresAt = new Date(at.getTime() + mailCodeLasts)
  const { accountId, sessionId } = session
  const [row] = await tx
    .insert(mailCodes)
    .values({ accountId, sessionId, createdAt: at, expiresAt })
    .returning({ id: mailCodes.id })
  if (!row) throw new Error('an inserted code has an id')
  return row.id
}

/**
 * Makes the code when its mail leaves. A mail that is tried again carries another one.
 * @returns null when nobody waits for it any more
 */
export async function mintMailCode(db: Database, codeId: string, at: Date): Promise<string | null> {
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  const [row] = await db
    .update(mailCodes)
    .set({ codeHash: hashOf(codeId, code) })
    .where(and(eq(mailCodes.id, codeId), isNull(mailCodes.usedAt), gt(mailCodes.expiresAt, at)))
    .returning({ id: mailCodes.id })
  return row ? code : null
}

/** Uses the code that was sent to a session: five tries, then another one is to be asked for. */
export async function takeMailCode(tx: Transaction, sessionId: string, code: string, at: Date): Promise<boolean> {
  const [tried] = await tx
    .update(mailCodes)
    .set({ tries: sql`${mailCodes.tries} + 1` })
    .where(
      and(
        eq(mailCodes.sessionId, sessionId),
        isNull(mailCodes.usedAt),
        gt(mailCodes.expiresAt, at),
        lt(mailCodes.tries, mostTries),
      ),
    )
    .returning({ id: mailCodes.id, codeHash: mailCodes.codeHash })
  if (!tried || tried.codeHash !== hashOf(tried.id, code)) return false
  await tx.update(mailCodes).set({ usedAt: at }).where(eq(mailCodes.id, tried.id))
  return true
}

/** When a code was asked for that may still be typed in this session; null without one. */
export async function awaitedMailCode(db: Database, sessionId: string, at: Date): Promise<Date | null> {
  const [row] = await db
    .select({ createdAt: mailCodes.createdAt })
    .from(mailCodes)
    .where(
      and(
        eq(mailCodes.sessionId, sessionId),
        isNull(mailCodes.usedAt),
        gt(mailCodes.expiresAt, at),
        lt(mailCodes.tries, mostTries),
      ),
    )
    .orderBy(desc(mailCodes.createdAt))
    .limit(1)
  return row?.createdAt ?? null
}

/** Salted by the row: the million codes cannot be hashed once for all of them. */
function hashOf(codeId: string, code: string): string {
  return createHash('sha256').update(`${codeId} ${code}`).digest('hex')
}
