import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { DatabaseHandle } from '#db/client.ts'
import { liveTexts, liveTextUpdates } from '#db/schema/live-texts.ts'
import { readLiveText } from '#server/collaboration/stored-text.ts'
import { databaseKinds, testDatabase } from '../setup/database.ts'
import { type, until, wordsOf } from './client.ts'
import { type LiveMinutes, newAccount, newMinutes } from './fixture.ts'
import { type Live, startLive } from './live.ts'

describe.each(databaseKinds())('edits are journalled on %s', kind => {
  let handle: DatabaseHandle
  let live: Live
  let ada: string
  let bob: string
  let minutes: LiveMinutes
  beforeAll(async () => {
    handle = await testDatabase(kind)
    ada = await newAccount(handle.db, 'Ada')
    bob = await newAccount(handle.db, 'Bob')
  })
  afterAll(() => handle.close())
  beforeEach(async () => {
    live = await startLive(handle)
    minutes = await newMinutes(handle.db)
    live.allow(ada, minutes, 'write')
    live.allow(bob, minutes, 'write')
  })
  afterEach(() => live.stop())

  it('[L1] what is acknowledged is in the database', async () => {
    const editor = live.open(ada, minutes)
    await editor.synced()
    expect(wordsOf(editor.doc)).toContain('Point d’étape')
    type(editor.doc, 'acquittée')
    await editor.stored()
    expect(JSON.stringify((await readLiveText(handle.db, minutes)).content)).toContain('acquittée')
    const rows = await journal()
    expect(rows).toHaveLength(1)
    expect(rows[0]?.accountId).toBe(ada)
  })

  it('two people see what the other writes', async () => {
    const [one, two] = [live.open(ada, minutes), live.open(bob, minutes)]
    await Promise.all([one.synced(), two.synced()])
    type(one.doc, 'de Ada')
    type(two.doc, 'de Bob')
    await Promise.all([one.stored(), two.stored()])
    await until(() => wordsOf(one.doc) === wordsOf(two.doc))
    expect(wordsOf(one.doc)).toContain('de Ada')
    expect(wordsOf(one.doc)).toContain('de Bob')
  })

  it('[L1] opening a text journals nothing, even when pieces of it were deleted', async () => {
    const editor = live.open(ada, minutes)
    await editor.synced()
    type(editor.doc, 'à retirer')
    editor.doc.getXmlFragment('default').delete(2, 1)
    await editor.stored()
    const before = (await journal()).length
    const late = live.open(bob, minutes)
    await late.stored()
    editor.provider.forceSync()
    await editor.stored()
    expect(await journal()).toHaveLength(before)
  })

  it('[L13] the first edit dates the text; opening it does not', async () => {
    const editor = live.open(ada, minutes)
    await editor.stored()
    expect(await firstEdit()).toBeNull()
    type(editor.doc, 'premier')
    await editor.stored()
    const first = await firstEdit()
    expect(first).toBeInstanceOf(Date)
    type(editor.doc, 'second')
    await editor.stored()
    expect(await firstEdit()).toEqual(first)
  })

  it('[L1] edits of several texts, written together, each reach their own', async () => {
    const other = await newMinutes(handle.db)
    live.allow(ada, other, 'write')
    const [one, two] = [live.open(ada, minutes), live.open(ada, other)]
    await Promise.all([one.synced(), two.synced()])
    for (let n = 0; n < 40; n++) {
      type(one.doc, `a${n}`)
      type(two.doc, `b${n}`)
    }
    await Promise.all([one.stored(), two.stored()])
    const own = JSON.stringify((await readLiveText(handle.db, minutes)).content)
    const others = JSON.stringify((await readLiveText(handle.db, other)).content)
    for (let n = 0; n < 40; n++) expect([own.includes(`a${n}`), others.includes(`b${n}`)]).toEqual([true, true])
    expect([own.includes('b1'), others.includes('a1')]).toEqual([false, false])
  })

  it('[L1] what a person typed just before leaving counts', async () => {
    const editor = live.open(ada, minutes)
    const stays = live.open(bob, minutes)
    await Promise.all([editor.synced(), stays.synced()])
    type(editor.doc, 'dernier mot')
    editor.leave()
    await until(() => wordsOf(stays.doc).includes('dernier mot'))
    expect(JSON.stringify((await readLiveText(handle.db, minutes)).content)).toContain('dernier mot')
  })

  it('[L1] edits made offline arrive at the next opening', async () => {
    const editor = live.open(ada, minutes)
    await editor.synced()
    const { doc } = editor
    editor.leave()
    type(doc, 'hors ligne')
    const again = live.open(ada, minutes, { doc })
    await again.stored()
    expect(JSON.stringify((await readLiveText(handle.db, minutes)).content)).toContain('hors ligne')
  })

  it('[L1] somebody who goes on typing while coming back is told « stored » only when all of it is', async () => {
    const editor = live.open(ada, minutes, { reconnect: true })
    await editor.stored()
    const closed = editor.closing()
    live.allow(ada, minutes, 'read')
    live.collaboration.recheck()
    await closed
    live.allow(ada, minutes, 'write')
    const told: string[] = []
    editor.provider.on('unsyncedChanges', ({ number }: { number: number }) => {
      if (number === 0) told.push(wordsOf(editor.doc))
    })
    type(editor.doc, 'hors ligne, premier')
    // Between the opening of the socket and the first exchange, where a key is the most likely to be miscounted.
    const typing = setInterval(() => type(editor.doc, 'encore'), 1)
    await until(() => editor.provider.isAuthenticated)
    type(editor.doc, 'hors ligne, second')
    clearInterval(typing)
    await until(() => told.length > 0)
    expect(told[0]).toContain('hors ligne, second')
    const stored = JSON.stringify((await readLiveText(handle.db, minutes)).content)
    expect(stored).toContain('hors ligne, premier')
    expect(stored).toContain('hors ligne, second')
    await editor.stored()
    expect(editor.closings).toHaveLength(1)
    const kept = JSON.stringify((await readLiveText(handle.db, minutes)).content)
    expect(kept.split('encore').length).toBe(wordsOf(editor.doc).split('encore').length)
  })

  function journal() {
    return handle.db.select().from(liveTextUpdates).where(eq(liveTextUpdates.liveTextId, minutes.liveTextId))
  }

  async function firstEdit(): Promise<Date | null | undefined> {
    const [row] = await handle.db.select().from(liveTexts).where(eq(liveTexts.id, minutes.liveTextId))
    return row?.firstEditedAt
  }
})
