import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { DatabaseHandle } from '#db/client.ts'
import { readLiveText } from '#server/collaboration/stored-text.ts'
import { liveTextClose } from '#server/vocabulary/live-texts.ts'
import { testDatabase } from '../setup/database.ts'
import { type, until } from './client.ts'
import { type LiveMinutes, newAccount, newMinutes } from './fixture.ts'
import { type Live, startLive } from './live.ts'

describe('rights that change while a text is open', () => {
  let handle: DatabaseHandle
  let live: Live
  let ada: string
  let bob: string
  let minutes: LiveMinutes
  beforeAll(async () => {
    handle = await testDatabase('pglite')
    ada = await newAccount(handle.db, 'Ada')
    bob = await newAccount(handle.db, 'Bob')
  })
  afterAll(() => handle.close())
  beforeEach(async () => {
    live = await startLive(handle, { recheckEveryMs: 100 })
    minutes = await newMinutes(handle.db)
    live.allow(ada, minutes, 'write')
    live.allow(bob, minutes, 'write')
  })
  afterEach(() => live.stop())

  it('[L10] withdrawn: the socket closes, the others stay', async () => {
    const [editor, other] = [live.open(ada, minutes), live.open(bob, minutes)]
    await Promise.all([editor.synced(), other.synced()])
    live.allow(ada, minutes, null)
    expect((await editor.closing()).code).toBe(liveTextClose.notAvailable)
    type(editor.doc, 'malgré tout')
    type(other.doc, 'avec droit')
    await other.stored()
    const words = JSON.stringify((await readLiveText(handle.db, minutes)).content)
    expect(words).toContain('avec droit')
    expect(words).not.toContain('malgré tout')
  })

  it('[L10] reduced: the person comes back as a reader; given again, as an editor', async () => {
    const editor = live.open(ada, minutes, { reconnect: true })
    await editor.stored()
    expect(editor.provider.authorizedScope).toBe('read-write')
    live.allow(ada, minutes, 'read')
    await until(() => editor.closings.length === 1)
    expect(editor.closings[0]?.code).toBe(liveTextClose.rightsChanged)
    await until(() => editor.provider.isAuthenticated && editor.provider.authorizedScope === 'readonly')
    live.allow(ada, minutes, 'write')
    await until(() => editor.closings.length === 2)
    await until(() => editor.provider.isAuthenticated && editor.provider.authorizedScope === 'read-write')
  })

  it('[L10] signed out: every socket of the session closes', async () => {
    const other = await newMinutes(handle.db)
    live.allow(ada, other, 'write')
    const [one, two] = [live.open(ada, minutes), live.open(ada, other)]
    await Promise.all([one.synced(), two.synced()])
    live.signOut(ada)
    expect((await Promise.all([one.closing(), two.closing()])).map(closing => closing.code)).toEqual([
      liveTextClose.notSignedIn,
      liveTextClose.notSignedIn,
    ])
  })

  it('[L10] an act has its effect at once, without waiting for the round', async () => {
    const slow = await startLive(handle, { recheckEveryMs: 60_000 })
    slow.allow(ada, minutes, 'write')
    const editor = slow.open(ada, minutes)
    await editor.synced()
    slow.allow(ada, minutes, null)
    slow.collaboration.recheck()
    expect((await editor.closing()).code).toBe(liveTextClose.notAvailable)
    await slow.stop()
  })

  it('[L10] the database does not answer: nobody is put out, and it is said', async () => {
    let answers = true
    const wavering = await startLive(handle, {
      recheckEveryMs: 50,
      access: async () => {
        if (!answers) throw new Error('no database')
        const { liveTextId, consortiumId } = minutes
        return [{ mode: 'write', liveTextId, consortiumId, person: { name: 'Ada', organisation: 'CAF' } }]
      },
    })
    const editor = wavering.open(ada, minutes)
    await editor.synced()
    answers = false
    await until(() => wavering.logged.some(line => line.msg === 'rights on live texts not checked'))
    expect(editor.closings).toEqual([])
    await wavering.stop()
  })
})
