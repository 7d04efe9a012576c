/**
 * Live texts that are long, and what they weigh, against a bare Hocuspocus of the same version that keeps each text in one
 * column of the same kind of database; interleaved, each run in fresh processes:
 * `npm run bench:texts -- --measure open,storm,memory --runs 3 --only pglite,postgres`.
 */
import { fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import * as Y from 'yjs'
import type { DatabaseKind } from '#db/client.ts'
import type { LiveTextKey } from '#server/vocabulary/live-texts.ts'
import { ask, launch, launchTool, newStorage, type Running } from '../chaos/target.ts'
import { digestOf } from './contents.ts'
import type { EditorsOrder, Typed } from './long-editors.ts'
import type { Opened, OpeningOrder, Read } from './opening.ts'
import { textFile } from './rewritten-text.ts'
import { againstGoal, median, percentile } from './statistics.ts'

const { values } = parseArgs({
  options: {
    measure: { type: 'string', default: 'open,storm,memory' },
    runs: { type: 'string', default: '3' },
    only: { type: 'string', default: 'pglite,postgres' },
  },
})
const RUNS = Number(values.runs)
const OPENINGS = 6
const CROWD = 100
const EDITORS = 5
const KEYS_PER_SECOND = 10
const BEFORE_MS = 5_000
/** What was made for the opening itself is gone by then. */
const SETTLED_MS = 15_000
const ORDINARY = { operations: 2_500, texts: 80 }
const LONG = { operations: 100_000, texts: 10 }

type Engine = 'bare' | 'product'
const engines: Engine[] = ['bare', 'product']
const kinds = (['pglite', 'postgres'] as const).filter(kind => values.only.split(',').includes(kind))
const long = await textFile(LONG.operations)
const rewritten = await textFile(LONG.operations, 9 * LONG.operations)

for (const measure of values.measure.split(',')) {
  for (const kind of kinds) {
    if (measure === 'open') await benchOpening(kind)
    if (measure === 'storm') await benchStorm(kind)
    if (measure === 'memory') await benchMemory(kind)
  }
}

/** One person opens a text that is not in memory; then one with ten times its history. */
async function benchOpening(kind: DatabaseKind): Promise<void> {
  const found = { bare: [] as number[][], product: [] as number[][] }
  for (let run = 0; run < RUNS; run++) {
    for (const state of [long, rewritten]) {
      for (const engine of engines) {
        const times = await openOneByOne(kind, engine, state)
        found[engine].push(times)
        const title = state === long ? '100,000 operations' : '1,000,000 operations'
        console.log(`${kind} ${engine.padEnd(7)} ${title}: ms ${times.map(time => time.toFixed(0)).join(' ')}`)
      }
    }
  }
  const of = (engine: Engine, offset: number) => median(found[engine].filter((_, n) => n % 2 === offset).flat())
  const first = (engine: Engine) => median(found[engine].filter((_, n) => n % 2 === 0).map(times => times[0] ?? 0))
  const [bare, product] = [of('bare', 0), of('product', 0)]
  console.log(`\n${kind}, cold opening: bare ${ms(bare)}, product ${ms(product)}: ${againstGoal(product, bare, 1.15)}`)
  console.log(`${kind}, the first of a process: ${againstGoal(first('product'), first('bare'), 1.15)}`)
  console.log(`${kind}, ten times the history: ${ms(of('product', 1))}: ${againstGoal(of('product', 1), product, 2)}`)
  console.log(`${kind}, ten times the history, bare: ${ms(of('bare', 1))}, ${(of('bare', 1) / bare).toFixed(2)} ×\n`)
}

async function openOneByOne(kind: DatabaseKind, engine: Engine, state: string): Promise<number[]> {
  return serve(
    kind,
    engine,
    { STATE: state, TEXTS: OPENINGS, PEOPLE: 1 },
    async ({ port, texts, cookies: [cookie = ''] }) => {
      const opener = startHelper('opening.ts')
      try {
        const pages = texts.map(text => ({ text, cookie }))
        const { each } = await opener.ask<Opened>({ kind: 'open', port, together: false, pages })
        await expectWords(opener, digestOf(docOf(state)))
        await opener.ask({ kind: 'leave' })
        return each
      } finally {
        opener.end()
      }
    },
  )
}

/** A hundred people open a text in which five are typing. */
async function benchStorm(kind: DatabaseKind): Promise<void> {
  const runs = { bare: [] as Storm[], product: [] as Storm[] }
  for (let run = 0; run < RUNS; run++) {
    for (const engine of engines) {
      const storm = await storms(kind, engine)
      runs[engine].push(storm)
      console.log(
        `${kind} ${engine.padEnd(7)} ${CROWD} open in ${ms(storm.total)} (the middle one ${ms(median(storm.each))}), server CPU ${ms(storm.cpu)}; ` +
          `editors p95 before ${ms(percentile(storm.before, 95))}, during ${ms(percentile(storm.during, 95))} (${storm.during.length} keys)` +
          `; generator busy ${Math.round(storm.load * 100)} %${storm.trouble ? `  ${storm.trouble}` : ''}`,
      )
    }
  }
  if ([...runs.bare, ...runs.product].some(({ trouble }) => trouble)) process.exitCode = 1
  const of = (engine: Engine, figure: 'total' | 'cpu') => median(runs[engine].map(storm => storm[figure]))
  const p95 = (engine: Engine, when: 'before' | 'during') =>
    percentile(
      runs[engine].flatMap(storm => storm[when]),
      95,
    )
  console.log(`\n${kind}, ${CROWD} at once: time ${againstGoal(of('product', 'total'), of('bare', 'total'), 0.2)}`)
  console.log(`${kind}, ${CROWD} at once: CPU ${againstGoal(of('product', 'cpu'), of('bare', 'cpu'), 0.2)}`)
  for (const engine of engines) {
    console.log(
      `${kind}, editors of ${engine}: p95 before ${ms(p95(engine, 'before'))}, during ${ms(p95(engine, 'during'))}`,
    )
  }
  console.log(
    `${kind}, editors during: ${(p95('product', 'during') / p95('bare', 'during')).toFixed(2)} × bare, ${(p95('product', 'during') / p95('product', 'before')).toFixed(2)} × before\n`,
  )
}

type Storm = Opened & { cpu: number; before: number[]; during: number[]; trouble: string | null }

async function storms(kind: DatabaseKind, engine: Engine): Promise<Storm> {
  return serve(
    kind,
    engine,
    { STATE: long, TEXTS: 1, PEOPLE: CROWD + EDITORS },
    async ({ port, texts: [text], cookies, cpu }) => {
      if (!text) throw new Error('no text')
      const [editors, crowd] = [startHelper('long-editors.ts'), startHelper('opening.ts')]
      try {
        await editors.ask({ kind: 'type', port, text, cookies: cookies.slice(CROWD), keysPerSecond: KEYS_PER_SECOND })
        await sleep(BEFORE_MS)
        const cpuBefore = await cpu()
        await editors.ask({ kind: 'mark' })
        const pages = cookies.slice(0, CROWD).map(cookie => ({ text, cookie }))
        const opened = await crowd.ask<Opened>({ kind: 'open', port, together: true, pages })
        const spent = (await cpu()) - cpuBefore
        await editors.ask({ kind: 'mark' })
        const typed = await editors.ask<Typed>({ kind: 'stop' })
        await sleep(500)
        const [before = [], during = []] = typed.seen
        const starved =
          opened.load > 0.9 ? `STARVED: the crowd's process was busy ${Math.round(opened.load * 100)} %` : null
        const trouble = typed.trouble ?? difference(await crowd.ask<Read>({ kind: 'read' }), typed) ?? starved
        await crowd.ask({ kind: 'leave' })
        return { ...opened, cpu: spent / 1000, before, during, trouble }
      } finally {
        editors.end()
        crowd.end()
      }
    },
  )
}

function difference(read: Read, { vector, words }: Typed): string | null {
  const others = read.vectors.filter(each => each !== vector).length
  if (others > 0) return `DIVERGED: ${others} pages are not at the editors' state`
  return read.words.every(each => each === words) ? null : 'DIVERGED: the pages show another text'
}

/** What an open text weighs, somebody's connection included, and what it leaves behind. */
async function benchMemory(kind: DatabaseKind): Promise<void> {
  for (const { operations, texts } of [ORDINARY, LONG]) {
    const state = await textFile(operations)
    const found = { bare: [] as number[], product: [] as number[], left: [] as number[] }
    for (let run = 0; run < RUNS; run++) {
      found.bare.push(await weighDocs(state, texts))
      const { open, left } = await weighOpen(kind, state, texts)
      found.product.push(open)
      found.left.push(left)
    }
    const [bare, product, left] = [median(found.bare), median(found.product), median(found.left)]
    console.log(
      `${kind}, ${operations} operations: a bare Y.Doc ${kB(bare)}, an open text ${kB(product)}: ${againstGoal(product, bare, 1.3)}; ` +
        `left after closing ${kB(left)} (goal ≤ 20 kB: ${left <= 20_000 ? 'met' : 'NOT met'})`,
    )
  }
}

async function weighDocs(state: string, texts: number): Promise<number> {
  const { child, memory, kill } = await launch('tests/load/bare-docs.ts', { STATE: state }, line => line === '{}')
  try {
    await ask(child, { make: 2 })
    const before = held(await memory())
    await ask(child, { make: texts })
    return (held(await memory()) - before) / texts
  } finally {
    await kill()
  }
}

/** The first texts opened fill caches and pools that do not grow with the next ones. */
async function weighOpen(kind: DatabaseKind, state: string, texts: number) {
  const warmUp = Math.ceil(texts / 2)
  const env = { STATE: state, TEXTS: warmUp + texts, PEOPLE: 1 }
  return serve(kind, 'product', env, async ({ port, texts: all, cookies: [cookie = ''], memory }) => {
    const opener = startHelper('opening.ts')
    const open = (chosen: LiveTextKey[]) =>
      opener.ask({ kind: 'open', port, together: false, pages: chosen.map(text => ({ text, cookie })) })
    const leave = async () => {
      await opener.ask({ kind: 'leave' })
      await sleep(2_500)
    }
    try {
      await open(all.slice(texts))
      await leave()
      const before = held(await memory())
      await open(all.slice(0, texts))
      await sleep(SETTLED_MS)
      const during = held(await memory())
      await leave()
      const after = held(await memory())
      return { open: (during - before) / texts, left: (after - before) / texts }
    } finally {
      opener.end()
    }
  })
}

type Served = { port: number; texts: LiveTextKey[]; cookies: string[] }

async function serve<T>(
  kind: DatabaseKind,
  engine: Engine,
  env: { STATE: string; TEXTS: number; PEOPLE: number },
  use: (served: Served & Running) => Promise<T>,
): Promise<T> {
  const storage = await newStorage(kind)
  const server = await launchTool<Served>('tests/load/texts-server.ts', {
    ...storage.env,
    STATE: env.STATE,
    TEXTS: `${env.TEXTS}`,
    PEOPLE: `${env.PEOPLE}`,
    ...(engine === 'bare' ? { BARE: '1' } : {}),
  })
  try {
    return await use(server)
  } finally {
    await server.kill()
    await storage.remove()
  }
}

type Helper = { ask<T = unknown>(order: OpeningOrder | EditorsOrder): Promise<T>; end(): void }

/** A process that loads the server, apart from it and from this one. */
function startHelper(script: string): Helper {
  const child = fork(join(import.meta.dirname, script))
  return { ask: order => ask(child, order), end: () => void child.kill('SIGKILL') }
}

/** `external` counts the array buffers. */
function held({ heapUsed, external }: NodeJS.MemoryUsage): number {
  return heapUsed + external
}

async function expectWords(opener: Helper, expected: string): Promise<void> {
  const { words } = await opener.ask<Read>({ kind: 'read' })
  if (words.length === 0 || words.some(each => each !== expected)) throw new Error('DIVERGED: another text was opened')
}

function docOf(file: string): Y.Doc {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, readFileSync(file))
  return doc
}

function ms(value: number): string {
  return `${value.toFixed(value < 20 ? 1 : 0)} ms`
}

function kB(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`
}
