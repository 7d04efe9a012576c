import { TooManyTries } from '#server/errors.ts'
import { type Counted, countFailures, type Failures } from '#server/sessions/failures.ts'
import type { Context } from '../context.ts'

/** What is counted, and what somebody who has tried too much is told. */
type Limit = Failures & { refusal: string }

/** What is counted of the tries to act on an account, each apart from the others. */
type Limits = {
  /** One's own password, typed again before something grave. */
  password: Limit
  /** Codes of a second factor. */
  code: Limit
  /** Links received by mail, once their button is pressed. */
  link: Limit
  /** Mail that anybody makes the product send, without signing in. */
  anonymousMail: Limit
  /** Mail that who is signed in makes the product send: never counted against those who share their network address. */
  ownMail: Limit
}

const known = new WeakMap<Context, Limits>()

/** The counts of this process. */
export function limitsOf(context: Context): Limits {
  let limits = known.get(context)
  if (!limits) {
    limits = {
      password: quarterOfAnHour(),
      code: quarterOfAnHour(),
      link: quarterOfAnHour(),
      anonymousMail: hourOfMail(countFailures({ tries: 5, minutes: 60 })),
      ownMail: hourOfMail(countFailures({ tries: 5, minutes: 60, byAddress: false })),
    }
    known.set(context, limits)
  }
  return limits
}

/** Counts one more try. @throws TooManyTries */
export async function countTry(limit: Limit, who: Counted): Promise<void> {
  if (await limit.attempt(who)) return
  throw new TooManyTries(limit.refusal)
}

function quarterOfAnHour(): Limit {
  const refusal = 'Trop d’essais ont été faits. Attendez un quart d’heure, puis recommencez.'
  return { ...countFailures({ tries: 5, minutes: 15 }), refusal }
}

function hourOfMail(failures: Failures): Limit {
  return { ...failures, refusal: 'Trop de courriels ont été demandés. Attendez une heure, puis recommencez.' }
}
