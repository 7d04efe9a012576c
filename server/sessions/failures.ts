import { RateLimiterMemory } from 'rate-limiter-flexible'

/** Ten times as many by address as by account: a whole département sits behind one address. */
const byAddressTimes = 10

export type Counted = { account: string; address: string }

/**
 * Counts tries (failures, or mail asked for) by account and by network address. Kept in memory: one process answers, and
 * a restart that forgets them gives a handful of tries.
 */
export type Failures = {
  /** True when one of the two counts is used up: nothing is tried any more. */
  tooMany(who: Counted): Promise<boolean>
  /** One more. */
  count(who: Counted): Promise<void>
  /** The account succeeded: its count starts again; that of the address does not. */
  forget(account: string): Promise<void>
}

/** @param limit tries by account, and the minutes after which they are forgotten */
export function countFailures(limit: { tries: number; minutes: number }): Failures {
  const duration = limit.minutes * 60
  const byAccount = new RateLimiterMemory({ points: limit.tries, duration })
  const byAddress = new RateLimiterMemory({ points: limit.tries * byAddressTimes, duration })
  return {
    async tooMany({ account, address }) {
      const results = await Promise.all([byAccount.get(account), byAddress.get(address)])
      return results.some(result => result !== null && result.remainingPoints <= 0)
    },
    async count({ account, address }) {
      await Promise.allSettled([byAccount.consume(account), byAddress.consume(address)])
    },
    async forget(account) {
      await byAccount.delete(account)
    },
  }
}
