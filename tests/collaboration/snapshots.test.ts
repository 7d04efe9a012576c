import { setTimeout as sleep } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { DatabaseHandle } from '#db/client.ts'
import { liveTexts, liveTextUpdates } from '#db/schema/live-texts.ts'
import { compactLiveText } from '#server/collaboration/snapshots.ts'
import { readLiveText, sameText, writeSnapshot } from '#server/collaboration/stored-text.ts'
import { databaseKinds, testDatabase } from '../setup/database.ts'
import { type, until, wordsOf } from './client.ts'
import { faultyDatabase } from './faulty-database.ts'
import { type LiveMinutes, newAccount, newMinutes } from './fixture.ts'
import { type Live, startLive } from './live.ts'

const log = pino({ level: 'silent' })

describe.each(databaseKinds())('snapshots on %s', kind => {
  let handle: DatabaseHandle
  let faulty: ReturnType<typeof faultyDatabase>
  let live: Live
  let ada: string
  let minutes: LiveMinutes
  beforeAll(async () => {
    handle = await testDatabase(kind)
    ada = await newAccount(handle.db, 'Ada')
  })
  afterAll(() => handle.close())
  beforeEach(async () => {
    faulty = faultyDatabase(handle.db)
    live = await startLive({ ...handle, db: faulty.db })
    minutes = await newMinutes(handle.db)
    live.allow(ada, minutes, 'write')
  })
  afterEach(() => live.stop())

  it('[L5] the last one to leave leaves a snapshot and an empty journal', async () => {
    const editor = live.open(ada, minutes)
    await editor.synced()
    type(editor.doc, 'une')
    type(editor.doc, 'deux')
    await editor.stored()
    expect(await rows()).toBe(2)
    const before = await readLiveText(handle.db, minutes)
    editor.leave()
    await until(() => live.collaboration.openTexts() === 0)
    expect(await rows()).toBe(0)
    expect(sameText(before, await readLiveText(handle.db, minutes))).toBe(true)
  })

  it('[L5] many edits do not make a long journal, and lose nothing', async () => {
    const editor = live.open(ada, minutes)
    await editor.synced()
    for (let n = 0; n < 1_200; n++) {
      type(editor.doc, `m${n}.`)
      if (n % 100 === 0) await editor.stored()
    }
    await editor.stored()
    await expect.poll(rows, { timeout: 5_000 }).toBeLessThan(300)
    const words = JSON.stringify((await readLiveText(handle.db, minutes)).content)
    for (let n = 0; n < 1_200; n++) expect(words).toContain(`"m${n}."`)
  })

  it('[L5] edits written while a snapshot is taken are not lost', async () => {
    const editor = live.open(ada, minutes)
    await editor.synced()
    for (let n = 0; n < 60; n++) {
      type(editor.doc, `p${n}.`)
      if (n % 10 === 0) void compactLiveText(handle.db, minutes, log)
      await sleep(2)
    }
    await editor.stored()
    await compactLiveText(handle.db, minutes, log)
    const words = JSON.stringify((await readLiveText(handle.db, minutes)).content)
    for (let n = 0; n < 60; n++) expect(words).toContain(`"p${n}."`)
  })

  it('[L5] one that fails, then idle, then the last one leaves: nothing lost, and said', async () => {
    const editor = live.open(ada, minutes)
    await editor.synced()
    type(editor.doc, 'précieuse')
    await editor.stored()
    faulty.fault.snapshots = 'fail'
    editor.leave()
    await until(() => live.logged.some(line => line.msg === 'live text snapshot failed'))
    // It stays in memory, and the journal stays whole.
    expect(live.collaboration.openTexts()).toBe(1)
    expect(await rows()).toBe(1)
    const again = live.open(ada, minutes)
    await again.stored()
    expect(wordsOf(again.doc)).toContain('précieuse')
    again.leave()
    faulty.fault.snapshots = 'work'
    await until(() => live.collaboration.openTexts() === 0)
    expect(await rows()).toBe(0)
    expect(JSON.stringify((await readLiveText(handle.db, minutes)).content)).toContain('précieuse')
  })

  it('[L5] a snapshot is made of the database, and not of the memory of a process', async () => {
    const editor = live.open(ada, minutes)
    await editor.synced()
    type(editor.doc, 'ici')
    await editor.stored()
    // Another node, which this one has not heard of.
    const elsewhere = await startLive(handle)
    elsewhere.allow(ada, minutes, 'write')
    const other = elsewhere.open(ada, minutes)
    await other.synced()
    type(other.doc, 'ailleurs')
    await other.stored()
    editor.leave()
    await until(() => live.collaboration.openTexts() === 0)
    await elsewhere.stop()
    const words = JSON.stringify((await readLiveText(handle.db, minutes)).content)
    expect(words).toContain('ici')
    expect(words).toContain('ailleurs')
  })

  it('[L5] an edit waits for the snapshot that is being taken', async () => {
    const editor = live.open(ada, minutes)
    await editor.synced()
    type(editor.doc, 'avant')
    await editor.stored()
    await handle.db.transaction(async tx => {
      const text = await readLiveText(tx, minutes, { lock: 'update' })
      type(editor.doc, 'pendant')
      await sleep(200)
      expect(editor.provider.hasUnsyncedChanges).toBe(true)
      await writeSnapshot(tx, text)
    })
    await editor.stored()
    expect(await rows()).toBe(1)
    const words = JSON.stringify((await readLiveText(handle.db, minutes)).content)
    expect(words).toContain('avant')
    expect(words).toContain('pendant')
    await expect(
      handle.db.transaction(async tx => writeSnapshot(tx, await readLiveText(tx, minutes, { lock: 'share' }))),
    ).rejects.toThrow('lock')
  })

  it('[L5] a snapshot waits for the edit that is being written', async () => {
    const { doc } = await readLiveText(handle.db, minutes)
    const before = Y.encodeStateVector(doc)
    type(doc, 'en cours')
    let taken = false
    const snapshot = sleep(100)
      .then(() => compactLiveText(handle.db, minutes, log))
      .then(() => {
        taken = true
      })
    await handle.db.transaction(async tx => {
      await tx.insert(liveTextUpdates).values({
        liveTextId: minutes.liveTextId,
        update: Y.encodeStateAsUpdate(doc, before),
        receivedAt: new Date(),
      })
      await sleep(300)
      expect(taken).toBe(false)
    })
    await snapshot
    expect(await rows()).toBe(0)
    expect(JSON.stringify((await readLiveText(handle.db, minutes)).content)).toContain('en cours')
  })

  it('[L9] a closed text is not compacted', async () => {
    await handle.db.update(liveTexts).set({ closedAt: new Date() }).where(eq(liveTexts.id, minutes.liveTextId))
    expect((await compactLiveText(handle.db, minutes, log)).closedAt).toBeInstanceOf(Date)
  })

  function rows(): Promise<number> {
    return handle.db.$count(liveTextUpdates, eq(liveTextUpdates.liveTextId, minutes.liveTextId))
  }
})
