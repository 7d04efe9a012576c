/**
 * What large rooms are measured against: the least that a server of live texts may do. It keeps the texts in memory, checks
 * and stores nothing, and writes to each socket once for each turn of its event loop: everything merged.
 */
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { MessageType, OutgoingMessage } from '@hocuspocus/server'
import * as encoding from 'lib0/encoding'
import { type WebSocket, WebSocketServer } from 'ws'
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness'
import { writeSyncStep1, writeUpdate } from 'y-protocols/sync'
import * as Y from 'yjs'
import { acknowledgement, answer, type Frame, nameOf, readFrame } from '#server/collaboration/frames.ts'
import { writeContent } from '#server/collaboration/text-content.ts'
import { liveTextName } from '#server/vocabulary/live-texts.ts'
import { SKELETON } from '../collaboration/fixture.ts'

class Room {
  readonly doc = new Y.Doc()
  readonly awareness = new Awareness(this.doc)
  readonly sockets = new Set<WebSocket>()
  readonly #name: string
  #updates: Uint8Array[] = []
  #owed: WebSocket[] = []
  readonly #moved = new Set<number>()
  #scheduled = false

  constructor(name: string) {
    this.#name = name
    writeContent(this.doc, SKELETON)
    this.awareness.setLocalState(null)
    this.awareness.on('update', (changes: Record<'added' | 'updated' | 'removed', number[]>) => {
      for (const client of [...changes.added, ...changes.updated, ...changes.removed]) this.#moved.add(client)
    })
  }

  receive(socket: WebSocket, frame: Frame): void {
    if (frame.kind === 'authentication') {
      this.sockets.add(socket)
      socket.send(new OutgoingMessage(this.#name).writeAuthenticated(false).toUint8Array())
    } else if (frame.kind === 'state-vector') {
      socket.send(stateVector(this.#name, this.doc))
      socket.send(answer(this.#name, Y.encodeStateAsUpdate(this.doc, frame.stateVector)))
    } else if (frame.kind === 'edits') {
      Y.applyUpdate(this.doc, frame.update)
      this.#updates.push(frame.update)
      this.#owed.push(socket)
      this.#schedule()
    } else if (frame.kind === 'presence') {
      applyAwarenessUpdate(this.awareness, frame.update, socket)
      this.#schedule()
    }
  }

  #schedule(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    setImmediate(() => this.#flush())
  }

  #flush(): void {
    this.#scheduled = false
    const messages: Uint8Array[] = []
    if (this.#updates.length > 0) messages.push(edits(this.#name, Y.mergeUpdates(this.#updates)))
    if (this.#moved.size > 0) messages.push(carets(this.#name, encodeAwarenessUpdate(this.awareness, [...this.#moved])))
    const owed = Map.groupBy(this.#owed, socket => socket)
    for (const socket of this.sockets) {
      const own = (owed.get(socket) ?? []).map(() => acknowledgement(this.#name, true))
      // One write of the operating system for all of them.
      const wire = (socket as unknown as { _socket: Socket })._socket
      wire.cork()
      for (const message of [...messages, ...own]) socket.send(message)
      wire.uncork()
    }
    this.#updates = []
    this.#owed = []
    this.#moved.clear()
  }
}

function message(name: string, type: MessageType, write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarString(encoder, name)
  encoding.writeVarUint(encoder, type)
  write(encoder)
  return encoding.toUint8Array(encoder)
}

function stateVector(name: string, doc: Y.Doc): Uint8Array {
  return message(name, MessageType.Sync, encoder => writeSyncStep1(encoder, doc))
}

function edits(name: string, update: Uint8Array): Uint8Array {
  return message(name, MessageType.Sync, encoder => writeUpdate(encoder, update))
}

function carets(name: string, update: Uint8Array): Uint8Array {
  return message(name, MessageType.Awareness, encoder => encoding.writeVarUint8Array(encoder, update))
}

const texts = Array.from({ length: Number(process.env.TEXTS) }, () => ({ minutesId: randomUUID(), epoch: 1 }))
const rooms = new Map(texts.map(text => [liveTextName(text), new Room(liveTextName(text))]))
const server = createServer()
new WebSocketServer({ server }).on('connection', socket => {
  socket.on('message', (data: Buffer) => {
    const frame = readFrame(data)
    rooms.get(nameOf(frame.address))?.receive(socket, frame)
  })
  socket.on('close', () => {
    for (const room of rooms.values()) room.sockets.delete(socket)
  })
})
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  process.stdout.write(`${JSON.stringify({ port, texts })}\n`)
})
process.on('SIGTERM', () => process.exit(0))
