import type { Duplex } from 'node:stream'
import type { Connection } from '@hocuspocus/server'
import type { WebSocket } from 'ws'
import type { Log } from '#server/log.ts'
import { type LiveTextCloseCode, type LiveTextPresence, liveTextClose } from '#server/vocabulary/live-texts.ts'
import type { Admission } from './authenticate.ts'
import { colorOf } from './colors.ts'
import { Flow } from './flow.ts'
import { type Frame, nameOf, readFrame, updateHead } from './frames.ts'
import type { OpenText } from './open-text.ts'

/** What a person who does not read what they are sent may make this process keep. */
const MOST_UNSENT = 32 * 1024 * 1024
/** How long a client has to answer a closing. */
const CLOSING_MS = 1_500
/** How long the database has to give the text. */
const OPENING_MS = 15_000
const HEARTBEAT_MS = 30_000

/** What happens to a socket, besides its own affairs. */
export type SocketEvents = {
  /** The first frame came: the engine loads the text, then calls `join`. */
  open(socket: LiveSocket, address: string): void
  /** A frame came, after `join` and after the previous one was handled. */
  handle(socket: LiveSocket, frame: Frame): Promise<void>
  /** The socket is gone; the frames it had sent have been handled. */
  closed(socket: LiveSocket, event: { code: number; reason: string }): void
}

/**
 * One person's socket on one text. Frames are handled one at a time, in order: an edit that is being written holds back
 * the next one. Whatever goes wrong ends in the closing of the real socket, which the client sees and mends.
 */
export class LiveSocket {
  readonly admission: Admission
  readonly text: OpenText
  /** Whom the others see. */
  readonly user: LiveTextPresence['user']
  readonly #ws: WebSocket
  readonly #wire: Duplex
  readonly #log: Log
  readonly #events: SocketEvents
  readonly #flow: Flow
  readonly #heartbeat: NodeJS.Timeout
  readonly #opened = Promise.withResolvers<Connection | null>()
  #address: string | null = null
  #opening = false
  #connection: Connection | null = null
  #listening = true
  #owed: number | null = 0
  #dismissed = false
  #heard = true
  #handled: Promise<void> = Promise.resolve()

  /** @param options.wire what `ws` writes to. */
  constructor(options: {
    ws: WebSocket
    wire: Duplex
    admission: Admission
    text: OpenText
    log: Log
    events: SocketEvents
  }) {
    const { ws, admission } = options
    const { name, organisation } = admission.person
    this.admission = admission
    this.text = options.text
    this.user = { name, organisation, color: colorOf(admission.accountId) }
    this.#ws = ws
    this.#wire = options.wire
    this.#log = options.log
    this.#events = options.events
    this.#flow = new Flow(ws)
    this.#heartbeat = setInterval(() => this.#beat(), HEARTBEAT_MS)
    ws.on('message', (data: Buffer, isBinary) => this.#receive(data, isBinary))
    ws.on('pong', () => {
      this.#heard = true
    })
    ws.on('close', (code, reason) => this.#close(code, reason.toString()))
  }

  /** The engine's view of this socket. @throws before the text is loaded: no frame is handled before. */
  get connected(): Connection {
    if (!this.#connection) throw new Error('the text is not loaded')
    return this.#connection
  }

  /** For the engine, which writes to it and asks whether it is open. */
  get outlet() {
    const ws = this.#ws
    return {
      send: (data: Uint8Array) => this.send(data),
      close: (code?: number, reason?: string) => ws.close(code, reason),
      get readyState() {
        return ws.readyState
      },
    }
  }

  get joined(): boolean {
    return this.#connection !== null
  }

  /** The text is loaded: what the client has sent meanwhile is handled now. */
  join(connection: Connection): void {
    this.#connection = connection
    this.#opened.resolve(connection)
  }

  send(data: Uint8Array): void {
    if (this.#ws.readyState !== this.#ws.OPEN) return
    if (this.#ws.bufferedAmount > MOST_UNSENT) this.#ws.terminate()
    else this.#ws.send(data)
  }

  /**
   * Sends bytes that others are sent too, without a copy for each: the address that comes before them is this socket's
   * own, hence two fragments of one message.
   */
  sendShared(address: string, update: Uint8Array): void {
    if (this.#ws.readyState !== this.#ws.OPEN) return
    this.#ws.send(updateHead(address, update.byteLength), { fin: false })
    this.#ws.send(update, { fin: true })
  }

  /** Sends in one write with what this turn of the event loop has for everyone. */
  sendAlong(data: Uint8Array): void {
    this.#wire.cork()
    this.send(data)
    setImmediate(() => this.#wire.uncork())
  }

  /** Closes the real socket, and no longer listens. The client learns the reason from the code. */
  close(code: LiveTextCloseCode, reason = ''): void {
    if (this.#dismissed) return
    this.#dismissed = true
    this.#ws.close(code, reason)
    setTimeout(() => this.#ws.terminate(), CLOSING_MS).unref()
  }

  /** The server stops: what was received is handled, what comes next stays with the client. */
  stopListening(): void {
    this.#listening = false
  }

  /** The client has sent all that it had written before this socket. */
  get introduced(): boolean {
    return this.#owed === null
  }

  /** An acknowledgement is due, once the client has. */
  owe(): void {
    this.#owed = (this.#owed ?? 0) + 1
  }

  /** It has. @returns how many acknowledgements were due. */
  introduce(): number {
    const owed = this.#owed ?? 0
    this.#owed = null
    return owed
  }

  /** The client says goodbye. */
  part(): void {
    this.#ws.close(1000)
  }

  /** Every frame received so far has been handled. */
  idle(): Promise<void> {
    return this.#handled
  }

  #receive(data: Buffer, isBinary: boolean): void {
    if (this.#dismissed || !this.#listening) return
    this.#heard = true
    this.#flow.received(data.byteLength)
    this.#handled = this.#handled
      .then(() => this.#handle(data, isBinary))
      .catch(err => {
        this.#log.error({ err, liveTextId: this.text.liveTextId }, 'live socket failed')
        this.close(liveTextClose.notWritten)
      })
      .then(() => this.#flow.handled())
  }

  async #handle(data: Buffer, isBinary: boolean): Promise<void> {
    if (this.#dismissed) return
    const frame = isBinary ? tryToRead(data) : null
    if (!frame || frame.kind === 'unexpected') return this.close(liveTextClose.unexpected)
    if (frame.kind === 'nothing') return
    this.#address ??= frame.address
    // One text on a socket: the address decided who may open it.
    if (frame.address !== this.#address || nameOf(frame.address) !== this.text.name) {
      return this.close(liveTextClose.notAvailable)
    }
    if (frame.kind === 'authentication') return this.#open(frame.address)
    if (!this.#opening) return this.close(liveTextClose.unexpected)
    if (await this.#opened.promise) await this.#events.handle(this, frame)
  }

  #open(address: string): void {
    if (this.#opening) return
    this.#opening = true
    const late = setTimeout(() => this.close(liveTextClose.notWritten), OPENING_MS)
    void this.#opened.promise.then(() => clearTimeout(late))
    this.#events.open(this, address)
  }

  #beat(): void {
    if (!this.#heard) this.#ws.terminate()
    else if (this.#ws.readyState === this.#ws.OPEN) this.#ws.ping()
    this.#heard = false
  }

  #close(code: number, reason: string): void {
    clearInterval(this.#heartbeat)
    this.#flow.end()
    this.#opened.resolve(null)
    // What was received before counts: it is written, and those who stay see it.
    this.#handled
      .then(() => this.#events.closed(this, { code, reason }))
      .catch(err => this.#log.error({ err, liveTextId: this.text.liveTextId }, 'live socket failed'))
  }
}

function tryToRead(data: Buffer): Frame | null {
  try {
    return readFrame(data)
  } catch {
    return null
  }
}
