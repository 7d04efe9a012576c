/** Loaded before a server that is watched: it says what it holds, after a collection, when asked. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

process.on('message', what => {
  if (what !== 'memory') return
  collect()
  process.send?.(process.memoryUsage())
})
