/**
 * A server with nothing but live texts, for chaos and load: `node tests/chaos/server.ts`. Everyone may write. It says on
 * its first line, in JSON, where it listens, a new text, and its people's cookies.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sql } from 'drizzle-orm'
import { pino } from 'pino'
import { openDatabase, rowsOf } from '#db/client.ts'
import { migrateDatabase } from '#db/migrate.ts'
import { createCollaboration } from '#server/collaboration/index.ts'
import { newAccount, newMinutes } from '../collaboration/fixture.ts'

const handle = await openDatabase({ dataDir: process.env.DATA_DIR, databaseUrl: process.env.DATABASE_URL })
await migrateDatabase(handle)
const text = await newMinutes(handle.db)
const people = await Promise.all(
  Array.from({ length: Number(process.env.PEOPLE ?? 6) }, (_, n) => newAccount(handle.db, `Personne ${n}`)),
)
const collaboration = createCollaboration({
  db: handle.db,
  clock: { now: () => new Date() },
  log: pino({ level: 'warn' }, pino.destination(2)),
  origin: null,
  journalLimit: { rows: Number(process.env.JOURNAL_ROWS ?? 1_000), bytes: 1024 * 1024 },
  spoolDir: process.env.DATA_DIR ? `${process.env.DATA_DIR}/spool` : undefined,
  sessions: {
    async accountOf(cookie) {
      const accountId = /session=([0-9a-f-]+)/.exec(cookie ?? '')?.[1]
      return accountId ? { accountId, sessionId: accountId } : null
    },
    stillOpen: async sessionIds => new Set(sessionIds),
  },
  async access(questions) {
    const rows = await rowsOf<{ id: string; minutes_id: string; consortium_id: string }>(
      handle.db,
      sql`select id, minutes_id, consortium_id from live_texts where epoch = 1 and closed_at is null`,
    )
    return questions.map(({ minutesId }) => {
      const row = rows.find(({ minutes_id }) => minutes_id === minutesId)
      const person = { name: 'Personne', organisation: 'CAF du Tarn' }
      return row ? { mode: 'write', liveTextId: row.id, consortiumId: row.consortium_id, person } : null
    })
  },
})
const server = createServer()
server.on('upgrade', (req, socket, head) => collaboration.handleUpgrade(req, socket, head))
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  const cookies = people.map(id => `session=${id}`)
  process.stdout.write(`${JSON.stringify({ port, text, cookies })}\n`)
})

/** CPU spent so far, for the load generator. */
process.on('message', () => process.send?.(process.cpuUsage()))

process.on('SIGTERM', async () => {
  server.close()
  await collaboration.close()
  await handle.close()
  process.exit(0)
})
