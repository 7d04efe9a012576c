/** People who open texts and read: frames and nothing else, so that what they cost is not what is measured. */
import { randomInt, randomUUID } from 'node:crypto'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { authentication } from '#server/collaboration/frames.ts'
import { type LiveTextKey, liveTextName, liveTextPath } from '#server/vocabulary/live-texts.ts'
import { digestOf, sortedVector } from './contents.ts'

export type OpeningOrder =
  | { kind: 'open'; port: number; together: boolean; pages: { text: LiveTextKey; cookie: string }[] }
  | { kind: 'read' }
  | { kind: 'leave' }

/** `load`: the share of the time that this process was busy. */
export type Opened = { each: number[]; total: number; load: number }
/** What each page holds (its state vector), and the words of the first ones, digested. */
export type Read = { vectors: string[]; words: string[] }

const SYNC = 0
const AWARENESS = 1
const AUTHENTICATION = 2
const SYNC_REPLY = 4
const [STEP1, STEP2] = [0, 1]
const NOTHING = new Uint8Array([0])
const EMPTY_UPDATE = new Uint8Array([0, 0])
const PAGES_READ = 3

class Page {
  readonly updates: Uint8Array[] = []
  readonly synced = Promise.withResolvers<void>()
  readonly #address: string
  readonly #socket: WebSocket
  #left = false

  constructor(port: number, text: LiveTextKey, cookie: string) {
    // As the product's page: each has an address of its own.
    this.#address = `${liveTextName(text)}\0${randomUUID()}`
    const headers = { origin: `http://127.0.0.1:${port}`, cookie }
    this.#socket = new WebSocket(`ws://127.0.0.1:${port}${liveTextPath(text)}`, { headers, perMessageDeflate: false })
    this.#socket.on('open', () => this.#socket.send(authentication(this.#address)))
    this.#socket.on('message', (data: Buffer) => this.#receive(data))
    this.#socket.on('close', code => {
      if (!this.#left) this.synced.reject(new Error(`a page was closed: ${code}`))
    })
  }

  leave(): Promise<void> {
    this.#left = true
    return new Promise(resolve => {
      this.#socket.on('close', () => resolve())
      this.#socket.close()
    })
  }

  #receive(frame: Buffer): void {
    const decoder = decoding.createDecoder(frame)
    decoding.readVarString(decoder)
    const type = decoding.readVarUint(decoder)
    if (type === AUTHENTICATION) this.#introduce()
    if (type !== SYNC && type !== SYNC_REPLY) return
    const step = decoding.readVarUint(decoder)
    if (step === STEP1) this.#send(SYNC, STEP2, EMPTY_UPDATE)
    else this.updates.push(decoding.readVarUint8Array(decoder))
    if (step === STEP2) this.synced.resolve()
  }

  /** As a page does: what it lacks, and that it is there. */
  #introduce(): void {
    this.#send(SYNC, STEP1, NOTHING)
    this.#send(AWARENESS, null, presenceOf(randomInt(2 ** 31)))
  }

  #send(type: number, step: number | null, content: Uint8Array): void {
    const encoder = encoding.createEncoder()
    encoding.writeVarString(encoder, this.#address)
    encoding.writeVarUint(encoder, type)
    if (step !== null) encoding.writeVarUint(encoder, step)
    encoding.writeVarUint8Array(encoder, content)
    this.#socket.send(encoding.toUint8Array(encoder))
  }
}

/** The first presence of a client, as y-protocols writes it. */
function presenceOf(clientId: number): Uint8Array {
  const encoder = encoding.createEncoder()
  for (const number of [1, clientId, 0]) encoding.writeVarUint(encoder, number)
  encoding.writeVarString(encoder, '{}')
  return encoding.toUint8Array(encoder)
}

let pages: Page[] = []

process.on('message', async (order: OpeningOrder) => {
  process.send?.(await obey(order))
})

async function obey(order: OpeningOrder): Promise<Opened | Read | string> {
  switch (order.kind) {
    case 'open':
      return open(order)
    case 'read':
      return read()
    case 'leave':
      await Promise.all(pages.map(page => page.leave()))
      pages = []
      return 'left'
  }
}

async function open({ port, together, pages: wanted }: OpeningOrder & { kind: 'open' }): Promise<Opened> {
  const cpu = process.cpuUsage()
  const started = performance.now()
  const one = async ({ text, cookie }: (typeof wanted)[number]) => {
    const began = performance.now()
    const page = new Page(port, text, cookie)
    pages.push(page)
    await page.synced.promise
    return performance.now() - began
  }
  const each: number[] = []
  if (together) each.push(...(await Promise.all(wanted.map(one))))
  else for (const page of wanted) each.push(await one(page))
  const total = performance.now() - started
  const busy = process.cpuUsage(cpu)
  return { each, total, load: (busy.user + busy.system) / 1000 / total }
}

function read(): Read {
  const vectors = pages.map(({ updates }) =>
    Buffer.from(
      Y.encodeStateVectorFromUpdate(updates.length === 1 ? (updates[0] ?? EMPTY_UPDATE) : Y.mergeUpdates(updates)),
    ),
  )
  const words = pages.slice(0, PAGES_READ).map(({ updates }) => {
    const doc = new Y.Doc()
    doc.transact(() => {
      for (const update of updates) Y.applyUpdate(doc, update)
    })
    return digestOf(doc)
  })
  return { vectors: vectors.map(sortedVector), words }
}
