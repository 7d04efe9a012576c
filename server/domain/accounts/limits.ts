import { TooManyTries } from '#server/errors.ts'
import { type Counted, countFailures, type Failures } from '#server/sessions/failures.ts'
import type { Context } from '../context.ts'

/** What is counted of the tries to act on an account, each apart from the others. */
type Limits = {
  /** One's own password, typed again before something grave. */
  password: Failures
  /** Codes of a second factor. */
  code: Failures
  /** Links received by mail, once their button is pressed. */
  link: Failures
  /** Mail that somebody makes the product send. */
  mail: Failures
}

const known = new WeakMap<Context, Limits>()

/** The counts of this process. */
export function limitsOf(context: Context): Limits {
  let limits = known.get(context)
  if (!limits) {
    limits = {
      password: countFailures({ tries: 5, minutes: 15 }),
      code: countFailures({ tries: 5, minutes: 15 }),
      link: countFailures({ tries: 5, minutes: 15 }),
      mail: countFailures({ tries: 5, minutes: 60 }),
    }
    known.set(context, limits)
  }
  return limits
}

/** Counts one more try. @throws TooManyTries */
export async function countTry(failures: Failures, who: Counted): Promise<void> {
  if (await failures.attempt(who)) return
  throw new TooManyTries('Trop d’essais ont été faits. Attendez un quart d’heure, puis recommencez.')
}
