import postgres from 'postgres'
import { describe, expect, it, vi } from 'vitest'
import { DatabaseLockedError } from '#db/advisory-lock.ts'
import { openDatabase } from '#db/client.ts'
import { UnusableDatabaseError } from '#db/postgres.ts'
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

  it('says at once that the lock is lost when its connection is cut', async () => {
    const databaseUrl = await createPostgresDatabase('empty')
    const onLockLost = vi.fn<() => void>()
    const handle = await openDatabase({ databaseUrl, onLockLost })
    const admin = postgres(databaseUrl, { max: 1 })

    await admin`select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted
      and database = (select oid from pg_database where datname = current_database())`

    await vi.waitFor(() => expect(onLockLost).toHaveBeenCalledTimes(1))
    await Promise.all([admin.end(), handle.close()])
    expect(onLockLost).toHaveBeenCalledTimes(1)
  })

  it('does not report a loss when it is closed on purpose', async () => {
    const onLockLost = vi.fn<() => void>()
    const handle = await openDatabase({ databaseUrl: await createPostgresDatabase('empty'), onLockLost })
    await handle.close()
    expect(onLockLost).not.toHaveBeenCalled()
  })
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
