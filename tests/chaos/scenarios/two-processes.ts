import { setTimeout as sleep } from 'node:timers/promises'
import { productStarter } from '../product.ts'
import { launch } from '../target.ts'
import { Writers } from '../writers.ts'
import { check, type Scenario } from './scenario.ts'

/** A second server is started on the database of a first one, in which people type. */
export const twoProcesses: Scenario = {
  name: 'two-processes',
  async play({ storage, own }) {
    const target = own(await (await productStarter(storage.env))())
    const writers = new Writers(target)
    await writers.start()
    for (let n = 0; n < 2; n++) {
      const env = { ...storage.env, PORT: '0' }
      const second = await launch('server/index.ts', env, line => line.startsWith('Adresse')).catch(() => null)
      if (second) await second.kill()
      check(second === null, 'a second process serves the same database')
      await sleep(200)
    }
    await writers.progress('typing beside a refused process')
    return `refused twice; ${await writers.verify(target)}`
  },
}
