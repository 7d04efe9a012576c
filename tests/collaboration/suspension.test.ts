import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DatabaseHandle } from '#db/client.ts'
import { liveTextClose } from '#server/vocabulary/live-texts.ts'
import { testDatabase } from '../setup/database.ts'
import { type, until, wordsOf } from './client.ts'
import { faultyDatabase } from './faulty-database.ts'
import { newAccount, newMinutes } from './fixture.ts'
import { startLive } from './live.ts'

describe('while the lock of the database is not held', () => {
  let handle: DatabaseHandle
  beforeAll(async () => {
    handle = await testDatabase('pglite')
  })
  afterAll(() => handle.close())

  it('[L17] texts are closed and leave memory: what another process wrote meanwhile is seen afterwards', async () => {
    const [ada, minutes] = [await newAccount(handle.db, 'Ada'), await newMinutes(handle.db)]
    const faulty = faultyDatabase(handle.db)
    const here = await startLive({ ...handle, db: faulty.db })
    const elsewhere = await startLive(handle)
    for (const live of [here, elsewhere]) live.allow(ada, minutes, 'write')
    const editor = here.open(ada, minutes, { reconnect: true })
    await editor.synced()
    type(editor.doc, 'avant')
    await editor.stored()

    // Nothing can be stored: a text that nobody has open any more would stay in memory.
    faulty.fault.snapshots = 'fail'
    here.collaboration.suspend()
    expect((await editor.closing()).code).toBe(liveTextClose.notWritten)
    type(editor.doc, 'pendant')
    const other = elsewhere.open(ada, minutes)
    await other.synced()
    type(other.doc, 'ailleurs')
    await other.stored()
    await until(() => editor.closings.length > 2)
    expect(editor.closings.every(({ code }) => code === liveTextClose.notWritten)).toBe(true)

    here.collaboration.resume()
    faulty.fault.snapshots = 'work'
    await editor.stored()
    expect(wordsOf(editor.doc)).toMatch(/avant.*(ailleurs.*pendant|pendant.*ailleurs)/)
    await Promise.all([here.stop(), elsewhere.stop()])
  })
}, 30_000)
