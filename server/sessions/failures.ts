import { RateLimiterMemory } from 'rate-limiter-flexible'

/** Ten times as many by address as by account: a whole département sits behind one address. */
const byAddressTimes = 10

export type Counted = { account: string; address: string }

/**
 * Counts tries by account and by network address, and those that succeed not. Kept in memory: one process answers, and a
 * restart that forgets them gives a handful of tries.
 */
export type Failures = {
  /** One more try, counted before its outcome is known: a hundred at once are a hundred. False when it is one too many. */
  attempt(who: Counted): Promise<boolean>
  /** It succeeded: the account's count starts again, and this try is taken from that of the address. */
  forget(who: Counted): Promise<void>
}

/**
 * @param limit.tries by account
 * @param limit.minutes after which they are forgotten
 * @param limit.byAddress false to count by account alone: what only who is signed in can try
 */
export function countFailures(limit: { tries: number; minutes: number; byAddress?: false }): Failures {
  const duration = limit.minutes * 60
  const byAccount = new RateLimiterMemory({ points: limit.tries, duration })
  const byAddress =
    limit.byAddress === false ? null : new RateLimiterMemory({ points: limit.tries * byAddressTimes, duration })
  return {
    async attempt({ account, address }) {
      const counted = await Promise.allSettled([byAccount.consume(account), byAddress?.consume(address)])
      return counted.every(({ status }) => status === 'fulfilled')
    },
    async forget({ account, address }) {
      await Promise.all([byAccount.delete(account), byAddress?.reward(address)])
    },
  }
}
