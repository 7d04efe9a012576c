/**
 * A server of several texts that hold the same thing, for `bench-texts.ts`: the product's, or with `BARE` a Hocuspocus as
 * it comes, which keeps each text in one column of the same kind of database. It says on its first line, in JSON, where it
 * listens, its texts and its people's cookies.
 */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Server } from '@hocuspocus/server'
import { eq, sql } from 'drizzle-orm'
import * as Y from 'yjs'
import { type DatabaseHandle, openDatabase, rowsOf } from '#db/client.ts'
import { migrateDatabase } from '#db/migrate.ts'
import { liveTexts } from '#db/schema/live-texts.ts'
import { type LiveTextKey, liveTextName } from '#server/vocabulary/live-texts.ts'
import { cookieOf, serveLiveTexts } from '../chaos/live-texts.ts'
import { newAccount, newMinutes } from '../collaboration/fixture.ts'

const state = readFileSync(process.env.STATE ?? '')
const handle = await openDatabase({ dataDir: process.env.DATA_DIR, databaseUrl: process.env.DATABASE_URL })
const served = await (process.env.BARE ? bare(handle) : product(handle))
process.stdout.write(`${JSON.stringify(served)}\n`)

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
  const { port } = await serveLiveTexts(db)
  return { port, texts, cookies: people.map(cookieOf) }
}

function each<T>(variable: string, make: (n: number) => T): T[] {
  return Array.from({ length: Number(process.env[variable] ?? 1) }, (_, n) => make(n))
}
