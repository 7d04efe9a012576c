import type { IncomingMessage, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { UnusableAddressError } from './unusable-address.ts'

const DRAIN_MS = 3_000

/** Starts listening. @returns the port, useful when 0 was asked. @throws UnusableAddressError */
export function listen(server: Server, address: { port: number; host: string }): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', error => reject(UnusableAddressError.from(error, address) ?? error))
    server.listen(address.port, address.host, () => resolve((server.address() as AddressInfo).port))
  })
}

/** Counts the requests being answered, so that a stop can let them end. */
export function trackRequests(server: Server): { drain(): Promise<void> } {
  let running = 0
  server.on('request', (_req, res) => {
    running++
    res.once('close', () => running--)
  })
  return {
    /** Stops accepting, then waits for the answers under way, 3 s at most. */
    async drain() {
      server.close()
      const deadline = Date.now() + DRAIN_MS
      while (running > 0 && Date.now() < deadline) await sleep(20)
      server.closeAllConnections()
    },
  }
}

export type UpgradeHandler = (req: IncomingMessage, socket: Duplex, head: Buffer) => void

/** Hands WebSocket openings at `/collab` to the live engine; every other is closed, but for Vite's during development. */
export function routeUpgrades(server: Server, collaboration: UpgradeHandler): void {
  server.on('upgrade', (req, socket, head) => {
    // A socket cut during the handshake must not stop the process.
    socket.on('error', () => socket.destroy())
    if (/^\/collab(?:[/?]|$)/.test(req.url ?? '')) return collaboration(req, socket, head)
    if (req.headers['sec-websocket-protocol'] === 'vite-hmr') return
    socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n')
  })
}
