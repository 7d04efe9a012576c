import type { Person } from '#server/domain/accounts/administering.ts'
import { loadRights } from '#server/habilitations/actor.ts'
import type { VerificationStrength } from '#server/vocabulary/accounts.ts'
import type { CastDatabase } from '../cast.ts'

/** Somebody who signed in, as pages around the consortia receive them. */
export async function personOf(
  world: CastDatabase,
  email: string,
  verification: VerificationStrength | null = null,
): Promise<Person> {
  const accountId = await world.accountIdOf(email)
  const rights = await loadRights(world.handle.db, { accountId, now: world.clock.now() })
  return {
    accountId,
    sessionId: 'session',
    isAdministrateur: email.startsWith('administrateur@'),
    rights: { ...rights, verification },
  }
}
