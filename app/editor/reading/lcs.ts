/** A run of items that are in both lists, only in the first, or only in the second. */
export type Run<Item> =
  | { kind: 'same'; before: Item[]; after: Item[] }
  | { kind: 'changed'; removed: Item[]; added: Item[] }

/** Above this many pairs to compare, what differs is shown as replaced whole: it would take seconds. */
const MOST_PAIRS = 4_000_000

/** What two lists have in common, in order, and what differs in between (longest common subsequence on `key`). */
export function commonRuns<Item>(
  before: readonly Item[],
  after: readonly Item[],
  key: (item: Item) => string,
): Run<Item>[] {
  const beforeKeys = before.map(key)
  const afterKeys = after.map(key)
  const start = commonStart(beforeKeys, afterKeys)
  const end = commonEnd(beforeKeys, afterKeys, start)
  const middle = matches(
    beforeKeys.slice(start, beforeKeys.length - end),
    afterKeys.slice(start, afterKeys.length - end),
  )
  const pairs = [
    ...Array.from({ length: start }, (_, index) => [index, index] as const),
    ...middle.map(([i, j]) => [i + start, j + start] as const),
    ...Array.from({ length: end }, (_, index) => [before.length - end + index, after.length - end + index] as const),
  ]
  return runsBetween(before, after, pairs)
}

function commonStart(before: string[], after: string[]): number {
  let length = 0
  while (length < before.length && length < after.length && before[length] === after[length]) length++
  return length
}

function commonEnd(before: string[], after: string[], start: number): number {
  let length = 0
  const most = Math.min(before.length, after.length) - start
  while (length < most && before[before.length - 1 - length] === after[after.length - 1 - length]) length++
  return length
}

/** Pairs of indices of a longest common subsequence, in order. */
function matches(before: string[], after: string[]): [number, number][] {
  if (before.length * after.length > MOST_PAIRS) return []
  const width = after.length + 1
  // lengths[i * width + j]: length of the longest one in what follows before[i] and after[j].
  const lengths = new Uint32Array((before.length + 1) * width)
  const length = (i: number, j: number) => lengths[i * width + j] ?? 0
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      lengths[i * width + j] =
        before[i] === after[j] ? length(i + 1, j + 1) + 1 : Math.max(length(i + 1, j), length(i, j + 1))

  const pairs: [number, number][] = []
  for (let i = 0, j = 0; i < before.length && j < after.length; ) {
    if (before[i] === after[j]) pairs.push([i++, j++])
    else if (length(i + 1, j) >= length(i, j + 1)) i++
    else j++
  }
  return pairs
}

function runsBetween<Item>(
  before: readonly Item[],
  after: readonly Item[],
  pairs: readonly (readonly [number, number])[],
): Run<Item>[] {
  const runs: Run<Item>[] = []
  let [i, j] = [0, 0]
  for (const [nextI, nextJ] of [...pairs, [before.length, after.length] as const]) {
    if (i < nextI || j < nextJ)
      runs.push({ kind: 'changed', removed: before.slice(i, nextI), added: after.slice(j, nextJ) })
    const last = runs.at(-1)
    const sameBefore = before.slice(nextI, nextI + 1)
    const sameAfter = after.slice(nextJ, nextJ + 1)
    if (sameBefore.length > 0) {
      if (last?.kind === 'same') last.before.push(...sameBefore) && last.after.push(...sameAfter)
      else runs.push({ kind: 'same', before: sameBefore, after: sameAfter })
    }
    ;[i, j] = [nextI + 1, nextJ + 1]
  }
  return runs
}
