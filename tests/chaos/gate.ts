import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** Stands between the server and PostgreSQL, to cut them from each other. */
export class Gate {
  readonly #sockets = new Set<Socket>()
  readonly #to: { host: string; port: number }
  #port = 0
  #frozen = false
  #server = createServer()

  private constructor(to: URL) {
    this.#to = { host: to.hostname, port: Number(to.port || 5432) }
  }

  /** @returns the gate, and the address of the same database through it. */
  static async open(databaseUrl: string): Promise<{ gate: Gate; url: string }> {
    const url = new URL(databaseUrl)
    const gate = new Gate(url)
    await gate.restore()
    url.host = `127.0.0.1:${gate.#port}`
    return { gate, url: url.href }
  }

  /** Every connection ends, and new ones are refused. */
  cut(): void {
    this.#server.close()
    for (const socket of this.#sockets) socket.resetAndDestroy()
  }

  /** Nothing comes through any more, and nobody is told. */
  freeze(): void {
    this.#frozen = true
    for (const socket of this.#sockets) socket.pause()
  }

  /** New connections come through. */
  async restore(): Promise<void> {
    this.#frozen = false
    this.#server = createServer({ pauseOnConnect: true }, socket => this.#join(socket))
    this.#server.listen(this.#port, '127.0.0.1')
    await once(this.#server, 'listening')
    this.#port = (this.#server.address() as AddressInfo).port
  }

  #join(near: Socket): void {
    const far = connect(this.#to)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(from)
      from.on('error', () => {})
      from.on('data', data => void to.write(data))
      from.on('close', () => {
        this.#sockets.delete(from)
        to.destroy()
      })
      if (this.#frozen) from.pause()
      else from.resume()
    }
  }
}
