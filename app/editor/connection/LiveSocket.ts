import { HocuspocusProviderWebsocket, type onCloseParameters } from '@hocuspocus/provider'
import { backOffDelay, closeMeaning } from './close-codes.ts'

/** Milliseconds before the first new attempt when nothing says to wait longer. */
const FIRST_DELAY = 1000
const LONGEST_DELAY = 5000
/** The stock socket never connects again when a delay is shorter than this one: below all of ours. */
const SHORTEST_DELAY = 500

/**
 * The socket of one live text. It differs from the stock one in this:
 * - What is written without a connection is not queued: the handshake sends it whole, and the acknowledgements of queued
 *   frames would reach zero before the handshake's own. « Enregistré » would be said too early.
 * - After a closing that no new attempt can change, it stops; when the server could not store, attempts are further and
 *   further apart.
 */
export class LiveSocket extends HocuspocusProviderWebsocket {
  private failures = 0

  /** @param WebSocketPolyfill for a process that has no `WebSocket` of its own */
  constructor(url: string, WebSocketPolyfill?: typeof WebSocket) {
    super({
      url,
      WebSocketPolyfill,
      delay: FIRST_DELAY,
      minDelay: SHORTEST_DELAY,
      maxDelay: LONGEST_DELAY,
      autoConnect: false,
    })
  }

  override send(message: unknown): void {
    if (this.webSocket?.readyState === OPEN) super.send(message)
  }

  override onClose(closing: onCloseParameters): void {
    const meaning = closeMeaning(closing.event.code, closing.event.reason)
    if (meaning.next !== 'retry') this.shouldConnect = false
    else {
      this.failures = meaning.backOff ? this.failures + 1 : 0
      this.configuration.delay = this.failures > 0 ? backOffDelay(this.failures - 1) : FIRST_DELAY
    }
    super.onClose(closing)
  }

  /** Opens another connection at once: the network went away, or came back. Nothing after a closing that stopped it. */
  reopen(): void {
    if (!this.shouldConnect) return
    // Told closed rather than asked to close: without a network, the browser waits for an answer that cannot come.
    if (this.webSocket?.readyState === OPEN) this.onClose({ event: NETWORK_CHANGED })
    else void this.connect()
  }
}

/** As the stock socket says it when the server is silent for too long. */
const NETWORK_CHANGED = { code: 4408, reason: 'network changed' }

/** `WebSocket.OPEN`, which a process without `WebSocket` has not. */
const OPEN = 1
