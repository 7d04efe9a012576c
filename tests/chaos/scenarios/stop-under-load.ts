import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Gate } from '../gate.ts'
import { productStarter } from '../product.ts'
import type { Target } from '../target.ts'
import { readFresh, requireEveryToken, Writers } from '../writers.ts'
import { check, type Scenario, type Stage } from './scenario.ts'

/** The server is asked to stop while 30 people type; then again, while the database does not answer and they all leave. */
export const stopUnderLoad: Scenario = {
  name: 'stop-under-load',
  async play(stage) {
    const { storage, kind, own } = stage
    const { gate, url } = kind === 'postgres' ? await Gate.open(storage.env.DATABASE_URL ?? '') : {}
    const start = await productStarter({ ...storage.env, ...(url ? { DATABASE_URL: url } : {}) }, 30)
    const target = own(await start())
    const writers = new Writers(target, { everyMs: 200 })
    await writers.start()
    await sleep(stage.short ? 1_000 : 5_000)
    await target.stop()
    check((await target.ended) === 0, `exit code ${await target.ended}`)
    const next = own(await start())
    const told = await writers.verify(next)
    if (!gate) return `${told}; without a spool: the embedded database cannot be silent`
    return `${told}; ${await stopInSilence(stage, next, start, gate)}`
  },
}

async function stopInSilence(
  { storage, own }: Stage,
  target: Target,
  start: Awaited<ReturnType<typeof productStarter>>,
  gate: Gate,
): Promise<string> {
  const spool = join(storage.env.DATA_DIR, 'spool')
  const writers = new Writers(target, { everyMs: 200, group: 1 })
  await writers.start()
  await sleep(1_000)
  gate.freeze()
  await sleep(500)
  writers.vanish()
  await sleep(200)
  await target.stop()
  check(readdirSync(spool).length > 0, 'nothing was spooled')
  gate.cut()
  await gate.restore()
  const reader = await readFresh(own(await start()))
  reader.leave()
  check(readdirSync(spool).length === 0, 'the spool was not written')
  const told = requireEveryToken(writers.typists, reader)
  const found = reader.found()
  const saved = writers.typists.flatMap(typist => typist.tokens.filter(each => !typist.acknowledged.has(each)))
  const kept = saved.filter(token => found.has(token)).length
  check(kept > 0, 'nothing of the spool is in the text')
  return `in silence: ${told}, ${kept} more from the spool`
}
