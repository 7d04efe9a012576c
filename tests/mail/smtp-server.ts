import type { AddressInfo, Socket } from 'node:net'
import { SMTPServer } from 'smtp-server'

/** A mail as a real server received it. */
export type Received = { messageId: string; to: string[]; headers: string; raw: string }

export type Behaviour =
  | 'accepts'
  /** Refuses the recipient for now, or for good. */
  | 'refuses for now'
  | 'refuses for good'
  | 'denies relay'
  /** Takes the message, then cuts the connection before, or after, having it: in both cases without an answer. */
  | 'drops before acceptance'
  | 'drops after acceptance'
  /** Answers nothing once it has the message, until told. */
  | 'keeps silent'

/** A real SMTP server on this machine, that behaves as it is told. */
export class TestSmtp {
  readonly received: Received[] = []
  behaviour: Behaviour = 'accepts'
  /** Of one recipient only, when set. */
  only: string | null = null
  connections = 0
  #server: SMTPServer | null = null
  #port = 0
  readonly #sockets = new Set<Socket>()
  readonly #secure: boolean
  #heard: (() => void)[] = []
  #unanswered: (() => void)[] = []

  constructor(options: { secure?: boolean } = {}) {
    this.#secure = options.secure ?? false
  }

  get url(): string {
    return `${this.#secure ? 'smtps' : 'smtp'}://127.0.0.1:${this.#port}?from=espace@spie.test`
  }

  get port(): number {
    return this.#port
  }

  /** Begins to listen, on the same port as before if it has been away. */
  async start(): Promise<void> {
    const server = new SMTPServer({
      secure: this.#secure,
      hideSTARTTLS: true,
      authOptional: true,
      disabledCommands: ['AUTH'],
      logger: false,
      closeTimeout: 100,
      onConnect: (_session, callback) => {
        this.connections += 1
        callback()
      },
      onRcptTo: ({ address }, _session, callback) => callback(this.#refusalOf(address)),
      onData: (stream, session, callback) => {
        const chunks: Buffer[] = []
        stream.on('data', chunk => chunks.push(chunk))
        stream.on('end', () => {
          const raw = Buffer.concat(chunks).toString('utf8')
          const to = session.envelope.rcptTo.map(({ address }) => address)
          const behaviour = this.#applies(to[0] ?? '') ? this.behaviour : 'accepts'
          if (behaviour !== 'drops before acceptance') this.#keep(raw, to)
          if (behaviour.startsWith('drops')) return this.#cut()
          if (behaviour === 'keeps silent') return void this.#unanswered.push(callback)
          callback()
        })
      },
    })
    server.on('error', () => {})
    server.server.on('connection', socket => {
      this.#sockets.add(socket)
      socket.on('close', () => this.#sockets.delete(socket))
    })
    await new Promise<void>(resolve => server.listen(this.#port, '0.0.0.0', () => resolve()))
    this.#port = (server.server.address() as AddressInfo).port
    this.#server = server
  }

  /** Goes away, connections included. */
  async stop(): Promise<void> {
    const server = this.#server
    this.#server = null
    if (!server) return
    const closed = new Promise<void>(resolve => server.close(() => resolve()))
    this.#cut()
    await closed
  }

  /** Accepts what it has kept silent about. */
  answer(): void {
    for (const accept of this.#unanswered.splice(0)) accept()
  }

  /** Resolves once so many mails have been received in all. */
  async has(count: number): Promise<Received[]> {
    while (this.received.length < count) await new Promise<void>(resolve => this.#heard.push(resolve))
    return this.received
  }

  #keep(raw: string, to: string[]): void {
    const headers = raw.slice(0, raw.indexOf('\r\n\r\n')).replaceAll(/\r\n[ \t]+/g, ' ')
    const messageId = /^message-id: (.*)$/im.exec(headers)?.[1] ?? ''
    this.received.push({ messageId, to, headers, raw })
    for (const heard of this.#heard.splice(0)) heard()
  }

  #applies(address: string): boolean {
    return this.only === null || this.only === address
  }

  #refusalOf(address: string): Error | null {
    if (!this.#applies(address)) return null
    const refusal = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode })
    if (this.behaviour === 'refuses for now') return refusal(451, '4.7.1 Greylisted, come back later')
    if (this.behaviour === 'refuses for good') return refusal(550, `5.1.1 <${address}> unknown`)
    if (this.behaviour === 'denies relay') return refusal(554, '5.7.1 Relay access denied')
    return null
  }

  #cut(): void {
    for (const socket of this.#sockets) socket.destroy()
  }
}
