/**
 * A server of several texts that hold the same thing, for `bench-texts.ts`: the product's, or with `BARE` a Hocuspocus as
 * it comes, which keeps each text in one column of the same kind of database. It says on its first line, in JSON, where it
 * listens, its texts and its people's cookies.
 */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from '@hocuspocus/server'
import { eq, sql } from 'drizzle-orm'
import { pino } from 'pino'
import * as Y from 'yjs'
import { type DatabaseHandle, openDatabase, rowsOf } from '#db/client.ts'
import { migrateDatabase } from '#db/migrate.ts'
import { liveTexts } from '#db/schema/live-texts.ts'
import { createCollaboration } from '#server/collaboration/index.ts'
import { type LiveTextKey, liveTextName } from '#server/vocabulary/live-texts.ts'
import { newAccount, newMinutes } from '../collaboration/fixture.ts'
import { answerMeasures } from './measured.ts'

const state = readFileSync(process.env.STATE ?? '')
const handle = await openDatabase({ dataDir: process.env.DATA_DIR, databaseUrl: process.env.DATABASE_URL })
const served = await (process.env.BARE ? bare(handle) : product(handle))
process.stdout.write(`${JSON.stringify(served)}\n`)
answerMeasures()

async function bare({ db }: DatabaseHandle) {
  await db.execute(sql`create table documents (name text primary key, state bytea not null)`)
  const texts = each('TEXTS', () => ({ minutesId: randomUUID(), epoch: 1 }))
  const store = (name: string, content: Uint8Array) =>
    db.execute(sql`insert into documents values (${name}, ${Buffer.from(content)})
      on conflict (name) do update set state = excluded.state`)
  for (const text of texts) await store(liveTextName(text), state)
  const server = new Server({
    port: 0,
    address: '127.0.0.1',
    quiet: true,
    stopOnSignals: false,
    async onLoadDocument({ documentName }) {
      const rows = await rowsOf<{ state: Uint8Array }>(
        db,
        sql`select state from documents where name = ${documentName}`,
      )
      return rows[0]?.state
    },
    async onStoreDocument({ documentName, document }) {
      await store(documentName, Y.encodeStateAsUpdate(document))
    },
  })
  await server.listen()
  return { port: server.address.port, texts, cookies: each('PEOPLE', () => '') }
}

async function product({ db }: DatabaseHandle) {
  await migrateDatabase(handle)
  const texts: LiveTextKey[] = []
  for (const _ of each('TEXTS', () => null)) {
    const { minutesId, epoch, liveTextId } = await newMinutes(db)
    await db.update(liveTexts).set({ state }).where(eq(liveTexts.id, liveTextId))
    texts.push({ minutesId, epoch })
  }
  const people = await Promise.all(each('PEOPLE', n => newAccount(db, `Personne ${n}`)))
  const collaboration = createCollaboration({
    db,
    clock: { now: () => new Date() },
    log: pino({ level: 'warn' }, pino.destination(2)),
    origin: null,
    sessions: {
      async accountOf(cookie) {
        const accountId = /session=([0-9a-f-]+)/.exec(cookie ?? '')?.[1]
        return accountId ? { accountId, sessionId: accountId } : null
      },
      stillOpen: async sessionIds => new Set(sessionIds),
    },
    async access(questions) {
      const asked = questions.map(({ minutesId }) => sql`${minutesId}::uuid`)
      const rows = await rowsOf<{ id: string; minutes_id: string; consortium_id: string }>(
        db,
        sql`select id, minutes_id, consortium_id from live_texts
          where minutes_id in (${sql.join(asked, sql`, `)}) and closed_at is null`,
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
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return { port: (server.address() as AddressInfo).port, texts, cookies: people.map(id => `session=${id}`) }
}

function each<T>(variable: string, make: (n: number) => T): T[] {
  return Array.from({ length: Number(process.env[variable] ?? 1) }, (_, n) => make(n))
}
