/** People who go on typing at the end of a long text while others open it. In a process of its own. */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { EDITOR_FRAGMENT } from '#server/vocabulary/editor-schema.ts'
import { type LiveTextKey, liveTextName, liveTextPath } from '#server/vocabulary/live-texts.ts'
import { digestOf, sortedVector } from './contents.ts'

export type EditorsOrder =
  | { kind: 'type'; port: number; text: LiveTextKey; cookies: string[]; keysPerSecond: number }
  | { kind: 'mark' }
  | { kind: 'stop' }

export type Typed = {
  /** Milliseconds from a key to its sight by somebody else, between two marks. */
  seen: number[][]
  vector: string
  words: string
  trouble: string | null
}

class Editor {
  readonly doc = new Y.Doc()
  readonly provider: HocuspocusProvider
  readonly #own = new Y.XmlText()
  typedAt: number[] = []
  typing = true

  constructor(port: number, text: LiveTextKey, cookie: string) {
    const headers = { origin: `http://127.0.0.1:${port}`, cookie }
    const websocketProvider = new HocuspocusProviderWebsocket({
      url: `ws://127.0.0.1:${port}${liveTextPath(text)}`,
      WebSocketPolyfill: class extends WebSocket {
        constructor(url: string) {
          super(url, { headers })
        }
      },
    })
    const name = liveTextName(text)
    this.provider = new HocuspocusProvider({ name, document: this.doc, websocketProvider, token: 'session' })
    this.provider.attach()
  }

  begin(number: number): void {
    this.doc.transact(() => {
      const paragraph = new Y.XmlElement('paragraph')
      this.#own.insert(0, label(number))
      paragraph.insert(0, [this.#own])
      const fragment = this.doc.getXmlFragment(EDITOR_FRAGMENT)
      fragment.insert(fragment.length, [paragraph])
    })
  }

  /** What this person writes, as another receives it. */
  seenBy(other: Editor, number: number, see: (typedAt: number) => void): void {
    const last = other.doc.getXmlFragment(EDITOR_FRAGMENT).toArray().slice(-50) as Y.XmlElement[]
    const text = last.map(paragraph => paragraph.get(0) as Y.XmlText).find(each => String(each) === label(number))
    if (!text) throw new Error(`paragraph ${number} is missing`)
    let keys = 0
    text.observe(event => {
      for (const { insert } of event.changes.delta) {
        for (let left = typeof insert === 'string' ? insert.length : 0; left > 0; left--) see(this.typedAt[keys++] ?? 0)
      }
    })
  }

  async type(keysPerSecond: number): Promise<void> {
    const every = 1000 / keysPerSecond
    let due = performance.now() + Math.random() * every
    while (this.typing) {
      await sleep(Math.max(0, due - performance.now()))
      due += every
      this.typedAt.push(performance.now())
      this.#own.insert(this.#own.length, 'x')
    }
  }
}

function label(number: number): string {
  return `<${number}>`
}

const editors: Editor[] = []
const marks: number[] = []
const seen: { typedAt: number; after: number }[] = []
const delay = monitorEventLoopDelay({ resolution: 5 })
let typing: Promise<unknown> = Promise.resolve()

process.on('message', async (order: EditorsOrder) => {
  process.send?.(await obey(order))
})

async function obey(order: EditorsOrder): Promise<Typed | string> {
  if (order.kind === 'type') await begin(order)
  if (order.kind === 'stop') return end()
  marks.push(performance.now())
  return order.kind
}

async function begin({ port, text, cookies, keysPerSecond }: EditorsOrder & { kind: 'type' }): Promise<void> {
  for (const cookie of cookies) editors.push(new Editor(port, text, cookie))
  await until(() => editors.every(({ provider }) => provider.synced), 'opening')
  for (const [number, editor] of editors.entries()) editor.begin(number)
  await settled()
  for (const [number, editor] of editors.entries()) {
    const other = editors[(number + 1) % editors.length]
    if (other) editor.seenBy(other, number, typedAt => void seen.push({ typedAt, after: performance.now() - typedAt }))
  }
  typing = Promise.all(editors.map(editor => editor.type(keysPerSecond)))
  await sleep(2_000)
  delay.enable()
}

async function end(): Promise<Typed> {
  marks.push(performance.now())
  delay.disable()
  for (const editor of editors) editor.typing = false
  await typing
  await settled()
  const states = new Set(editors.map(({ doc }) => digestOf(doc)))
  const typed = editors.reduce((sum, editor) => sum + editor.typedAt.length, 0)
  const late = delay.percentile(95) / 1e6
  const troubles = [
    states.size > 1 && `DIVERGED: ${states.size} different texts`,
    seen.length !== typed && `LOST: ${typed} keys typed, ${seen.length} seen`,
    late > 25 && `STARVED: event loop of the editors late by ${Math.round(late)} ms`,
  ]
  const [first] = editors
  return {
    seen: marks.slice(1).map((to, n) => {
      const from = marks[n] ?? 0
      return seen.filter(({ typedAt }) => typedAt >= from && typedAt < to).map(({ after }) => after)
    }),
    vector: first ? sortedVector(Y.encodeStateVector(first.doc)) : '',
    words: first ? digestOf(first.doc) : '',
    trouble: troubles.find(trouble => trouble !== false) ?? null,
  }
}

async function settled(): Promise<void> {
  await until(() => editors.every(({ provider }) => provider.synced && !provider.hasUnsyncedChanges), 'storing')
  const vectors = () => new Set(editors.map(({ doc }) => sortedVector(Y.encodeStateVector(doc)))).size
  await until(() => vectors() === 1, 'convergence')
}

async function until(condition: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 30_000
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`waited in vain: ${what}`)
    await sleep(20)
  }
}
