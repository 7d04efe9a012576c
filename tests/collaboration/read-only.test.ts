import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { DatabaseHandle } from '#db/client.ts'
import { liveTextUpdates } from '#db/schema/live-texts.ts'
import { liveTextClose } from '#server/vocabulary/live-texts.ts'
import { testDatabase } from '../setup/database.ts'
import { type, until, wordsOf } from './client.ts'
import { type LiveMinutes, newAccount, newMinutes } from './fixture.ts'
import { type Live, startLive } from './live.ts'

describe('a reader of a live text', () => {
  let handle: DatabaseHandle
  let live: Live
  let ada: string
  let reader: string
  let minutes: LiveMinutes
  beforeAll(async () => {
    handle = await testDatabase('pglite')
    ada = await newAccount(handle.db, 'Ada')
    reader = await newAccount(handle.db, 'Rita')
  })
  afterAll(() => handle.close())
  beforeEach(async () => {
    live = await startLive(handle)
    minutes = await newMinutes(handle.db)
    live.allow(ada, minutes, 'write')
    live.allow(reader, minutes, 'read')
  })
  afterEach(() => live.stop())

  it('[L8] is told so, and sees what others write', async () => {
    const [page, editor] = [live.open(reader, minutes), live.open(ada, minutes)]
    await Promise.all([page.synced(), editor.synced()])
    expect(page.provider.authorizedScope).toBe('readonly')
    type(editor.doc, 'de Ada')
    await until(() => wordsOf(page.doc).includes('de Ada'))
    await page.stored()
  })

  it('[L8] writes nothing: absent for the others, absent after a reload, never acknowledged', async () => {
    const [page, editor] = [live.open(reader, minutes), live.open(ada, minutes)]
    await Promise.all([page.stored(), editor.stored()])
    type(page.doc, 'intrus')
    type(editor.doc, 'légitime')
    await editor.stored()
    expect(page.provider.hasUnsyncedChanges).toBe(true)
    expect(wordsOf(editor.doc)).not.toContain('intrus')
    // An offline edit comes by the first exchange of a new socket.
    const { doc } = page
    page.leave()
    const again = live.open(reader, minutes, { doc })
    await again.synced()
    await until(() => wordsOf(doc).includes('légitime'))
    expect(again.provider.hasUnsyncedChanges).toBe(true)
    editor.leave()
    again.leave()
    await until(() => live.collaboration.openTexts() === 0)
    const fresh = live.open(ada, minutes)
    await fresh.stored()
    expect(wordsOf(fresh.doc)).toContain('légitime')
    expect(wordsOf(fresh.doc)).not.toContain('intrus')
    const rows = await handle.db
      .select()
      .from(liveTextUpdates)
      .where(eq(liveTextUpdates.liveTextId, minutes.liveTextId))
    expect(rows.filter(row => row.accountId === reader)).toHaveLength(0)
  })

  it('[L8] sends no command', async () => {
    for (const account of [reader, ada]) {
      const page = live.open(account, minutes)
      await page.synced()
      page.provider.sendStateless('{"type":"closed"}')
      expect((await page.closing()).code).toBe(liveTextClose.unexpected)
    }
  })
})
