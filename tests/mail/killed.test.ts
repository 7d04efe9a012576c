import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { and, eq, isNull } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type DatabaseHandle, openDatabase } from '#db/client.ts'
import { accounts, mandates, outgoingMails } from '#db/schema/index.ts'
import { cast, demonstration } from '../cast.ts'
import { type ServerProcess, startProcess } from '../server/process.ts'
import { createPostgresDatabase, databaseKinds, fillFolder } from '../setup/database.ts'
import { TestSmtp } from './smtp-server.ts'

describe.each(databaseKinds())('a process that dies while mail leaves, on %s', { timeout: 90_000 }, kind => {
  const smtp = new TestSmtp()
  let folder: string
  let env: Record<string, string>
  let server: ServerProcess | null = null

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'espace-mail-'))
    await smtp.start()
    smtp.received.length = 0
    env = { DATA_DIR: folder, SMTP_URL: smtp.url, APP_ORIGIN: 'http://spie.test' }
    if (kind === 'pglite') await fillFolder(folder, demonstration)
    else env.DATABASE_URL = await createPostgresDatabase(demonstration)
  }, 60_000)
  afterEach(async () => {
    server?.process.kill('SIGKILL')
    await server?.ended()
    await smtp.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  it('killed between the server’s acceptance and the mark: sent again, under the same Message-ID, and once only', async () => {
    const mailId = await writeWithoutJob()
    smtp.behaviour = 'keeps silent'
    server = startProcess(env)
    await smtp.has(1)
    server.process.kill('SIGKILL')
    await server.ended()

    smtp.behaviour = 'accepts'
    server = startProcess(env)
    await smtp.has(2)
    await stopped(server)
    expect(smtp.received.map(({ messageId }) => messageId)).toEqual([`<${mailId}@spie.test>`, `<${mailId}@spie.test>`])
    expect(await read(mailId)).toMatchObject({ state: 'envoye', tries: 2 })

    server = startProcess(env)
    await server.ready()
    await stopped(server)
    expect(smtp.received).toHaveLength(2)
  })

  it('stopped while a server keeps it waiting: ends in time, and the mail leaves at the next start', async () => {
    const mailId = await writeWithoutJob()
    smtp.behaviour = 'keeps silent'
    server = startProcess(env)
    await smtp.has(1)
    await stopped(server)
    expect(await read(mailId)).toMatchObject({ state: 'en_attente' })

    smtp.behaviour = 'accepts'
    server = startProcess(env)
    await smtp.has(2)
    await stopped(server)
    expect(await read(mailId)).toMatchObject({ state: 'envoye' })
  })

  async function stopped(running: ServerProcess): Promise<void> {
    running.process.kill('SIGTERM')
    expect(await running.ended()).toBe(0)
  }

  /** What an earlier process has left: mail whose job was lost with it. */
  function writeWithoutJob(): Promise<string> {
    return withDatabase(async ({ db }) => {
      const [mandate] = await db
        .select({ id: mandates.id, accountId: accounts.id, consortiumId: mandates.consortiumId })
        .from(mandates)
        .innerJoin(accounts, eq(accounts.id, mandates.accountId))
        .where(and(eq(accounts.email, cast.membre), isNull(mandates.endsOn)))
      if (!mandate) throw new Error('the cast has a membre')
      const { id: mandateId, ...rest } = mandate
      const [mail] = await db
        .insert(outgoingMails)
        .values({ ...rest, kind: 'mandat', about: { mandateId }, createdAt: new Date() })
        .returning()
      return mail?.id ?? ''
    })
  }

  function read(mailId: string) {
    return withDatabase(async ({ db }) => {
      const [row] = await db.select().from(outgoingMails).where(eq(outgoingMails.id, mailId))
      return row
    })
  }

  async function withDatabase<T>(work: (handle: DatabaseHandle) => Promise<T>): Promise<T> {
    const handle = await openDatabase({ dataDir: folder, databaseUrl: env.DATABASE_URL })
    try {
      return await work(handle)
    } finally {
      await handle.close()
    }
  }
})
