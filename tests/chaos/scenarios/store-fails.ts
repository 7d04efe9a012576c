import { setTimeout as sleep } from 'node:timers/promises'
import { productStarter } from '../product.ts'
import { installStoreSwitch } from '../store-switch.ts'
import { until } from '../until.ts'
import { Writers } from '../writers.ts'
import { check, health, type Scenario } from './scenario.ts'

/** Every write of the journal fails, for a minute. */
export const storeFails: Scenario = {
  name: 'store-fails',
  async play({ storage, short, own }) {
    const seconds = short ? 4 : 60
    const turn = await installStoreSwitch(storage.env)
    const target = own(await (await productStarter(storage.env))())
    const writers = new Writers(target)
    await writers.start()
    await writers.progress('typing')
    await turn('fails')
    // The last writes before the switch are acknowledged meanwhile.
    await sleep(500)
    const before = writers.acknowledged
    const end = Date.now() + seconds * 1000
    let degraded: Awaited<ReturnType<typeof health>> | null = null
    await until(() => writers.typists.every(typist => !typist.synced), 'pages told that nothing is stored')
    while (Date.now() < end) {
      degraded = await health(target)
      const page = await fetch(`http://127.0.0.1:${target.port}/tarn/accueil`, {
        headers: { cookie: target.cookies[0] ?? '' },
      })
      check(page.status === 200, `a page that only reads answered ${page.status}`)
      await sleep(500)
    }
    check(
      writers.acknowledged === before,
      `${writers.acknowledged - before} edits acknowledged while nothing is stored`,
    )
    check(degraded?.status === 'degraded' && degraded.http === 200, `health said ${JSON.stringify(degraded)}`)
    await turn('none')
    await writers.progress('the store is back')
    const told = await writers.verify(target)
    const after = await health(target)
    check(after.status === 'ok', `health says ${JSON.stringify(after)} once the store is back`)
    return `${seconds} s without a store; ${told}`
  },
}
