import { MessageType, OutgoingMessage } from '@hocuspocus/server'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { messageYjsSyncStep1, messageYjsSyncStep2, messageYjsUpdate } from 'y-protocols/sync'

/** What a client sends, as far as this server takes it. */
export type Frame = { address: string } & (
  | { kind: 'authentication' }
  | { kind: 'state-vector'; stateVector: Uint8Array }
  | { kind: 'edits'; update: Uint8Array; whole: boolean }
  | { kind: 'presence'; update: Uint8Array }
  | { kind: 'goodbye' }
  | { kind: 'nothing' }
  | { kind: 'unexpected' }
)

/** Reads a frame. `whole`: the client sends all that it has and the server lacks. @throws when it is malformed. */
export function readFrame(bytes: Uint8Array): Frame {
  // A pong has no address.
  if (bytes.byteLength === 1) return { address: '', kind: 'nothing' }
  const decoder = decoding.createDecoder(bytes)
  const address = decoding.readVarString(decoder)
  switch (decoding.readVarUint(decoder)) {
    case MessageType.Auth:
      return { address, kind: 'authentication' }
    case MessageType.Sync:
    case MessageType.SyncReply:
      return { address, ...readSync(decoder) }
    case MessageType.Awareness:
      return { address, kind: 'presence', update: decoding.readVarUint8Array(decoder) }
    case MessageType.CLOSE:
      return { address, kind: 'goodbye' }
    case MessageType.QueryAwareness:
      return { address, kind: 'nothing' }
    default:
      return { address, kind: 'unexpected' }
  }
}

function readSync(decoder: decoding.Decoder) {
  switch (decoding.readVarUint(decoder)) {
    case messageYjsSyncStep1:
      return { kind: 'state-vector', stateVector: decoding.readVarUint8Array(decoder) } as const
    case messageYjsSyncStep2:
      return { kind: 'edits', update: decoding.readVarUint8Array(decoder), whole: true } as const
    case messageYjsUpdate:
      return { kind: 'edits', update: decoding.readVarUint8Array(decoder), whole: false } as const
    default:
      return { kind: 'unexpected' } as const
  }
}

/** The text of a frame's address: a provider may add an identifier of its own. */
export function nameOf(address: string): string {
  const end = address.indexOf('\0')
  return end === -1 ? address : address.slice(0, end)
}

/** What a client sends first. */
export function authentication(address: string): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarString(encoder, address)
  encoding.writeVarUint(encoder, MessageType.Auth)
  encoding.writeVarUint(encoder, TOKEN)
  encoding.writeVarString(encoder, '')
  return encoding.toUint8Array(encoder)
}

const TOKEN = 0

/** Tells a client whether its edit is kept. */
export function acknowledgement(address: string, kept: boolean): Uint8Array {
  return new OutgoingMessage(address).writeSyncStatus(kept).toUint8Array()
}

/** What comes before an update that is sent as it is. */
export function updateHead(address: string, byteLength: number): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarString(encoder, address)
  encoding.writeVarUint(encoder, MessageType.Sync)
  encoding.writeVarUint(encoder, messageYjsUpdate)
  encoding.writeVarUint(encoder, byteLength)
  return encoding.toUint8Array(encoder)
}

/** Gives a client the last of what it lacked: it has the text then. */
export function answer(address: string, update: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarString(encoder, address)
  encoding.writeVarUint(encoder, MessageType.Sync)
  encoding.writeVarUint(encoder, messageYjsSyncStep2)
  encoding.writeVarUint8Array(encoder, update)
  return encoding.toUint8Array(encoder)
}
