/** People who type in one text, each in a paragraph of their own, with carets. In a process of its own. */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { EDITOR_FRAGMENT } from '#server/vocabulary/editor-schema.ts'
import { type LiveTextKey, liveTextName, liveTextPath } from '#server/vocabulary/live-texts.ts'

export type Orders = { port: number; text: LiveTextKey; cookies: string[]; keysPerSecond: number; seconds: number }

export type Measures = {
  keys: number
  /** Milliseconds from a key to its sight by somebody else, and to its acknowledgement. */
  seen: number[]
  acknowledged: number[]
  /** What would make the figures those of this process and not of the server. */
  starved: string | null
  diverged: string | null
}

const WARM_UP_MS = 2_000

class Writer {
  readonly doc = new Y.Doc()
  readonly provider: HocuspocusProvider
  readonly seen: number[] = []
  readonly acknowledged: number[] = []
  readonly #typedAt: number[] = []
  #acknowledgedKeys = 0
  #unsynced = 0
  #text: Y.XmlText | null = null
  typing = false
  measuring = false
  keys = 0
  lateness = 0

  constructor({ port, text }: Orders, cookie: string) {
    const headers = { origin: `http://127.0.0.1:${port}`, cookie }
    const websocketProvider = new HocuspocusProviderWebsocket({
      url: `ws://127.0.0.1:${port}${liveTextPath(text)}`,
      WebSocketPolyfill: class extends WebSocket {
        constructor(url: string) {
          super(url, { headers })
        }
      },
    })
    this.provider = new HocuspocusProvider({
      name: liveTextName(text),
      document: this.doc,
      websocketProvider,
      token: 'session',
      onUnsyncedChanges: ({ number }) => {
        if (this.typing && number < this.#unsynced) this.#note(this.acknowledged, this.#acknowledgedKeys++)
        this.#unsynced = number
      },
    })
    this.provider.attach()
  }

  /** A paragraph of one's own, which begins with one's number. */
  begin(number: number): void {
    this.doc.transact(() => {
      const paragraph = new Y.XmlElement('paragraph')
      this.#text = new Y.XmlText()
      this.#text.insert(0, label(number))
      paragraph.insert(0, [this.#text])
      const fragment = this.doc.getXmlFragment(EDITOR_FRAGMENT)
      fragment.insert(fragment.length, [paragraph])
    })
  }

  /** Watches what somebody else writes. */
  watch(number: number, writer: Writer): void {
    const paragraphs = this.doc.getXmlFragment(EDITOR_FRAGMENT).toArray() as Y.XmlElement[]
    const text = paragraphs.map(paragraph => paragraph.get(0) as Y.XmlText).find(each => String(each) === label(number))
    if (!text) throw new Error(`paragraph ${number} is missing`)
    let keys = 0
    text.observe(event => {
      for (const { insert } of event.changes.delta) {
        for (let left = typeof insert === 'string' ? insert.length : 0; left > 0; left--) {
          writer.#note(writer.seen, keys++)
        }
      }
    })
  }

  /** Types as a person does, without waiting for anything. */
  async type(keysPerSecond: number): Promise<void> {
    this.typing = true
    const every = 1000 / keysPerSecond
    let due = performance.now() + Math.random() * every
    while (this.typing) {
      await sleep(Math.max(0, due - performance.now()))
      this.lateness = Math.max(this.lateness, performance.now() - due)
      due += every
      this.#key()
    }
  }

  #key(): void {
    const text = this.#text
    if (!text) throw new Error('begin() first')
    this.#typedAt.push(performance.now())
    this.keys++
    text.insert(text.length, 'abcdefghij'[this.keys % 10] ?? 'x')
    const caret = Y.createRelativePositionFromTypeIndex(text, text.length)
    this.provider.awareness?.setLocalStateField('cursor', { anchor: caret, head: caret })
  }

  #note(delays: number[], key: number): void {
    const at = this.#typedAt[key]
    if (at !== undefined && this.measuring) delays.push(performance.now() - at)
  }
}

function label(number: number): string {
  return `<${number}>`
}

process.once('message', async (orders: Orders) => {
  const measures = await run(orders)
  process.send?.(measures, undefined, undefined, () => process.exit(0))
})

async function run(orders: Orders): Promise<Measures> {
  const writers = orders.cookies.map(cookie => new Writer(orders, cookie))
  await until(() => writers.every(writer => writer.provider.synced), 'opening')
  for (const [number, writer] of writers.entries()) writer.begin(number)
  await settled(writers)
  for (const [number, writer] of writers.entries()) writers[(number + 1) % writers.length]?.watch(number, writer)

  const typing = writers.map(writer => writer.type(orders.keysPerSecond))
  await sleep(WARM_UP_MS)
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const cpu = process.cpuUsage()
  const started = performance.now()
  const before = writers.reduce((sum, writer) => sum + writer.keys, 0)
  for (const writer of writers) Object.assign(writer, { measuring: true, lateness: 0 })
  process.send?.('begin')
  await sleep(orders.seconds * 1000)
  process.send?.('end')
  for (const writer of writers) writer.typing = false
  const keys = writers.reduce((sum, writer) => sum + writer.keys, 0) - before
  const busy = process.cpuUsage(cpu)
  const elapsed = performance.now() - started
  delay.disable()
  await Promise.all(typing)
  await settled(writers)
  return {
    keys,
    seen: writers.flatMap(writer => writer.seen),
    acknowledged: writers.flatMap(writer => writer.acknowledged),
    starved: starvation({
      load: (busy.user + busy.system) / 1000 / elapsed,
      loopDelay: delay.percentile(95) / 1e6,
      keys: keys / ((orders.cookies.length * orders.keysPerSecond * elapsed) / 1000),
    }),
    diverged: divergence(writers),
  }
}

/** The figures are the server's only while this process has time left. */
function starvation({ load, loopDelay, keys }: { load: number; loopDelay: number; keys: number }): string | null {
  if (load > 0.9) return `busy ${Math.round(load * 100)} % of the time`
  if (loopDelay > 25) return `event loop late by ${Math.round(loopDelay)} ms`
  return keys < 0.97 ? `only ${Math.round(keys * 100)} % of the keys typed` : null
}

function divergence(writers: Writer[]): string | null {
  const texts = new Set(writers.map(({ doc }) => doc.getXmlFragment(EDITOR_FRAGMENT).toJSON()))
  if (texts.size > 1) return `${texts.size} different texts`
  const length = [...texts][0]?.replaceAll(/<[^>]*>|[^a-j]/g, '').length ?? 0
  const typed = writers.reduce((sum, writer) => sum + writer.keys, 0)
  return length >= typed ? null : `${typed} keys typed, ${length} found`
}

async function settled(writers: Writer[]): Promise<void> {
  await until(() => writers.every(({ provider }) => provider.synced && !provider.hasUnsyncedChanges), 'storing')
  const texts = () => new Set(writers.map(({ doc }) => Buffer.from(Y.encodeStateVector(doc)).toString('base64'))).size
  await until(() => texts() === 1, 'convergence').catch(() => {})
}

async function until(condition: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 20_000
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`waited in vain: ${what}`)
    await sleep(20)
  }
}
