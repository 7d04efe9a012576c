/**
 * The load: people who type, each in a paragraph of their own, with a caret, and people who read. In a process of its own.
 * While it runs, a client only keeps what it receives and when; what that says is worked out afterwards, so that a thousand
 * of them fit in one process.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { MessageType } from '@hocuspocus/server'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { WebSocket } from 'ws'
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import { messageYjsSyncStep1, messageYjsSyncStep2, messageYjsUpdate } from 'y-protocols/sync'
import * as Y from 'yjs'
import { authentication } from '#server/collaboration/frames.ts'
import { EDITOR_FRAGMENT } from '#server/vocabulary/editor-schema.ts'
import { type LiveTextKey, liveTextName, liveTextPath } from '#server/vocabulary/live-texts.ts'

export type Orders = {
  port: number
  texts: LiveTextKey[]
  /** Cookies of those who have each text open. */
  editors: string[]
  readers: string[]
  keysPerSecond: number
  seconds: number
}

export type Measures = {
  keys: number
  /** Milliseconds from a key to its arrival at somebody else's, and to its acknowledgement. */
  seen: number[]
  acknowledged: number[]
  /** What would make the figures those of this process and not of the server. */
  starved: string | null
  /** Something lost, or two people who do not see the same text. */
  diverged: string | null
}

const WARM_UP_MS = 3_000
const OPENING_AT_ONCE = 50
/** Those who watch each text, besides the next editor. */
const WATCHING_READERS = 5

/** Somebody's page, reduced to its socket. */
class Page {
  readonly doc = new Y.Doc()
  synced = false
  /** What others wrote, frame by frame, with the instant of its arrival: read afterwards. */
  readonly received: { at: number; frame: Buffer }[] = []
  /** When each edit was acknowledged, in order. */
  readonly acknowledgedAt: number[] = []
  heardAt = 0
  readonly name: string
  /** Where a frame begins, after the name of the text: its type, that of its synchronisation, the rest. */
  readonly #body: number
  readonly #socket: WebSocket

  constructor(port: number, text: LiveTextKey, cookie: string) {
    this.name = liveTextName(text)
    // One byte for its length.
    this.#body = 1 + Buffer.byteLength(this.name)
    const headers = { origin: `http://127.0.0.1:${port}`, ...(cookie ? { cookie } : {}) }
    this.#socket = new WebSocket(`ws://127.0.0.1:${port}${liveTextPath(text)}`, { headers, perMessageDeflate: false })
    this.#socket.on('open', () => this.#socket.send(authentication(this.name)))
    this.#socket.on('message', (frame: Buffer) => this.#receive(frame))
    this.#socket.on('close', code => {
      if (!closing) failures.push(`a page was closed: ${code}`)
    })
    this.#socket.on('error', error => failures.push(error.message))
  }

  send(type: MessageType, write: (encoder: encoding.Encoder) => void): void {
    const encoder = encoding.createEncoder()
    encoding.writeVarString(encoder, this.name)
    encoding.writeVarUint(encoder, type)
    write(encoder)
    this.#socket.send(encoding.toUint8Array(encoder))
  }

  sendUpdate(kind: number, update: Uint8Array): void {
    this.send(MessageType.Sync, encoder => {
      encoding.writeVarUint(encoder, kind)
      encoding.writeVarUint8Array(encoder, update)
    })
  }

  /** The text as this page has it now. */
  read(): void {
    Y.transact(this.doc, () => {
      for (const { frame } of this.received) Y.applyUpdate(this.doc, this.updateIn(frame))
    })
  }

  updateIn(frame: Buffer): Uint8Array {
    return decoding.readVarUint8Array(decoding.createDecoder(frame.subarray(this.#body + 2)))
  }

  #receive(frame: Buffer): void {
    const at = performance.now()
    const type = frame[this.#body]
    if (type === MessageType.Awareness) return
    this.heardAt = at
    if (type === MessageType.Sync && frame[this.#body + 1] === messageYjsUpdate)
      return void this.received.push({ at, frame })
    const decoder = decoding.createDecoder(frame.subarray(this.#body + 1))
    if (type === MessageType.Auth) {
      const stateVector = Y.encodeStateVector(this.doc)
      this.sendUpdate(messageYjsSyncStep1, stateVector)
    } else if (type === MessageType.SyncStatus) {
      if (decoding.readVarUint(decoder) === 1) this.acknowledgedAt.push(at)
      else failures.push('an edit was not kept')
    } else if (type === MessageType.Sync) {
      this.#sync(at, frame, decoding.readVarUint(decoder), decoder)
    }
  }

  #sync(at: number, frame: Buffer, kind: number, decoder: decoding.Decoder): void {
    if (kind === messageYjsSyncStep1) {
      this.sendUpdate(messageYjsSyncStep2, Y.encodeStateAsUpdate(this.doc, decoding.readVarUint8Array(decoder)))
    } else {
      this.received.push({ at, frame })
      this.synced = true
    }
  }
}

/** Somebody who types, without waiting for anything. */
class Writer {
  readonly page: Page
  readonly label: string
  readonly typedAt: number[] = []
  /** Acknowledgements that came before the first key. */
  begunWith = 0
  lateness = 0
  typing = true
  readonly #awareness: Awareness
  #text = new Y.XmlText()

  constructor(page: Page, number: number) {
    this.page = page
    this.label = `<${number}>`
    this.#awareness = new Awareness(page.doc)
  }

  /** A paragraph of one's own, which begins with one's label. */
  begin(): void {
    const { page } = this
    page.read()
    page.received.length = 0
    page.doc.on('update', update => page.sendUpdate(messageYjsUpdate, update))
    const paragraph = new Y.XmlElement('paragraph')
    this.#text.insert(0, this.label)
    paragraph.insert(0, [this.#text])
    const fragment = page.doc.getXmlFragment(EDITOR_FRAGMENT)
    fragment.insert(fragment.length, [paragraph])
    this.#moveCaret()
  }

  async type(keysPerSecond: number): Promise<void> {
    const every = 1000 / keysPerSecond
    let due = performance.now() + Math.random() * every
    while (this.typing) {
      await sleep(Math.max(0, due - performance.now()))
      if (!this.typing) return
      this.lateness = Math.max(this.lateness, performance.now() - due)
      due += every
      this.typedAt.push(performance.now())
      this.#text.insert(this.#text.length, 'abcdefghij'[this.typedAt.length % 10] ?? 'x')
      this.#moveCaret()
    }
  }

  #moveCaret(): void {
    const caret = Y.createRelativePositionFromTypeIndex(this.#text, this.#text.length)
    this.#awareness.setLocalStateField('cursor', { anchor: caret, head: caret })
    const update = encodeAwarenessUpdate(this.#awareness, [this.page.doc.clientID])
    this.page.send(MessageType.Awareness, encoder => encoding.writeVarUint8Array(encoder, update))
  }
}

const failures: string[] = []
let closing = false

process.once('message', async (orders: Orders) => {
  const measures = await run(orders)
  closing = true
  process.send?.(measures, undefined, undefined, () => process.exit(0))
})

async function run(orders: Orders): Promise<Measures> {
  const { port, texts, keysPerSecond, seconds } = orders
  const rooms = texts.map(text => ({ text, writers: [] as Writer[], readers: [] as Page[] }))
  let number = 0
  for (const room of rooms) {
    const pages = await openAll(orders.editors.map(cookie => () => new Page(port, room.text, cookie)))
    room.writers = pages.map(page => new Writer(page, number++))
    room.readers = await openAll(orders.readers.map(cookie => () => new Page(port, room.text, cookie)))
  }
  const writers = rooms.flatMap(room => room.writers)
  for (const writer of writers) writer.begin()
  await until(() => writers.every(({ page }) => page.acknowledgedAt.length > 0), 'beginning')
  await sleep(500)
  for (const writer of writers) writer.begunWith = writer.page.acknowledgedAt.length

  const typing = writers.map(writer => writer.type(keysPerSecond))
  await sleep(WARM_UP_MS)
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const cpu = process.cpuUsage()
  const from = performance.now()
  for (const writer of writers) writer.lateness = 0
  process.send?.('begin')
  await sleep(seconds * 1000)
  process.send?.('end')
  const to = performance.now()
  const busy = process.cpuUsage(cpu)
  delay.disable()
  for (const writer of writers) writer.typing = false
  await Promise.all(typing)
  await quiet(
    rooms.flatMap(room => [...room.writers.map(({ page }) => page), ...room.readers]),
    writers,
  )

  const measured = writers.flatMap(({ typedAt }) => typedAt.filter(at => at >= from && at < to))
  return {
    keys: measured.length,
    seen: rooms.flatMap(room => sights(room, from, to)),
    acknowledged: writers.flatMap(writer => acknowledgements(writer, from, to)),
    starved: starvation({
      load: (busy.user + busy.system) / 1000 / (to - from),
      loopDelay: delay.percentile(95) / 1e6,
      keys: measured.length / ((writers.length * keysPerSecond * (to - from)) / 1000),
    }),
    diverged: failures[0] ?? rooms.map(divergence).find(Boolean) ?? null,
  }
}

async function openAll(pages: (() => Page)[]): Promise<Page[]> {
  const opened: Page[] = []
  for (let n = 0; n < pages.length; n += OPENING_AT_ONCE) {
    opened.push(...pages.slice(n, n + OPENING_AT_ONCE).map(open => open()))
    await until(() => opened.every(page => page.synced), 'opening')
  }
  return opened
}

type Room = { writers: Writer[]; readers: Page[] }

/** How long each key took to reach the next editor, and some of the readers. */
function sights({ writers, readers }: Room, from: number, to: number): number[] {
  const delays: number[] = []
  for (const [n, { page }] of writers.entries()) {
    const watched = writers[(n + 1) % writers.length]
    if (watched && watched.page !== page) delays.push(...arrivals(page, [watched], from, to))
  }
  for (const page of readers.slice(0, WATCHING_READERS)) delays.push(...arrivals(page, writers, from, to))
  return delays
}

/** Reads a page's frames again, and tells when each key of some writers came. */
function arrivals(page: Page, writers: Writer[], from: number, to: number): number[] {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(page.doc))
  const delays: number[] = []
  const counted = new Map(writers.map(writer => [writer, 0]))
  const texts = new Map<Writer, Y.XmlText>()
  for (const { at, frame } of page.received) {
    Y.applyUpdate(copy, page.updateIn(frame))
    for (const writer of writers) {
      const text = texts.get(writer) ?? ownText(copy, writer)
      if (!text) continue
      texts.set(writer, text)
      for (let key = counted.get(writer) ?? 0; key < text.length - writer.label.length; key++) {
        const typedAt = writer.typedAt[key]
        if (typedAt !== undefined && typedAt >= from && typedAt < to) delays.push(at - typedAt)
        counted.set(writer, key + 1)
      }
    }
  }
  return delays
}

function ownText(doc: Y.Doc, { label }: Writer): Y.XmlText | null {
  for (const block of doc.getXmlFragment(EDITOR_FRAGMENT).toArray()) {
    const text = block instanceof Y.XmlElement ? block.get(0) : null
    if (text instanceof Y.XmlText && text.toString().startsWith(label)) return text
  }
  return null
}

function acknowledgements({ typedAt, begunWith, page }: Writer, from: number, to: number): number[] {
  return typedAt.flatMap((at, key) => {
    const acknowledgedAt = page.acknowledgedAt[begunWith + key]
    return acknowledgedAt !== undefined && at >= from && at < to ? [acknowledgedAt - at] : []
  })
}

/** The figures are the server's only while this process has time left. */
function starvation({ load, loopDelay, keys }: { load: number; loopDelay: number; keys: number }): string | null {
  if (load > 0.9) return `busy ${Math.round(load * 100)} % of the time`
  if (loopDelay > 25) return `event loop late by ${Math.round(loopDelay)} ms`
  return keys < 0.97 ? `only ${Math.round(keys * 100)} % of the keys typed` : null
}

function divergence({ writers, readers }: Room): string | null {
  const pages = [...writers.map(({ page }) => page), ...readers]
  for (const page of pages) page.read()
  const texts = new Set(pages.map(({ doc }) => doc.getXmlFragment(EDITOR_FRAGMENT).toJSON()))
  if (texts.size > 1) return `${texts.size} different texts`
  const [doc] = pages.map(page => page.doc)
  for (const writer of writers) {
    const found = doc ? (ownText(doc, writer)?.length ?? 0) - writer.label.length : 0
    if (found !== writer.typedAt.length) return `${writer.typedAt.length} keys typed, ${found} found`
  }
  return null
}

/** Everything is acknowledged, and nothing comes any more. */
async function quiet(pages: Page[], writers: Writer[]): Promise<void> {
  await until(
    () => writers.every(({ page, begunWith, typedAt }) => page.acknowledgedAt.length >= begunWith + typedAt.length),
    'acknowledging',
  )
  await until(() => performance.now() - Math.max(...pages.map(page => page.heardAt)) > 700, 'settling')
}

async function until(condition: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 30_000
  while (!condition()) {
    if (failures[0]) throw new Error(failures[0])
    if (Date.now() > deadline) throw new Error(`waited in vain: ${what}`)
    await sleep(20)
  }
}
