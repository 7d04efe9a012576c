/**
 * The product and its demonstration: killed, then serving again, then 200 people back in their text. On both
 * databases, interleaved; against a bare Hocuspocus with a text of that size: `npm run bench:restart -- --runs 3`.
 */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { LiveProvider } from '#app/editor/connection/LiveProvider.ts'
import { LiveSocket } from '#app/editor/connection/LiveSocket.ts'
import { liveTextName, liveTextPath } from '#server/vocabulary/live-texts.ts'
import { productStarter } from '../chaos/product.ts'
import { launchTool, newStorage, type Target } from '../chaos/target.ts'
import { median } from './statistics.ts'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    people: { type: 'string', default: '200' },
    only: { type: 'string', default: 'bare,pglite,postgres' },
  },
})
const kinds = ['bare', 'pglite', 'postgres'] as const
type Kind = (typeof kinds)[number]
const chosen = kinds.filter(kind => values.only.split(',').includes(kind))
const GOALS = { bare: null, pglite: 2_500, postgres: 1_000 }
const BACK_GOAL = 3_000
const PATIENCE_MS = 60_000

/** Milliseconds: from the kill to the first page; from there to everybody's text being here again. */
type Run = { kind: Kind; serving: number; back: number }
type Restarted = { start(): Promise<Target>; page: string; remove(): Promise<void> }

const runs: Run[] = []
for (let n = 0; n < Number(values.runs); n++) {
  for (const kind of chosen) {
    const run = await measure(kind)
    runs.push(run)
    console.log(`run ${n + 1}  ${kind.padEnd(8)}  serving ${run.serving.toFixed(0)} ms  back ${run.back.toFixed(0)} ms`)
  }
}
for (const kind of chosen) {
  const of = (figure: (run: Run) => number, which = kind) => median(runs.filter(run => run.kind === which).map(figure))
  const [serving, back] = [of(run => run.serving), of(run => run.back)]
  const bare = of(run => run.serving, 'bare')
  console.log(
    `${kind.padEnd(8)}  serving ${serving.toFixed(0)} ms (goal ≤ ${GOALS[kind] ?? 'none'}), ${(serving / bare).toFixed(2)} × bare;  ` +
      `${values.people} back ${back.toFixed(0)} ms (goal ≤ ${BACK_GOAL})`,
  )
}

async function measure(kind: Kind): Promise<Run> {
  const { start, page, remove } = kind === 'bare' ? await bare() : await product(kind)
  const first = await start()
  const people = Array.from({ length: Number(values.people) }, (_, n) => connect(first, n))
  let target = first
  try {
    await until(() => people.every(({ synced }) => synced), 'opening')
    await sleep(1_000)
    const killed = performance.now()
    await first.kill()
    target = await start()
    await served(`http://127.0.0.1:${target.port}${page}`)
    const serving = performance.now()
    await until(() => people.every(({ synced }) => synced), 'coming back')
    return { kind, serving: serving - killed, back: performance.now() - serving }
  } finally {
    for (const person of people) leave(person)
    await target.kill()
    await remove()
  }
}

async function product(kind: Exclude<Kind, 'bare'>): Promise<Restarted> {
  const { env, remove } = await newStorage(kind)
  // As `npm start` does.
  env.NODE_COMPILE_CACHE = join(import.meta.dirname, '../../node_modules/.cache/compile')
  return { start: await productStarter(env, Number(values.people)), page: '/connexion', remove }
}

/** On a port of its own choice at first, then on that one. */
async function bare(): Promise<Restarted> {
  let port = 0
  return {
    page: '/',
    remove: async () => {},
    async start() {
      const env = { PORT: String(port), PAGE: import.meta.filename, OPERATIONS: '300' }
      const target: Target = await launchTool('tests/load/bare-editor/server.ts', env)
      port = target.port
      return target
    },
  }
}

/** As the page of minutes does it, its waits between attempts included. */
function connect({ port, text, cookies }: Target, number: number): LiveProvider {
  const headers = { origin: `http://127.0.0.1:${port}`, cookie: cookies[number % cookies.length] ?? '' }
  class Socket extends WebSocket {
    constructor(url: string) {
      super(url, { headers })
      this.on('error', () => {})
    }
  }
  const socket = new LiveSocket(`ws://127.0.0.1:${port}${liveTextPath(text)}`, Socket as never)
  const provider = new LiveProvider({ name: liveTextName(text), document: new Y.Doc(), websocketProvider: socket })
  provider.attach()
  void socket.connect()
  return provider
}

function leave(person: LiveProvider): void {
  person.destroy()
  person.configuration.websocketProvider.destroy()
}

async function served(url: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS
  while (Date.now() < deadline) {
    const answer = await fetch(url).catch(() => null)
    if (answer?.status === 200) return
    await sleep(10)
  }
  throw new Error(`${url} does not answer`)
}

async function until(condition: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`waited in vain: ${what}`)
    await sleep(10)
  }
}
