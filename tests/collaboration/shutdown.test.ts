import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { DatabaseHandle } from '#db/client.ts'
import { closeLiveText, readLiveText } from '#server/collaboration/stored-text.ts'
import { liveTextClose } from '#server/vocabulary/live-texts.ts'
import { testDatabase } from '../setup/database.ts'
import { type, until, wordsOf } from './client.ts'
import { faultyDatabase } from './faulty-database.ts'
import { type LiveMinutes, NOW, newAccount, newMinutes } from './fixture.ts'
import { startLive } from './live.ts'

describe('stopping with texts open', () => {
  let handle: DatabaseHandle
  let ada: string
  let minutes: LiveMinutes
  let spoolDir: string
  beforeAll(async () => {
    handle = await testDatabase('pglite')
    ada = await newAccount(handle.db, 'Ada')
  })
  afterAll(() => handle.close())
  beforeEach(async () => {
    minutes = await newMinutes(handle.db)
    spoolDir = mkdtempSync(join(tmpdir(), 'spool-'))
  })
  afterEach(() => rmSync(spoolDir, { recursive: true }))

  it('[L15] writes what was received, then tells the pages to come back', async () => {
    const faulty = faultyDatabase(handle.db)
    const live = await startLive({ ...handle, db: faulty.db }, { spoolDir })
    live.allow(ada, minutes, 'write')
    const editor = live.open(ada, minutes)
    await editor.stored()
    faulty.fault.appends = 'hang'
    for (let n = 0; n < 20; n++) type(editor.doc, `avant l’arrêt ${n}`)
    await new Promise(resolve => setTimeout(resolve, 300))
    const closing = editor.closing()
    const closed = live.collaboration.close()
    faulty.fault.appends = 'work'
    faulty.letGo()
    await closed
    expect((await closing).code).toBe(liveTextClose.restarting)
    expect(live.collaboration.openTexts()).toBe(0)
    expect(readdirSync(spoolDir)).toEqual([])
    expect(JSON.stringify((await readLiveText(handle.db, minutes)).content)).toContain('avant l’arrêt 19')
    await live.stop()
  })

  it('[L15] keeps in a file what the database does not take, and writes it at the next start', async () => {
    await stopWhileHanging('en attente')
    expect(readdirSync(spoolDir)).toHaveLength(1)
    expect(JSON.stringify((await readLiveText(handle.db, minutes)).content)).not.toContain('en attente')

    const next = await startLive(handle, { spoolDir })
    next.allow(ada, minutes, 'write')
    const reader = next.open(ada, minutes)
    await reader.synced()
    expect(wordsOf(reader.doc)).toContain('en attente')
    expect(readdirSync(spoolDir)).toEqual([])
    await next.stop()
  })

  it('[L15] keeps the file while the database does not take it either', async () => {
    await stopWhileHanging('toujours là')
    const faulty = faultyDatabase(handle.db)
    faulty.fault.appends = 'fail'
    const next = await startLive({ ...handle, db: faulty.db }, { spoolDir })
    await until(() => next.logged.some(line => line.msg === 'spooled live edits not reloaded'))
    expect(readdirSync(spoolDir)).toHaveLength(1)
    await next.stop()
  })

  it('[L15] not if the text was sealed meanwhile', async () => {
    await stopWhileHanging('en retard')
    await handle.db.transaction(async tx => closeLiveText(tx, await readLiveText(tx, minutes, { lock: 'update' }), NOW))
    const next = await startLive(handle, { spoolDir })
    await until(() => readdirSync(spoolDir).length === 0)
    expect(next.logged).toContainEqual(expect.objectContaining({ msg: 'spooled live edits reloaded', refused: 1 }))
    expect(JSON.stringify((await readLiveText(handle.db, minutes)).content)).not.toContain('en retard')
    await next.stop()
  })

  it('[L15] a file that cannot be read stays, and is said; texts open all the same', async () => {
    writeFileSync(join(spoolDir, 'live-edits-1-1.jsonl'), '{"liveTextId":\n')
    const live = await startLive(handle, { spoolDir })
    live.allow(ada, minutes, 'write')
    await live.open(ada, minutes).synced()
    expect(live.logged).toContainEqual(expect.objectContaining({ msg: 'spooled live edits not reloaded' }))
    expect(readFileSync(join(spoolDir, 'live-edits-1-1.jsonl'), 'utf8')).toContain('liveTextId')
    await live.stop()
  })

  async function stopWhileHanging(words: string): Promise<void> {
    const faulty = faultyDatabase(handle.db)
    const live = await startLive({ ...handle, db: faulty.db }, { spoolDir })
    live.allow(ada, minutes, 'write')
    const editor = live.open(ada, minutes)
    await editor.stored()
    faulty.fault.appends = 'hang'
    type(editor.doc, words)
    await until(() => live.collaboration.unsaved() === 1)
    await live.stop()
  }
}, 30_000)
