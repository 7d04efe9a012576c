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

/** The straight line nearest to some points: its slope, and the standard error of that slope. */
export function line(points: readonly (readonly [x: number, y: number])[]): { slope: number; error: number } {
  const count = points.length
  const mean = (of: (point: readonly [number, number]) => number) => points.reduce((sum, p) => sum + of(p), 0) / count
  const meanX = mean(([x]) => x)
  const meanY = mean(([, y]) => y)
  const spread = count * mean(([x]) => (x - meanX) ** 2)
  const slope = (count * mean(([x, y]) => (x - meanX) * (y - meanY))) / spread
  const residue = count * mean(([x, y]) => (y - meanY - slope * (x - meanX)) ** 2)
  return { slope, error: Math.sqrt(residue / (count - 2) / spread) }
}
