import type { Document } from '@hocuspocus/server'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { type Awareness, applyAwarenessUpdate, removeAwarenessStates } from 'y-protocols/awareness'
import { type LiveTextPresence, liveTextClose } from '#server/vocabulary/live-texts.ts'
import type { LiveSocket } from './live-socket.ts'

/** Carets cost more than the text when each of their moves is sent on. */
const EVERY_MS = 100
/** How long carets that are due wait for an edit to leave with: a caret mostly moves because somebody types. */
const COMPANY_MS = 20
const LONGEST_CURSOR = 1_000

type State = { clientId: number; clock: number; state: LiveTextPresence }

/**
 * Who has a text open, and where their caret is. The server says who: from a client it takes only the caret, and only of
 * the one Yjs client that its socket is.
 */
export class Presence {
  readonly #clientOf = new WeakMap<LiveSocket, number>()
  readonly #rooms = new WeakMap<Document, Room>()

  receive(socket: LiveSocket, update: Uint8Array): void {
    const states = readStates(update)
    if (!states) {
      socket.close(liveTextClose.unexpected)
      return
    }
    const room = this.#roomOf(socket.connected.document)
    for (const received of states) {
      if (!this.#owns(room, socket, received)) continue
      if (received.state === null) {
        this.leave(socket)
        continue
      }
      room.states.set(received.clientId, {
        clientId: received.clientId,
        clock: received.clock,
        state: stamp(socket, received.state),
      })
      room.schedule()
    }
  }

  /** An edit is about to be sent on: the carets that are due leave with it. */
  accompany(document: Document): void {
    this.#rooms.get(document)?.accompany()
  }

  /** The person has left: others see it at once. */
  leave(socket: LiveSocket): void {
    const clientId = this.#clientOf.get(socket)
    if (clientId === undefined) return
    this.#clientOf.delete(socket)
    this.#roomOf(socket.connected.document).remove(clientId)
  }

  /** A socket is one client, the first it speaks for. It takes it over from an older socket of the same person. */
  #owns(room: Room, socket: LiveSocket, { clientId, state }: { clientId: number; state: unknown }): boolean {
    const own = this.#clientOf.get(socket)
    if (own !== undefined) return own === clientId
    const owner = room.owners.get(clientId)
    if (state === null || (owner && owner.admission.accountId !== socket.admission.accountId)) return false
    if (owner) this.#clientOf.delete(owner)
    room.owners.set(clientId, socket)
    this.#clientOf.set(socket, clientId)
    return true
  }

  #roomOf(document: Document): Room {
    const known = this.#rooms.get(document)
    if (known) return known
    const room = new Room(document.awareness)
    this.#rooms.set(document, room)
    return room
  }
}

/** The carets of one text, sent on together. */
class Room {
  readonly owners = new Map<number, LiveSocket>()
  readonly states = new Map<number, State>()
  readonly #awareness: Awareness
  #sentAt = 0
  #timer: NodeJS.Timeout | null = null

  constructor(awareness: Awareness) {
    this.#awareness = awareness
  }

  schedule(): void {
    this.#timer ??= setTimeout(() => this.#send(), this.#dueIn() + COMPANY_MS)
  }

  accompany(): void {
    if (!this.#timer || this.#dueIn() > 0) return
    clearTimeout(this.#timer)
    this.#send()
  }

  #dueIn(): number {
    return Math.max(0, this.#sentAt + EVERY_MS - performance.now())
  }

  remove(clientId: number): void {
    this.owners.delete(clientId)
    this.states.delete(clientId)
    removeAwarenessStates(this.#awareness, [clientId], 'left')
  }

  #send(): void {
    this.#timer = null
    this.#sentAt = performance.now()
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, this.states.size)
    for (const { clientId, clock, state } of this.states.values()) {
      encoding.writeVarUint(encoder, clientId)
      // A client that comes back counts on from where it was, and would not be heard.
      encoding.writeVarUint(encoder, Math.max(clock, (this.#awareness.meta.get(clientId)?.clock ?? 0) + 1))
      encoding.writeVarString(encoder, JSON.stringify(state))
    }
    this.states.clear()
    applyAwarenessUpdate(this.#awareness, encoding.toUint8Array(encoder), 'stamped')
  }
}

function stamp({ user }: LiveSocket, state: Record<string, unknown>): LiveTextPresence {
  return isCursor(state.cursor) ? { user, cursor: state.cursor } : { user }
}

function isCursor(cursor: unknown): boolean {
  if (cursor === null) return true
  return typeof cursor === 'object' && JSON.stringify(cursor).length <= LONGEST_CURSOR
}

type Received = { clientId: number; clock: number; state: Record<string, unknown> | null }

/** Null when the message is malformed. */
function readStates(update: Uint8Array): Received[] | null {
  try {
    const decoder = decoding.createDecoder(update)
    return Array.from({ length: decoding.readVarUint(decoder) }, () => readState(decoder))
  } catch {
    return null
  }
}

function readState(decoder: decoding.Decoder): Received {
  const clientId = decoding.readVarUint(decoder)
  const clock = decoding.readVarUint(decoder)
  const state: unknown = JSON.parse(decoding.readVarString(decoder))
  return { clientId, clock, state: typeof state === 'object' ? (state as Received['state']) : {} }
}
