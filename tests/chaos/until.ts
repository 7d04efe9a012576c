import { setTimeout as sleep } from 'node:timers/promises'

/** Waits for a condition. The bound is no measure: it is there so that a broken server ends the run. */
export async function until(condition: () => boolean, what: string, boundMs = 30_000): Promise<void> {
  const deadline = Date.now() + boundMs
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`waited in vain: ${what}`)
    await sleep(10)
  }
}
