import type { VerificationStrength } from './vocabulary/accounts.ts'
import { unbreakableSpaces } from './vocabulary/french.ts'

/**
 * The closed list of expected refusals. Each carries a French sentence meant for the person; anything else that is thrown
 * is a bug and propagates.
 */
export abstract class Refusal extends Error {
  abstract readonly status: number
  /** @param message as one types it: French typography is given here, once. */
  constructor(message: string) {
    super(unbreakableSpaces(message))
  }
}

/** The thing does not exist, or this person may not know that it does: same answer (rule H0). */
export class NotFound extends Refusal {
  readonly status = 404
  constructor() {
    super('Cette page n’existe pas, ou vous n’y avez pas accès.')
  }
}

/** The person may read the thing but not do this: says why and who can. */
export class Forbidden extends Refusal {
  readonly status = 403
}

/** The person may do this, once they have given a second factor: nothing else is wrong. */
export class VerificationNeeded extends Refusal {
  readonly status = 403
  readonly strength: VerificationStrength
  constructor(strength: VerificationStrength) {
    super(
      strength === 'forte'
        ? 'Cette action demande un code de votre application d’authentification.'
        : 'Cette action demande un code de vérification.',
    )
    this.strength = strength
  }
}

/** The state of the thing does not allow this any more, or not yet. */
export class Conflict extends Refusal {
  readonly status = 409
}

/** What was sent cannot be accepted; `fields` maps a field's name to what is wrong with it and how to mend it. */
export class Invalid extends Refusal {
  readonly status = 422
  readonly fields: Readonly<Record<string, string[]>>
  constructor(message: string, fields: Record<string, string[]> = {}) {
    super(message)
    this.fields = Object.fromEntries(
      Object.entries(fields).map(([field, messages]) => [field, messages.map(unbreakableSpaces)]),
    )
  }
}

/** More than the product accepts in one piece. */
export class TooLarge extends Refusal {
  readonly status = 413
}

/** Too many tries in too short a time. */
export class TooManyTries extends Refusal {
  readonly status = 429
}

/** Nobody is signed in. */
export class NotSignedIn extends Refusal {
  readonly status = 401
  constructor() {
    super('Connectez-vous pour continuer.')
  }
}
