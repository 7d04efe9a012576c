import { createHash, randomInt } from 'node:crypto'
import { and, count, eq, isNull } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import { recoveryCodes } from '#db/schema/index.ts'

const codesAtOnce = 10

/** Without the letters and figures that are mistaken for each other on paper. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Replaces somebody's recovery codes. @returns the new ones, which are kept as SHA-256 and never shown again */
export async function renewRecoveryCodes(tx: Transaction, accountId: string, at: Date): Promise<string[]> {
  const codes = Array.from({ length: codesAtOnce }, newCode)
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.accountId, accountId))
  await tx.insert(recoveryCodes).values(codes.map(code => ({ accountId, codeHash: hashOf(code), createdAt: at })))
  return codes
}

/** Uses a recovery code, once. False when it is not one of theirs, or has served. */
export async function takeRecoveryCode(tx: Transaction, accountId: string, code: string, at: Date): Promise<boolean> {
  const used = await tx
    .update(recoveryCodes)
    .set({ usedAt: at })
    .where(
      and(
        eq(recoveryCodes.accountId, accountId),
        eq(recoveryCodes.codeHash, hashOf(code)),
        isNull(recoveryCodes.usedAt),
      ),
    )
    .returning({ id: recoveryCodes.id })
  return used.length > 0
}

/** How many recovery codes somebody has left. */
export async function recoveryCodesLeft(db: Database | Transaction, accountId: string): Promise<number> {
  const [row] = await db
    .select({ left: count() })
    .from(recoveryCodes)
    .where(and(eq(recoveryCodes.accountId, accountId), isNull(recoveryCodes.usedAt)))
  return row?.left ?? 0
}

/** Three groups of four characters: 59 bits. */
function newCode(): string {
  const group = () => Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join('')
  return [group(), group(), group()].join('-')
}

/** However it was copied: capitals, spaces and hyphens do not count. */
function hashOf(code: string): string {
  return createHash('sha256')
    .update(code.toLowerCase().replace(/[^a-z0-9]/g, ''))
    .digest('hex')
}
