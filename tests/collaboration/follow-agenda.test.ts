import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { DatabaseHandle } from '#db/client.ts'
import { readLiveText } from '#server/collaboration/stored-text.ts'
import { Invalid } from '#server/errors.ts'
import { databaseKinds, testDatabase } from '../setup/database.ts'
import { type, until, wordsOf } from './client.ts'
import { faultyDatabase } from './faulty-database.ts'
import { heading, type LiveMinutes, newAccount, newMinutes } from './fixture.ts'
import { type Live, startLive } from './live.ts'

const CHANGED = {
  type: 'doc',
  content: [heading('Point d’étape'), { type: 'paragraph' }, heading('Mobilité'), { type: 'paragraph' }],
}

describe.each(databaseKinds())('the skeleton follows the agenda on %s', kind => {
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

  it('[L13] while nobody has written, those who have it open see it change', async () => {
    const editor = live.open(ada, minutes)
    await editor.stored()
    expect(await live.collaboration.followAgenda(minutes.minutesId, CHANGED)).toBe(true)
    await until(() => wordsOf(editor.doc).includes('Mobilité'))
    const stored = await readLiveText(handle.db, minutes)
    expect(JSON.stringify(stored.content)).toContain('Mobilité')
    expect(stored.firstEditedAt).toBeNull()
    // Once more, the other way round.
    expect(await live.collaboration.followAgenda(minutes.minutesId, { type: 'doc', content: [heading('Seul')] })).toBe(
      true,
    )
    await until(() => !wordsOf(editor.doc).includes('Mobilité'))
    type(editor.doc, 'j’écris')
    await editor.stored()
    expect(JSON.stringify((await readLiveText(handle.db, minutes)).content)).toContain('j’écris')
  })

  it('[L13] without anybody there; the same agenda writes nothing', async () => {
    expect(await live.collaboration.followAgenda(minutes.minutesId, CHANGED)).toBe(true)
    expect((await readLiveText(handle.db, minutes)).journalRows).toBe(1)
    expect(await live.collaboration.followAgenda(minutes.minutesId, CHANGED)).toBe(true)
    expect((await readLiveText(handle.db, minutes)).journalRows).toBe(1)
  })

  it('[L13] never once somebody has written', async () => {
    const editor = live.open(ada, minutes)
    await editor.stored()
    type(editor.doc, 'déjà')
    await editor.stored()
    expect(await live.collaboration.followAgenda(minutes.minutesId, CHANGED)).toBe(false)
    expect(JSON.stringify((await readLiveText(handle.db, minutes)).content)).not.toContain('Mobilité')
  })

  it('[L13] at the same instant as a first edit: one or the other, and nothing acknowledged is lost', async () => {
    const editor = live.open(ada, minutes)
    await editor.stored()
    type(editor.doc, 'au même instant')
    const [followed] = await Promise.all([live.collaboration.followAgenda(minutes.minutesId, CHANGED), editor.stored()])
    const words = JSON.stringify((await readLiveText(handle.db, minutes)).content)
    expect(words).toContain('au même instant')
    expect(words.includes('Mobilité')).toBe(followed)
    await until(() => wordsOf(editor.doc).includes('Mobilité') === followed)
  })

  it('[L13] while somebody opens the text: they see it as it has become', async () => {
    const faulty = faultyDatabase(handle.db)
    const slow = await startLive({ ...handle, db: faulty.db })
    slow.allow(ada, minutes, 'write')
    faulty.fault.reads = 'slow'
    const editor = slow.open(ada, minutes)
    await new Promise(resolve => setTimeout(resolve, 100))
    expect(editor.provider.synced).toBe(false)
    expect(await slow.collaboration.followAgenda(minutes.minutesId, CHANGED)).toBe(true)
    await editor.synced()
    await until(() => wordsOf(editor.doc).includes('Mobilité'))
    await slow.stop()
  })

  it('[L13] refuses what the schema does not admit, and unknown minutes', async () => {
    await expect(
      live.collaboration.followAgenda(minutes.minutesId, { type: 'doc', content: [{ type: 'iframe' }] }),
    ).rejects.toThrow(Invalid)
    expect(await live.collaboration.followAgenda('00000000-0000-4000-8000-000000000000', CHANGED)).toBe(false)
  })
})
