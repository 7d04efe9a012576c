import { and, eq, isNotNull, isNull, lt, or } from 'drizzle-orm'
import { Secret, TOTP } from 'otpauth'
import type { Transaction } from '#db/client.ts'
import { totpCredentials } from '#db/schema/index.ts'

const period = 30

/** A new secret, in base32. */
export function newSecret(): string {
  return new Secret({ size: 20 }).base32
}

/** The address that an authenticator application reads, as text or as a QR code. */
export function otpauthUri(secret: string, email: string): string {
  return authenticator(secret, email).toString()
}

/**
 * The time step of a code, the one before and the one after accepted: clocks of telephones drift.
 * @returns null when the code is none of them
 */
export function stepOf(secret: string, code: string, at: Date): number | null {
  if (!/^\d{6}$/.test(code)) return null
  const delta = authenticator(secret, '').validate({ token: code, timestamp: at.getTime(), window: 1 })
  return delta === null ? null : Math.floor(at.getTime() / 1000 / period) + delta
}

/** Uses a code of a confirmed application: each serves once, and none older than the last. False when it does not do. */
export async function takeTotp(tx: Transaction, accountId: string, code: string, at: Date): Promise<boolean> {
  const [credential] = await tx
    .select()
    .from(totpCredentials)
    .where(and(eq(totpCredentials.accountId, accountId), isNotNull(totpCredentials.confirmedAt)))
  const step = credential ? stepOf(credential.secret, code, at) : null
  if (step === null) return false
  const used = await tx
    .update(totpCredentials)
    .set({ lastStep: step })
    .where(
      and(
        eq(totpCredentials.accountId, accountId),
        or(isNull(totpCredentials.lastStep), lt(totpCredentials.lastStep, step)),
      ),
    )
    .returning({ accountId: totpCredentials.accountId })
  return used.length > 0
}

function authenticator(secret: string, label: string): TOTP {
  return new TOTP({
    issuer: 'Espace SPIE',
    label,
    secret: Secret.fromBase32(secret),
    algorithm: 'SHA1',
    digits: 6,
    period,
  })
}
