const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** How long an attempt may last before another one may begin: more than every time-out together. */
export const leaseMs = 10 * MINUTE

/** How long mail rests when no server answered. It is tried for as long as that lasts. */
export const awayMs = 5 * MINUTE

/** How long mail rests after its first, second… refusal. */
const FIRST_RESTS = [MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR]
const LATER_REST = 6 * HOUR
/** Refused for ten days: the first rests take eight hours, forty later ones ten days. */
const MOST_REFUSALS = FIRST_RESTS.length + 40

/** How long mail rests after so many refusals, in milliseconds; null once it is to be given up. */
export function restAfter(refusals: number): number | null {
  return refusals > MOST_REFUSALS ? null : (FIRST_RESTS[refusals - 1] ?? LATER_REST)
}
