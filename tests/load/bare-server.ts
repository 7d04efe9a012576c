/** What live texts are measured against: Hocuspocus as it comes, in memory, which stores nothing and checks nothing. */
import { randomUUID } from 'node:crypto'
import { Server } from '@hocuspocus/server'
import * as Y from 'yjs'
import { writeContent } from '#server/collaboration/text-content.ts'
import { SKELETON } from '../collaboration/fixture.ts'

const server = new Server({
  port: 0,
  address: '127.0.0.1',
  quiet: true,
  stopOnSignals: false,
  async onLoadDocument() {
    const doc = new Y.Doc()
    writeContent(doc, SKELETON)
    return doc
  },
})
await server.listen()
const texts = Array.from({ length: Number(process.env.TEXTS) }, () => ({ minutesId: randomUUID(), epoch: 1 }))
process.stdout.write(`${JSON.stringify({ port: server.address.port, texts })}\n`)
process.on('SIGTERM', () => process.exit(0))
