import type { Context } from '#server/domain/context.ts'
import { VerificationNeeded } from '#server/errors.ts'
import { isStrongEnough, type VerificationStrength } from '#server/vocabulary/accounts.ts'

/** For how long a second factor holds, in milliseconds: it is asked at most every twelve hours. */
export const verificationLasts = 12 * 3600 * 1000

/**
 * The second-factor rule: `courriel` before validating minutes, `forte` before adopting, voting or administering. Asked
 * after the right itself, by the command, and by the page that leads to it, so that nothing typed is lost.
 * @throws VerificationNeeded when this deployment requires it and the session has none that holds
 */
export function requireVerification(
  context: Pick<Context, 'settings'>,
  person: { readonly verification: VerificationStrength | null },
  strength: VerificationStrength,
): void {
  if (context.settings.secondFactor === 'offered' || isStrongEnough(person.verification, strength)) return
  throw new VerificationNeeded(strength)
}
