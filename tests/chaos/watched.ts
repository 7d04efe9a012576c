/** Loaded before a server that is watched: it says, when asked, what it holds after a collection, and the CPU it spent. */
import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

process.on('message', async what => {
  if (what === 'cpu') process.send?.(process.cpuUsage())
  if (what === 'memory') process.send?.(await memory())
})

/** What is reachable: a collection may only prepare what the next one frees. */
async function memory(): Promise<NodeJS.MemoryUsage> {
  for (let n = 0; n < 4; n++) {
    collect()
    await sleep(50)
  }
  return process.memoryUsage()
}
