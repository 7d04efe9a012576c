import type { Duplex } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Document, Hocuspocus } from '@hocuspocus/server'
import type { WebSocket } from 'ws'
import type { PreparingDatabase } from '#db/client.ts'
import type { Clock } from '#server/calendar.ts'
import type { Log } from '#server/log.ts'
import { type LiveTextCloseCode, type LiveTextKey, liveTextClose, liveTextName } from '#server/vocabulary/live-texts.ts'
import { Journal } from './append.ts'
import type { Admission } from './authenticate.ts'
import { authentication } from './frames.ts'
import { LiveSocket } from './live-socket.ts'
import { OpenText } from './open-text.ts'
import { Presence } from './presence.ts'
import { receive } from './receive.ts'
import { type JournalLimit, Snapshots } from './snapshots.ts'
import { loadLiveText, MissingLiveText } from './stored-text.ts'
import { Turns } from './turns.ts'

export type EngineOptions = {
  db: PreparingDatabase
  clock: Clock
  log: Log
  journalLimit?: JournalLimit | undefined
  /** Awaited before any text is read: what an earlier stop had spooled is in the journal by then. */
  ready: () => Promise<unknown>
}

type SocketContext = { socket: LiveSocket }
type ClientConnection = ReturnType<Hocuspocus<SocketContext>['handleConnection']>

/**
 * The live texts that are open in this process. Hocuspocus keeps the documents, sends edits on and speaks its protocol;
 * what enters a text passes `receive` first, because a refusal in a hook of Hocuspocus leaves a connection that looks open
 * and takes nothing.
 */
export class Engine {
  readonly journal: Journal
  readonly snapshots: Snapshots
  readonly presence = new Presence()
  readonly openings = new Turns(1)
  readonly log: Log
  readonly #db: PreparingDatabase
  readonly #texts = new Map<string, OpenText>()
  readonly #clients = new WeakMap<LiveSocket, ClientConnection>()
  readonly #hocuspocus: Hocuspocus<SocketContext>
  readonly #ready: () => Promise<unknown>

  constructor(options: EngineOptions) {
    const { db, clock, log, journalLimit: limit } = options
    this.log = log
    this.#db = db
    this.#ready = options.ready
    this.journal = new Journal({ db, clock, log, onLate: id => this.closeSockets(id, liveTextClose.notWritten) })
    this.snapshots = new Snapshots({ db, log, limit, onRecovered: text => this.#unload(text) })
    this.#hocuspocus = new Hocuspocus<SocketContext>({
      quiet: true,
      // Its idle check knows only of what passes through it; sockets have their own heartbeat.
      timeout: 2 ** 31 - 1,
      onAuthenticate: async ({ connectionConfig, context }) => {
        connectionConfig.readOnly = context.socket.admission.mode === 'read'
      },
      onLoadDocument: async ({ document, context }) => {
        const { text } = context.socket
        text.loading = this.#load(text, document).finally(() => {
          text.loading = null
          this.#forgetIfUnused(text)
        })
        await text.loading
      },
      connected: async ({ connection, context: { socket } }) => {
        const { document } = connection
        // It may have left memory between the opening and now.
        if (socket.text.document !== document) return socket.close(liveTextClose.restarting)
        document.addDirectConnection()
        connection.onClose(() => socket.part())
        socket.join(connection)
      },
      beforeUnloadDocument: async ({ documentName }) => {
        const text = this.#texts.get(documentName)
        if (text) await this.snapshots.takeBeforeUnload(text)
      },
      afterUnloadDocument: async ({ documentName }) => {
        const text = this.#texts.get(documentName)
        text?.unloaded()
        if (text) this.#forgetIfUnused(text)
      },
    })
  }

  /** Lets somebody in. */
  admit(ws: WebSocket, wire: Duplex, admission: Admission): LiveSocket {
    const text = this.#textOf(admission.key, admission.liveTextId)
    const events = {
      open: (socket: LiveSocket, address: string) => this.#open(socket, address),
      handle: receive.bind(null, this),
      closed: (socket: LiveSocket, event: { code: number; reason: string }) => this.#leave(socket, event),
    }
    const socket = new LiveSocket({ ws, wire, admission, text, log: this.log, events })
    text.sockets.add(socket)
    return socket
  }

  sockets(): LiveSocket[] {
    return this.texts().flatMap(text => [...text.sockets])
  }

  texts(): OpenText[] {
    return [...this.#texts.values()]
  }

  text(key: LiveTextKey): OpenText | null {
    return this.#texts.get(liveTextName(key)) ?? null
  }

  closeSockets(liveTextId: string, code: LiveTextCloseCode): void {
    for (const socket of this.sockets()) {
      if (socket.text.liveTextId === liveTextId) socket.close(code)
    }
  }

  /** Gives those who have a text open an edit that is in the journal and did not come from one of them. */
  async applyJournalled(key: LiveTextKey, update: Uint8Array): Promise<void> {
    const text = this.text(key)
    await text?.loading?.catch(() => {})
    if (!text?.document) return
    text.apply(text.document, update)
    this.snapshots.count(text, update.byteLength)
  }

  /** Every text has left memory, whose last snapshot may have failed. Nobody must be let in meanwhile. */
  async clear(): Promise<void> {
    for (; this.#texts.size > 0; await sleep(50)) {
      for (const text of this.texts()) if (text.sockets.size === 0) this.#unload(text)
    }
  }

  /** Every text has left memory, or is made to. */
  async allGone(withinMs: number): Promise<void> {
    const deadline = Date.now() + withinMs
    while (this.#texts.size > 0 && Date.now() < deadline) await sleep(20)
    for (const text of this.texts()) text.document?.destroy()
  }

  /** The session's cookie has said who this is; Hocuspocus wants to be asked all the same. */
  #open(socket: LiveSocket, address: string): void {
    const client = this.#hocuspocus.handleConnection(socket.outlet, REQUEST, { socket })
    this.#clients.set(socket, client)
    client.handleMessage(authentication(address))
  }

  async #load(text: OpenText, document: Document): Promise<void> {
    try {
      await this.#ready()
      const stored = await loadLiveText(this.#db, text.key, document, { log: this.log })
      if (stored.closedAt) return this.#failToLoad(text, liveTextClose.notAvailable)
      text.loaded(document, stored)
    } catch (err) {
      if (err instanceof NotLoaded) throw err
      if (err instanceof MissingLiveText) return this.#failToLoad(text, liveTextClose.notAvailable)
      this.log.error({ err, liveTextId: text.liveTextId }, 'live text not loaded')
      return this.#failToLoad(text, liveTextClose.notWritten)
    }
  }

  #failToLoad(text: OpenText, code: LiveTextCloseCode): never {
    for (const socket of text.sockets) socket.close(code)
    throw new NotLoaded()
  }

  #leave(socket: LiveSocket, event: { code: number; reason: string }): void {
    const { text } = socket
    text.sockets.delete(socket)
    this.presence.leave(socket)
    this.#clients.get(socket)?.handleClose(event)
    if (socket.joined) socket.connected.document.removeDirectConnection()
    this.#unload(text)
    this.#forgetIfUnused(text)
  }

  #unload(text: OpenText): void {
    if (text.document) void this.#hocuspocus.unloadDocument(text.document)
  }

  #textOf(key: LiveTextKey, liveTextId: string): OpenText {
    const name = liveTextName(key)
    const text = this.#texts.get(name) ?? new OpenText(key, liveTextId)
    this.#texts.set(name, text)
    return text
  }

  #forgetIfUnused(text: OpenText): void {
    if (!text.document && !text.loading && text.sockets.size === 0) this.#texts.delete(text.name)
  }
}

/** Nothing reads it; each socket having its own would weigh several kilobytes. */
const REQUEST = new Request('http://live.text/')

/** The sockets concerned are closed; without a message, Hocuspocus writes nothing about it. */
class NotLoaded extends Error {}
