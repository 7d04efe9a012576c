/** What live texts are measured against: Hocuspocus as it comes, in memory, which stores nothing and checks nothing. */
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
const text = { minutesId: '00000000-0000-4000-8000-000000000001', epoch: 1 }
const cookies = Array.from({ length: Number(process.env.PEOPLE) }, () => '')
process.stdout.write(`${JSON.stringify({ port: server.address.port, text, cookies })}\n`)
process.on('message', () => process.send?.(process.cpuUsage()))
process.on('SIGTERM', () => process.exit(0))
