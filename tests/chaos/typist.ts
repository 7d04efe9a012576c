import { HocuspocusProvider } from '@hocuspocus/provider'
import * as decoding from 'lib0/decoding'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { EDITOR_FRAGMENT } from '#server/vocabulary/editor-schema.ts'
import { type LiveTextKey, liveTextName, liveTextPath } from '#server/vocabulary/live-texts.ts'
import { QueuelessWebsocket } from '../collaboration/client.ts'

const SYNC = 0
const STEP2 = 1
const UPDATE = 2
const SYNC_STATUS = 8

/**
 * Somebody who types numbered tokens. A token is acknowledged when the acknowledgement of a frame that holds it has come
 * on the socket that carried it: the provider's own count is not asked.
 */
export class Typist {
  readonly doc: Y.Doc
  /** In the order they were typed. */
  readonly tokens: string[] = []
  readonly acknowledged = new Set<string>()
  /** Milliseconds between a token and its acknowledgement. */
  readonly delays: number[] = []
  readonly #provider: HocuspocusProvider
  readonly #typedAt = new Map<string, number>()
  readonly cookie: string
  #port: number
  #last: string | null = null
  #sockets: WebSocket[] = []
  #unread: WebSocket[] = []

  constructor(options: { port: number; text: LiveTextKey; cookie: string }) {
    this.doc = new Y.Doc()
    const typist = this
    const { text } = options
    this.#port = options.port
    this.cookie = options.cookie
    const websocketProvider = new QueuelessWebsocket({
      url: liveTextPath(text),
      WebSocketPolyfill: class extends WebSocket {
        /** What each frame sent on this socket holds, until it is acknowledged. */
        readonly #inFlight: string[][] = []
        constructor() {
          super(`ws://127.0.0.1:${typist.#port}${liveTextPath(text)}`, { headers: typist.#headers })
          typist.#sockets.push(this)
          this.on('error', () => {})
          this.on('message', (data: ArrayBuffer | Buffer) => {
            if (isAcknowledgement(new Uint8Array(data as ArrayBuffer)))
              typist.#acknowledge(this.#inFlight.shift() ?? [])
          })
        }
        override send(data: Uint8Array): void {
          const kind = syncKind(data)
          if (kind === UPDATE) this.#inFlight.push(typist.#last ? [typist.#last] : [])
          if (kind === STEP2) this.#inFlight.push([...typist.tokens])
          super.send(data)
        }
      },
      delay: 100,
      minDelay: 50,
      maxDelay: 400,
    })
    this.#provider = new HocuspocusProvider({
      name: liveTextName(text),
      document: this.doc,
      websocketProvider,
      token: 'session',
    })
    this.#provider.attach()
  }

  get synced(): boolean {
    return this.#provider.synced
  }

  get mayWrite(): boolean {
    return this.synced && this.#provider.authorizedScope === 'read-write'
  }

  /** Nothing left to acknowledge. */
  get settled(): boolean {
    return this.synced && this.acknowledged.size === this.tokens.length
  }

  /** Types a token, in a paragraph of one's own or in the one that everybody shares. */
  type(token: string, where: 'own' | 'shared'): void {
    this.#last = token
    this.tokens.push(token)
    this.#typedAt.set(token, performance.now())
    this.doc.transact(() => {
      const text = where === 'own' ? this.#ownText() : this.#sharedText()
      text.insert(where === 'own' ? text.length : betweenTokens(text), token)
    })
  }

  /** Takes away the oldest tokens of one's own paragraph, but for the last ones. @returns those taken away. */
  eraseOldest(kept: number): string[] {
    const text = this.#ownText()
    const tokens = tokensIn(text.toString())
    const erased = tokens.slice(0, Math.max(0, tokens.length - kept))
    if (erased.length > 0) text.delete(0, erased.join('').length)
    return erased
  }

  /** Takes away the paragraph that holds a token, somebody's who has left. */
  eraseParagraphOf(token: string): void {
    const fragment = this.doc.getXmlFragment(EDITOR_FRAGMENT)
    const place = fragment.toArray().findIndex(block => block.toJSON().includes(token))
    if (place !== -1) fragment.delete(place)
  }

  /** The whole text, as this page sees it. */
  get words(): string {
    return this.doc.getXmlFragment(EDITOR_FRAGMENT).toJSON()
  }

  get stateBytes(): number {
    return Y.encodeStateAsUpdate(this.doc).byteLength
  }

  /** Takes away the last paragraph written so, and writes another of this size, without a token. */
  replaceLarge(characters: number): void {
    this.doc.transact(() => {
      const fragment = this.doc.getXmlFragment(EDITOR_FRAGMENT)
      const place = this.#large ? fragment.toArray().indexOf(this.#large) : -1
      if (place !== -1) fragment.delete(place)
      this.#large = new Y.XmlElement('paragraph')
      const text = new Y.XmlText()
      text.insert(0, 'lorem '.repeat(characters / 6))
      this.#large.insert(0, [text])
      fragment.insert(fragment.length, [this.#large])
    })
  }

  /** Keeps its socket open, and reads nothing more. */
  stopReading(): void {
    this.#unread = this.#sockets.filter(socket => socket.readyState === WebSocket.OPEN)
    for (const socket of this.#unread) {
      socket.pause()
      // The provider would end a socket that has long been silent: only the server may.
      socket.close = () => {}
    }
  }

  /** Writes to the sockets that it does not read: only a write tells that nobody listens any more. */
  ping(): void {
    for (const socket of this.#unread) if (socket.readyState === WebSocket.OPEN) socket.ping()
  }

  /** The server has ended the socket that was not read. The page comes back on another. */
  get letGo(): boolean {
    return this.#unread.every(socket => socket.readyState !== WebSocket.OPEN)
  }

  /** How many times each token stands in the text, as this page sees it. */
  found(): Map<string, number> {
    const found = new Map<string, number>()
    for (const token of tokensIn(this.words)) {
      found.set(token, (found.get(token) ?? 0) + 1)
    }
    return found
  }

  moveCaret(): void {
    const text = this.#own ?? this.#sharedText()
    const position = Y.createRelativePositionFromTypeIndex(text, text.length)
    this.#provider.awareness?.setLocalStateField('cursor', { anchor: position, head: position })
  }

  /** The server is somewhere else from now on. */
  moveTo(port: number): void {
    this.#port = port
  }

  get #headers() {
    return { origin: `http://127.0.0.1:${this.#port}`, cookie: this.cookie }
  }

  /** The network is cut without a word, and nothing comes back. */
  vanish(): void {
    for (const socket of this.#sockets) socket.terminate()
    this.leave()
  }

  leave(): void {
    this.#provider.destroy()
    this.#provider.configuration.websocketProvider.destroy()
    for (const socket of this.#sockets) socket.terminate()
  }

  #acknowledge(tokens: string[]): void {
    for (const token of tokens) {
      if (this.acknowledged.has(token)) continue
      this.acknowledged.add(token)
      this.delays.push(performance.now() - (this.#typedAt.get(token) ?? 0))
    }
  }

  #own: Y.XmlText | null = null
  #large: Y.XmlElement | null = null

  #ownText(): Y.XmlText {
    if (this.#own) return this.#own
    const paragraph = new Y.XmlElement('paragraph')
    this.#own = new Y.XmlText()
    paragraph.insert(0, [this.#own])
    const fragment = this.doc.getXmlFragment(EDITOR_FRAGMENT)
    fragment.insert(fragment.length, [paragraph])
    return this.#own
  }

  #sharedText(): Y.XmlText {
    for (const block of this.doc.getXmlFragment(EDITOR_FRAGMENT).toArray()) {
      const first = block instanceof Y.XmlElement && block.nodeName === 'heading' ? block.get(0) : null
      if (first instanceof Y.XmlText) return first
    }
    throw new Error('the text has no heading')
  }
}

function tokensIn(words: string): string[] {
  return words.match(/\[[\d.]+]/g) ?? []
}

/** A place in a text that is not inside a token: anywhere else would cut it in two. */
function betweenTokens(text: Y.XmlText): number {
  const ends = [...text.toString().matchAll(/]/g)].map(match => match.index + 1)
  return ends[Math.floor(Math.random() * ends.length)] ?? text.length
}

function syncKind(frame: Uint8Array): number | null {
  const decoder = decoding.createDecoder(frame)
  decoding.readVarString(decoder)
  return decoding.readVarUint(decoder) === SYNC ? decoding.readVarUint(decoder) : null
}

function isAcknowledgement(frame: Uint8Array): boolean {
  const decoder = decoding.createDecoder(frame)
  decoding.readVarString(decoder)
  return decoding.readVarUint(decoder) === SYNC_STATUS && decoding.readVarUint(decoder) === 1
}
