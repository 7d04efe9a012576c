import postgres from 'postgres'
import { describe, expect, it, vi } from 'vitest'
import { DatabaseLockedError } from '#db/advisory-lock.ts'
import { openDatabase } from '#db/client.ts'
import { UnusableDatabaseError } from '#db/mendable.ts'
import { connect } from '#db/postgres.ts'
import { createPostgresDatabase, databaseKinds } from '../setup/database.ts'

describe.runIf(databaseKinds().includes('postgres'))('PostgreSQL', () => {
  it('serves one process: a second opening is refused in French, naming the first', async () => {
    const databaseUrl = await createPostgresDatabase('empty')
    const first = await openDatabase({ databaseUrl })

    const refusal = await openDatabase({ databaseUrl }).catch((error: unknown) => error)

    expect(refusal).toBeInstanceOf(DatabaseLockedError)
    expect((refusal as Error).message).toContain(`déjà utilisée par le processus ${process.pid}`)
    await first.close()
    const next = await openDatabase({ databaseUrl })
    await next.close()
  })

  it('lets two databases of one server live side by side', async () => {
    const one = await openDatabase({ databaseUrl: await createPostgresDatabase('empty') })
    const other = await openDatabase({ databaseUrl: await createPostgresDatabase('empty') })
    await Promise.all([one.close(), other.close()])
  })

  it('takes its lock again when PostgreSQL drops the connection that holds it', async () => {
    const databaseUrl = await createPostgresDatabase('empty')
    const { watch, said } = watcher()
    const handle = await openDatabase({ databaseUrl, ...watch })
    const admin = postgres(databaseUrl, { max: 1 })
    await dropHolder(admin)

    await vi.waitFor(() => expect(said).toEqual(['interrupted', 'retaken']))
    await expect(openDatabase({ databaseUrl })).rejects.toBeInstanceOf(DatabaseLockedError)
    await Promise.all([admin.end(), handle.close()])
    expect(said).toEqual(['interrupted', 'retaken'])
  })

  it('is told when another has taken the lock meanwhile', async () => {
    const databaseUrl = await createPostgresDatabase('empty')
    const { watch, said } = watcher()
    const handle = await openDatabase({ databaseUrl, ...watch })
    const other = postgres(databaseUrl, { max: 1 })
    const admin = postgres(databaseUrl, { max: 1 })
    // Waits in the queue of the lock, which PostgreSQL gives it as soon as it drops the holder.
    const taken = other`select pg_advisory_lock(727041981)`.execute()
    await vi.waitFor(async () => {
      const [row] = await admin<{ waiting: number }[]>`
        select count(*)::int as waiting from pg_locks where locktype = 'advisory' and not granted
          and database = (select oid from pg_database where datname = current_database())`
      expect(row?.waiting).toBe(1)
    })
    await dropHolder(admin)
    await taken

    await vi.waitFor(() => expect(said).toEqual(['interrupted', expect.stringContaining('déjà utilisée')]), 10_000)
    await Promise.all([admin.end(), other.end(), handle.close()])
  })

  it('survives a connection that ends as it opens: no statement is the driver’s own, whose failure nobody could catch', async () => {
    const uncaught: unknown[] = []
    const note = (reason: unknown) => uncaught.push(reason)
    process.on('unhandledRejection', note)
    const databaseUrl = await createPostgresDatabase('empty')
    // A millisecond is too short to read the types of a database.
    const client = connect(databaseUrl, { max: 1, connection: { statement_timeout: 1 } })
    await client`select 1`.catch(() => null)
    await client.end()
    process.off('unhandledRejection', note)
    expect(uncaught).toEqual([])
  })

  it('reports nothing when it is closed on purpose', async () => {
    const { watch, said } = watcher()
    const handle = await openDatabase({ databaseUrl: await createPostgresDatabase('empty'), ...watch })
    await handle.close()
    expect(said).toEqual([])
  })

  function watcher() {
    const said: string[] = []
    const watch = {
      onInterrupted: () => void said.push('interrupted'),
      onRetaken: () => void said.push('retaken'),
      onLost: (why: string) => void said.push(why),
    }
    return { watch, said }
  }

  async function dropHolder(admin: postgres.Sql): Promise<void> {
    await admin`select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted
      and database = (select oid from pg_database where datname = current_database())`
  }
})

describe('an unusable PostgreSQL', () => {
  it('is told in French, without the address or its password', async () => {
    const databaseUrl = 'postgres://someone:very-secret@127.0.0.1:1/none'
    const error = await openDatabase({ databaseUrl }).catch((each: unknown) => each)
    expect(error).toBeInstanceOf(UnusableDatabaseError)
    expect((error as Error).message).toContain('ne répond pas (ECONNREFUSED)')
    expect((error as Error).message).not.toContain('very-secret')
  })
})
