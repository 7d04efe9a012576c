/** Loaded before a server that is watched: it says, when asked, what it holds after a collection, and the CPU it spent. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

process.on('message', what => {
  if (what === 'cpu') process.send?.(process.cpuUsage())
  if (what !== 'memory') return
  collect()
  process.send?.(process.memoryUsage())
})
