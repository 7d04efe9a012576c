/** What the benches say of their figures. */

/** @returns the value below which `rank` per cent of them are; NaN without a value. */
export function percentile(values: readonly number[], rank: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor((rank / 100) * sorted.length))] ?? Number.NaN
}

/** One disturbed run among several does not decide. */
export function median(values: readonly number[]): number {
  return percentile(values, 50)
}

/** A ratio against its goal: `1.18 × (goal ≤ 1.25: met)`. */
export function againstGoal(value: number, reference: number, goal: number): string {
  const ratio = value / reference
  return `${ratio.toFixed(2)} × (goal ≤ ${goal}: ${ratio <= goal ? 'met' : 'NOT met'})`
}
