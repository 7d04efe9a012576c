import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { EDITOR_FRAGMENT, EDITOR_SCHEMA_VERSION } from '#server/vocabulary/editor-schema.ts'
import { type LiveTextKey, type LiveTextMessage, liveTextName } from '#server/vocabulary/live-texts.ts'

/**
 * What is written without a connection is not queued, as in the product's page (`app/editor/connection/LiveSocket.ts`):
 * the first exchange of a new socket brings it whole, and the provider's count of what is not stored is right.
 */
export class QueuelessWebsocket extends HocuspocusProviderWebsocket {
  override send(message: Uint8Array): void {
    if (this.webSocket?.readyState === WebSocket.OPEN) super.send(message)
  }
}

export type EditorOptions = {
  port: number
  text: LiveTextKey
  account: string
  /** The document, when it lived before this page. */
  doc?: Y.Doc
  origin?: string
  schema?: number
  cookie?: string
  /** Comes back by itself when the socket closes. */
  reconnect?: boolean
  /** Address of the socket, when it is not the text's. */
  path?: string
}

/** One person's page on a live text. */
export type Editor = {
  doc: Y.Doc
  provider: HocuspocusProvider
  /** Codes and reasons of the sockets that closed. */
  closings: { code: number; reason: string }[]
  messages: LiveTextMessage[]
  /** The page has the text. Rejects when its socket closes before. */
  synced(): Promise<void>
  /** Everything written is acknowledged. */
  stored(): Promise<void>
  /** The next closing. */
  closing(): Promise<{ code: number; reason: string }>
  leave(): void
}

export function openEditor(options: EditorOptions): Editor {
  const doc = options.doc ?? new Y.Doc()
  const name = liveTextName(options.text)
  const closings: Editor['closings'] = []
  const messages: LiveTextMessage[] = []
  const websocketProvider = new QueuelessWebsocket({
    url: `ws://127.0.0.1:${options.port}${options.path ?? `/collab/${name}?schema=${options.schema ?? EDITOR_SCHEMA_VERSION}`}`,
    WebSocketPolyfill: socketOf(options),
    delay: options.reconnect ? 100 : 1e9,
    minDelay: 50,
    maxDelay: 500,
    ...(options.reconnect ? {} : { maxAttempts: 1 }),
  })
  const provider = new HocuspocusProvider({
    name,
    document: doc,
    websocketProvider,
    token: 'session',
    onStateless: ({ payload }) => void messages.push(JSON.parse(payload) as LiveTextMessage),
    onClose: ({ event }) => void closings.push({ code: event.code, reason: String(event.reason) }),
  })
  provider.attach()
  return {
    doc,
    provider,
    closings,
    messages,
    synced: () =>
      until(
        () => provider.synced,
        () => options.reconnect !== true && closings.length > 0,
      ),
    stored: () => until(() => provider.synced && !provider.hasUnsyncedChanges),
    closing: async () => {
      const seen = closings.length
      await until(() => closings.length > seen)
      return closings[seen] ?? { code: 0, reason: '' }
    },
    leave() {
      provider.destroy()
      websocketProvider.destroy()
    },
  }
}

/** Resolves when the condition holds; rejects when the other does, or after ten seconds. */
export async function until(condition: () => boolean, failure: () => boolean = () => false): Promise<void> {
  const deadline = Date.now() + 10_000
  while (!condition()) {
    if (failure()) throw new Error('the socket has closed')
    if (Date.now() > deadline) throw new Error('waited in vain')
    await new Promise(resolve => setTimeout(resolve, 5))
  }
}

/** Adds a paragraph at the end, as typing does. */
export function type(doc: Y.Doc, words: string): void {
  doc.transact(() => {
    const paragraph = new Y.XmlElement('paragraph')
    const text = new Y.XmlText()
    text.insert(0, words)
    paragraph.insert(0, [text])
    const fragment = doc.getXmlFragment(EDITOR_FRAGMENT)
    fragment.insert(fragment.length, [paragraph])
  })
}

/** The words of a text, without its structure. */
export function wordsOf(doc: Y.Doc): string {
  return doc.getXmlFragment(EDITOR_FRAGMENT).toJSON()
}

function socketOf(options: EditorOptions): typeof WebSocket {
  return class extends WebSocket {
    constructor(url: string) {
      super(url, {
        headers: {
          origin: options.origin ?? `http://127.0.0.1:${options.port}`,
          cookie: options.cookie ?? `session=${options.account}`,
        },
      })
      // The provider listens to closings; a refused handshake is one.
      this.on('error', () => {})
    }
  } as typeof WebSocket
}
