import { MessageType } from '@hocuspocus/server'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { WebSocket } from 'ws'
import { messageYjsSyncStep2 } from 'y-protocols/sync'
import * as Y from 'yjs'
import { EDITOR_FRAGMENT, EDITOR_SCHEMA_VERSION } from '#server/vocabulary/editor-schema.ts'

/** What somebody who opens the socket of a live text gets. */
export type Welcome = 'write' | 'read' | { code: number; reason: string } | { http: number }

/** The numbers of Hocuspocus's protocol that its packages do not export. */
const TOKEN = 0
const AUTHENTICATED = 2

/**
 * Opens a live text's socket as a page does, and leaves. Somebody who may only read also sends a paragraph of theirs: the
 * answer must be that it is not kept.
 */
export function knock(address: string, name: string, cookie: string): Promise<Welcome> {
  return new Promise((resolve, reject) => {
    const url = `${address.replace('http', 'ws')}/collab/${name}?schema=${EDITOR_SCHEMA_VERSION}`
    const ws = new WebSocket(url, { headers: { origin: address, ...(cookie ? { cookie } : {}) } })
    const late = setTimeout(() => reject(new Error(`no answer for ${name}`)), 10_000)
    const answer = (welcome: Welcome) => {
      clearTimeout(late)
      resolve(welcome)
      ws.terminate()
    }
    ws.on('open', () => ws.send(frame(name, MessageType.Auth, encoder => writeToken(encoder))))
    ws.on('message', (data: Buffer) => {
      const decoder = decoding.createDecoder(new Uint8Array(data))
      decoding.readVarString(decoder)
      const type = decoding.readVarUint(decoder)
      if (type === MessageType.Auth && decoding.readVarUint(decoder) === AUTHENTICATED) {
        if (decoding.readVarString(decoder) === 'read-write') answer('write')
        else ws.send(frame(name, MessageType.Sync, writeParagraph))
      }
      if (type === MessageType.SyncStatus) {
        if (decoding.readVarUint(decoder) === 0) answer('read')
        else reject(new Error(`what a reader of ${name} wrote was kept`))
      }
    })
    ws.on('close', (code, reason) => answer({ code, reason: reason.toString() }))
    ws.on('unexpected-response', (_req, res) => answer({ http: res.statusCode ?? 0 }))
    ws.on('error', () => {})
  })
}

function frame(name: string, type: number, write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarString(encoder, name)
  encoding.writeVarUint(encoder, type)
  write(encoder)
  return encoding.toUint8Array(encoder)
}

function writeToken(encoder: encoding.Encoder): void {
  encoding.writeVarUint(encoder, TOKEN)
  encoding.writeVarString(encoder, 'session')
}

function writeParagraph(encoder: encoding.Encoder): void {
  const doc = new Y.Doc()
  const paragraph = new Y.XmlElement('paragraph')
  paragraph.insert(0, [new Y.XmlText('Ajouté par qui ne fait que lire.')])
  doc.getXmlFragment(EDITOR_FRAGMENT).insert(0, [paragraph])
  encoding.writeVarUint(encoder, messageYjsSyncStep2)
  encoding.writeVarUint8Array(encoder, Y.encodeStateAsUpdate(doc))
}
