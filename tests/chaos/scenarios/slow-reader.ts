import { setTimeout as sleep } from 'node:timers/promises'
import { productStarter } from '../product.ts'
import { Typist } from '../typist.ts'
import { until } from '../until.ts'
import { Writers } from '../writers.ts'
import { check, type Scenario } from './scenario.ts'

const READERS = 4
/** What the server may keep for one who does not read, and what else it may hold meanwhile. */
const MOST_KEPT = 33e6
const SLACK = 150e6
/** One who writes much, within what a socket may send. */
const LARGE = { characters: 200_000, everyMs: 800, writers: 3 }

/** Some stop reading, their sockets open, while others write much. */
export const slowReader: Scenario = {
  name: 'slow-reader',
  leftOut: ({ short }) => (short ? 'what the server may keep for one of them takes half a minute to fill' : null),
  async play({ storage, own }) {
    const target = own(await (await productStarter(storage.env, 12))())
    const writers = new Writers(target, { pages: 4, everyMs: 200 })
    const heavy = target.cookies.slice(4, 4 + LARGE.writers).map(cookie => new Typist({ ...target, cookie }))
    const readers = target.cookies.slice(-READERS).map(cookie => new Typist({ ...target, cookie }))
    await writers.start()
    await until(() => [...heavy, ...readers].every(typist => typist.synced), 'pages opened')
    let writing = true
    const written = heavy.map(async (typist, who) => {
      for (; writing; await sleep(LARGE.everyMs)) typist.replaceLarge(LARGE.characters)
      typist.type(`[9.${who}.0]`, 'own')
    })
    const before = await writers.p95During(sleep(10_000))
    const held = async () => {
      const { heapUsed, external } = await target.memory()
      return heapUsed + external
    }
    const base = await held()
    for (const reader of readers) reader.stopReading()
    let most = 0
    const p95 = await writers.p95During(
      (async () => {
        const end = Date.now() + 240_000
        while (!readers.every(reader => reader.letGo) && Date.now() < end) {
          most = Math.max(most, await held())
          for (const reader of readers) reader.ping()
          await sleep(1_000)
        }
      })(),
    )
    writing = false
    await Promise.all(written)
    check(
      readers.every(reader => reader.letGo),
      `${readers.filter(reader => reader.letGo).length} of ${READERS} who do not read were let go`,
    )
    check(most - base < READERS * MOST_KEPT + SLACK, `${Math.round((most - base) / 1e6)} MB kept for them`)
    for (const reader of readers) reader.leave()
    const told = await writers.verify(target, heavy)
    return (
      `${READERS} let go, ${Math.round((most - base) / 1e6)} MB at most kept for them; ` +
      `the others' acknowledgements: p95 ${(p95 / before).toFixed(2)} × what it was; ${told}`
    )
  },
}
