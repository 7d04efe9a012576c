import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import { productStarter } from '../product.ts'
import { Typist } from '../typist.ts'
import { until } from '../until.ts'
import { Writers } from '../writers.ts'
import type { Scenario } from './scenario.ts'

/** One page sends thousands of frames at once, and large ones: it is read more slowly, and nothing is dropped. */
export const flood: Scenario = {
  name: 'flood',
  async play({ storage, short, own }) {
    const [frames, large] = short ? [900, 3] : [6_000, 30]
    const target = own(await (await productStarter(storage.env, 10))())
    const writers = new Writers(target, { pages: 9, everyMs: 200 })
    await writers.start()
    await sleep(1_000)
    const alone = await writers.p95During(sleep(short ? 2_000 : 15_000))
    const flooder = new Typist({ ...target, cookie: target.cookies[9] ?? '' })
    await until(() => flooder.synced, 'the page that floods')
    const flooding = async () => {
      for (let n = 0; n < large; n++) {
        flooder.replaceLarge(900_000)
        await nextTurn()
      }
      for (let n = 0; n < frames; n++) {
        flooder.type(`[9.0.${n}]`, 'own')
        // The others type in this process too.
        if (n % 10 === 0) await nextTurn()
      }
      await until(() => flooder.settled, 'everything that was sent at once', 300_000)
    }
    const p95 = await writers.p95During(flooding())
    const told = await writers.verify(target, [flooder])
    return (
      `${frames} frames and ${large} large ones at once, none dropped; ` +
      `the others' acknowledgements: p95 ${p95.toFixed(0)} ms, ${(p95 / alone).toFixed(2)} × what it is without; ${told}`
    )
  },
}
