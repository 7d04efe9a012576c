/**
 * A server with nothing but live texts, for chaos: `node tests/chaos/server.ts`. Everyone may write. It says on its first
 * line, in JSON, where it listens, a new text, and its people's cookies.
 */
import { openDatabase } from '#db/client.ts'
import { migrateDatabase } from '#db/migrate.ts'
import { newAccount, newMinutes } from '../collaboration/fixture.ts'
import { cookieOf, serveLiveTexts } from './live-texts.ts'

const PEOPLE = 6

const handle = await openDatabase({ dataDir: process.env.DATA_DIR, databaseUrl: process.env.DATABASE_URL })
await migrateDatabase(handle)
const text = await newMinutes(handle.db)
const people = await Promise.all(Array.from({ length: PEOPLE }, (_, n) => newAccount(handle.db, `Personne ${n}`)))
const { port, close } = await serveLiveTexts(handle.db, {
  journalLimit: { rows: Number(process.env.JOURNAL_ROWS ?? 1_000), bytes: 1024 * 1024 },
  spoolDir: process.env.DATA_DIR ? `${process.env.DATA_DIR}/spool` : undefined,
})
process.stdout.write(`${JSON.stringify({ port, text, cookies: people.map(cookieOf) })}\n`)

process.on('SIGTERM', async () => {
  await close()
  await handle.close()
  process.exit(0)
})
