/** What a measured process says of itself, to the process that started it. */
import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

export type Question = 'cpu' | 'memory'

/** Answers `cpu` in microseconds, and `memory` in bytes: what is reachable, once the garbage is gone. */
export function answerMeasures(): void {
  process.on('message', async (question: Question) => {
    if (question !== 'cpu' && question !== 'memory') return
    process.send?.(question === 'cpu' ? cpu() : await memory())
  })
}

function cpu(): number {
  const { user, system } = process.cpuUsage()
  return user + system
}

async function memory(): Promise<number> {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  for (let n = 0; n < 4; n++) {
    collect()
    await sleep(50)
  }
  const { heapUsed, external } = process.memoryUsage()
  // `external` counts the array buffers.
  return heapUsed + external
}
