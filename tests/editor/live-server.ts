import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Hocuspocus } from '@hocuspocus/server'
import { type WebSocket, WebSocketServer } from 'ws'
import * as Y from 'yjs'

/** A bare Hocuspocus behind a socket of ours, whose storing can be held and whose sockets can be closed. */
export async function startLiveServer(options: { seed?: (doc: Y.Doc) => void } = {}) {
  const sockets = new Set<WebSocket>()
  const held: (() => void)[] = []
  let holding = false
  let readOnly = false
  let doc: Y.Doc | null = null

  const hocuspocus = new Hocuspocus({
    quiet: true,
    // The document stays when everybody has left, as if it were stored.
    unloadImmediately: false,
    async onLoadDocument({ document }) {
      if (doc) Y.applyUpdate(document, Y.encodeStateAsUpdate(doc))
      else options.seed?.(document)
      doc = document
    },
    async onAuthenticate({ connectionConfig }) {
      connectionConfig.readOnly = readOnly
    },
    async beforeSync({ type, payload }) {
      // SyncStep2 and Update carry edits; a handshake without any is two bytes long.
      if (holding && type > 0 && payload.length > 2) await new Promise<void>(resolve => held.push(resolve))
    },
  })

  const http = createServer()
  const upgrade = new WebSocketServer({ server: http })
  upgrade.on('connection', (socket, request) => {
    sockets.add(socket)
    const client = hocuspocus.handleConnection(socket as never, new Request(`http://test${request.url}`), {})
    socket.on('message', data => client.handleMessage(new Uint8Array(data as Buffer)))
    socket.on('close', (code, reason) => {
      sockets.delete(socket)
      client.handleClose({ code, reason: reason.toString() })
    })
  })
  await listen(0)

  function listen(port: number) {
    return new Promise<void>(resolve => http.listen(port, '127.0.0.1', resolve))
  }
  const { port } = http.address() as AddressInfo

  return {
    url: `ws://127.0.0.1:${port}/collab`,
    text: () => doc?.getXmlFragment('default').toString() ?? '',
    connections: () => sockets.size,
    /** Storing takes until `release`. */
    hold() {
      holding = true
    },
    /** Edits that wait to be stored. */
    waiting: () => held.length,
    /** Lets one waiting edit through, or all and the following ones. */
    release(one?: 'one') {
      if (one) return held.shift()?.()
      holding = false
      for (const resolve of held.splice(0)) resolve()
    },
    allowReadingOnly() {
      readOnly = true
    },
    closeSockets(code: number, reason = '') {
      for (const socket of sockets) socket.close(code, reason)
    },
    tell(message: unknown) {
      for (const document of hocuspocus.documents.values()) document.broadcastStateless(JSON.stringify(message))
    },
    /** The machine goes away without a word; `comeBack` on the same port. */
    async vanish() {
      for (const socket of sockets) socket.terminate()
      await new Promise(resolve => http.close(resolve))
    },
    comeBack: () => listen(port),
    async stop() {
      for (const socket of sockets) socket.terminate()
      upgrade.close()
      await new Promise(resolve => http.close(resolve))
    },
  }
}
