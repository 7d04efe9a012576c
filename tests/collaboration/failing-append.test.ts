import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { DatabaseHandle } from '#db/client.ts'
import { readLiveText } from '#server/collaboration/stored-text.ts'
import { liveTextClose } from '#server/vocabulary/live-texts.ts'
import { databaseKinds, testDatabase } from '../setup/database.ts'
import { type, until, wordsOf } from './client.ts'
import { faultyDatabase } from './faulty-database.ts'
import { type LiveMinutes, newAccount, newMinutes } from './fixture.ts'
import { type Live, startLive } from './live.ts'

describe.each(databaseKinds())('an edit that cannot be written on %s', kind => {
  let handle: DatabaseHandle
  let faulty: ReturnType<typeof faultyDatabase>
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
    faulty = faultyDatabase(handle.db)
    live = await startLive({ ...handle, db: faulty.db })
    minutes = await newMinutes(handle.db)
    live.allow(ada, minutes, 'write')
    live.allow(bob, minutes, 'write')
  })
  afterEach(async () => {
    faulty.fault.appends = 'work'
    faulty.letGo()
    await live.stop()
  })

  it('[L2] is tried again, and nobody notices', async () => {
    const editor = live.open(ada, minutes)
    await editor.synced()
    faulty.fault.appends = 'fail'
    type(editor.doc, 'patience')
    await until(() => live.collaboration.unsaved() === 1)
    expect(editor.provider.hasUnsyncedChanges).toBe(true)
    faulty.fault.appends = 'work'
    await editor.stored()
    expect(editor.closings).toEqual([])
    expect(await stored()).toContain('patience')
    expect(live.collaboration.unsaved()).toBe(0)
  })

  it('[L2] then closes the sockets of that text within two seconds; each keeps what it wrote and brings it again', async () => {
    const other = await newMinutes(handle.db)
    live.allow(bob, other, 'write')
    const [editor, witness] = [live.open(ada, minutes, { reconnect: true }), live.open(bob, minutes)]
    const elsewhere = live.open(bob, other)
    await Promise.all([editor.synced(), witness.synced(), elsewhere.synced()])
    faulty.fault.appends = 'fail'
    const started = Date.now()
    type(editor.doc, 'gardée')
    expect((await witness.closing()).code).toBe(liveTextClose.notWritten)
    expect(Date.now() - started).toBeLessThan(2_300)
    await until(() => editor.closings.length > 0)
    expect(editor.closings[0]?.code).toBe(liveTextClose.notWritten)
    expect(wordsOf(editor.doc)).toContain('gardée')
    expect(wordsOf(witness.doc)).not.toContain('gardée')
    expect(await stored()).not.toContain('gardée')
    expect(elsewhere.closings).toEqual([])
    expect(live.collaboration.failing()).toBe(1)
    faulty.fault.appends = 'work'
    await editor.stored()
    expect(live.collaboration.failing()).toBe(0)
    expect(await stored()).toContain('gardée')
    expect(live.logged).toContainEqual(expect.objectContaining({ msg: 'live edits not written' }))
  })

  it('[L2] a statement that hangs closes the sockets too; written after all, it is seen by those who came back', async () => {
    const editor = live.open(ada, minutes)
    await editor.synced()
    faulty.fault.appends = 'hang'
    type(editor.doc, 'tardive')
    expect((await editor.closing()).code).toBe(liveTextClose.notWritten)
    const witness = live.open(bob, minutes)
    await witness.synced()
    expect(wordsOf(witness.doc)).not.toContain('tardive')
    faulty.fault.appends = 'work'
    faulty.letGo()
    await until(() => wordsOf(witness.doc).includes('tardive'))
    expect(await stored()).toContain('tardive')
  })

  it('[L2] even when all the others have left meanwhile', async () => {
    const editor = live.open(ada, minutes)
    await editor.synced()
    faulty.fault.appends = 'hang'
    type(editor.doc, 'très tardive')
    await editor.closing()
    // Presence is sent to a socket that is no more; then nobody is left.
    const passing = live.open(bob, minutes)
    await passing.synced()
    await until(() => passing.provider.awareness?.getStates().get(passing.doc.clientID)?.user !== undefined)
    passing.leave()
    await new Promise(resolve => setTimeout(resolve, 100))
    const witness = live.open(bob, minutes)
    await witness.synced()
    expect(wordsOf(witness.doc)).not.toContain('très tardive')
    faulty.fault.appends = 'work'
    faulty.letGo()
    await until(() => wordsOf(witness.doc).includes('très tardive'))
  })

  async function stored(): Promise<string> {
    return JSON.stringify((await readLiveText(handle.db, minutes)).content)
  }
})
