import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import type { DatabaseHandle } from '#db/client.ts'
import { liveTexts, liveTextUndecodable, liveTextUpdates } from '#db/schema/live-texts.ts'
import type { Answer } from '#server/collaboration/answers.ts'
import { OpenText } from '#server/collaboration/open-text.ts'
import { readLiveText, sameText, textFingerprint } from '#server/collaboration/stored-text.ts'
import { liveTextClose } from '#server/vocabulary/live-texts.ts'
import { databaseKinds, testDatabase } from '../setup/database.ts'
import { type, until, wordsOf } from './client.ts'
import { type LiveMinutes, newAccount, newMinutes } from './fixture.ts'
import { type Live, startLive } from './live.ts'

describe.each(databaseKinds())('opening a text on %s', kind => {
  let handle: DatabaseHandle
  let live: Live
  let ada: string
  let minutes: LiveMinutes
  beforeAll(async () => {
    handle = await testDatabase(kind)
    ada = await newAccount(handle.db, 'Ada')
  })
  afterAll(() => handle.close())
  beforeEach(async () => {
    live = await startLive(handle)
    minutes = await newMinutes(handle.db)
    live.allow(ada, minutes, 'write')
  })
  afterEach(() => live.stop())

  it('[L4] a row that cannot be read is set aside and said; the text opens', async () => {
    await handle.db.insert(liveTextUpdates).values({
      liveTextId: minutes.liveTextId,
      update: new Uint8Array([7, 7, 7, 7]),
      receivedAt: new Date(),
    })
    const editor = live.open(ada, minutes)
    await editor.stored()
    expect(wordsOf(editor.doc)).toContain('Point d’étape')
    type(editor.doc, 'et la suite')
    await editor.stored()
    const aside = eq(liveTextUndecodable.liveTextId, minutes.liveTextId)
    expect(await handle.db.$count(liveTextUndecodable, aside)).toBe(1)
    expect(live.logged).toContainEqual(
      expect.objectContaining({ level: 50, msg: 'unreadable row of a live text set aside' }),
    )
  })

  it('[L3] an emptied text is never shown as a blank page', async () => {
    await handle.db
      .update(liveTexts)
      .set({ state: Y.encodeStateAsUpdate(new Y.Doc()) })
      .where(eq(liveTexts.id, minutes.liveTextId))
    const editor = live.open(ada, minutes)
    expect((await editor.closing()).code).toBe(liveTextClose.notWritten)
    expect(live.logged).toContainEqual(expect.objectContaining({ msg: 'live text not loaded' }))
    expect(live.collaboration.openTexts()).toBe(0)
  })

  it('[L16] a hundred people who open a long text at once do not make a hundred copies of it', async () => {
    const author = live.open(ada, minutes)
    await author.stored()
    for (let n = 0; n < 200; n++) type(author.doc, `paragraphe ${n}`.repeat(20))
    await author.stored()
    const missing = vi.spyOn(OpenText.prototype, 'missingFrom')
    const readers = Array.from({ length: 100 }, () => live.open(ada, minutes))
    // Somebody who types meanwhile does not make the copy useless.
    for (let n = 0; n < 20; n++) {
      type(author.doc, `pendant ${n}`)
      await author.stored()
    }
    await Promise.all(readers.map(reader => reader.stored()))
    const answers = missing.mock.results.map(result => (result.value as Answer).whole)
    expect(answers.length).toBeGreaterThanOrEqual(100)
    // Once more at most, when much was typed since.
    expect(new Set(answers).size).toBeLessThanOrEqual(2)
    missing.mockRestore()
    await until(() => readers.every(reader => wordsOf(reader.doc) === wordsOf(author.doc)))
    for (const reader of readers) expect(reader.doc.getXmlFragment('default').length).toBe(222)
    for (const reader of readers) reader.leave()
  })

  it('[L16] who opens a text is sent it once, with what was deleted of it', async () => {
    const author = live.open(ada, minutes)
    await author.stored()
    type(author.doc, 'gardée '.repeat(200))
    type(author.doc, 'retirée')
    const fragment = author.doc.getXmlFragment('default')
    fragment.delete(fragment.length - 1, 1)
    await author.stored()
    author.leave()
    await until(() => live.collaboration.openTexts() === 0)
    const reader = live.open(ada, minutes)
    let whole = 0
    reader.provider.on('message', ({ event }: { event: { data: ArrayBuffer } }) => {
      if (event.data.byteLength > 1_000) whole++
    })
    await reader.stored()
    await new Promise(resolve => setTimeout(resolve, 100))
    expect(whole).toBe(1)
    expect(sameText(textFingerprint(reader.doc), await readLiveText(handle.db, minutes))).toBe(true)
  })

  it('leaves memory with the last person, and comes back as it was', async () => {
    const editor = live.open(ada, minutes)
    await editor.stored()
    type(editor.doc, 'restée')
    await editor.stored()
    editor.leave()
    await until(() => live.collaboration.openTexts() === 0)
    const again = live.open(ada, minutes)
    await again.stored()
    expect(wordsOf(again.doc)).toBe(wordsOf(editor.doc))
  })
})
