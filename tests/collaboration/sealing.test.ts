import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { DatabaseHandle } from '#db/client.ts'
import { checkAgainstSchema, closeLiveText, readLiveText } from '#server/collaboration/stored-text.ts'
import { liveTextClose } from '#server/vocabulary/live-texts.ts'
import { databaseKinds, testDatabase } from '../setup/database.ts'
import { type Editor, type, until, wordsOf } from './client.ts'
import { type LiveMinutes, newAccount, newMinutes } from './fixture.ts'
import { type Live, startLive } from './live.ts'

describe.each(databaseKinds())('sealing on %s', kind => {
  let handle: DatabaseHandle
  let live: Live
  let people: string[]
  let minutes: LiveMinutes
  beforeAll(async () => {
    handle = await testDatabase(kind)
    people = await Promise.all(Array.from({ length: 20 }, (_, n) => newAccount(handle.db, `Personne ${n}`)))
  })
  afterAll(() => handle.close())
  beforeEach(async () => {
    live = await startLive(handle)
    minutes = await newMinutes(handle.db)
    for (const person of people) live.allow(person, minutes, 'write')
  })
  afterEach(() => live.stop())

  it('[L9] with twenty people typing: all that was acknowledged before is in it, nothing is acknowledged after', async () => {
    const typists = await Promise.all(people.map(person => startTyping(live.open(person, minutes), person)))
    await until(() => typists.every(typist => typist.acknowledged.size >= 5))
    await live.collaboration.drain(minutes.liveTextId)
    const sealed = await handle.db.transaction(async tx => {
      const text = await readLiveText(tx, minutes, { lock: 'update' })
      checkAgainstSchema(text.content)
      await closeLiveText(tx, text, new Date())
      return JSON.stringify(text.content)
    })
    const atSeal = typists.map(typist => new Set(typist.acknowledged))
    // They go on typing for a while: nobody has told them.
    await new Promise(resolve => setTimeout(resolve, 400))
    for (const person of people) live.allow(person, minutes, null)
    live.collaboration.announceClosed(minutes.minutesId, { name: 'Claire Vidal', at: new Date() })
    await until(() => typists.every(typist => typist.editor.closings.length > 0))
    for (const [index, typist] of typists.entries()) {
      typist.stop()
      for (const token of typist.acknowledged) expect(sealed).toContain(token)
      expect(atSeal[index]?.size).toBeGreaterThanOrEqual(5)
      expect(typist.editor.closings[0]?.code).toBe(liveTextClose.notAvailable)
    }
    expect(JSON.stringify((await readLiveText(handle.db, minutes)).content)).toBe(sealed)
  })

  it('[L9] those who have the text open are told by whom within two seconds, and cannot come back', async () => {
    const [person = ''] = people
    const editor = live.open(person, minutes)
    await editor.stored()
    const at = new Date('2027-03-12T16:00:00Z')
    await close()
    live.allow(person, minutes, null)
    live.collaboration.announceClosed(minutes.minutesId, { name: 'Claire Vidal', at })
    expect((await editor.closing()).code).toBe(liveTextClose.notAvailable)
    expect(editor.messages).toEqual([{ type: 'closed', by: { name: 'Claire Vidal', at: '2027-03-12T16:00:00.000Z' } }])
    const { doc } = editor
    type(doc, 'après coup')
    const late = live.open(person, minutes, { doc })
    expect((await late.closing()).code).toBe(liveTextClose.notAvailable)
    expect(late.provider.hasUnsyncedChanges || !late.provider.synced).toBe(true)
    expect(JSON.stringify((await readLiveText(handle.db, minutes)).content)).not.toContain('après coup')
  })

  it('[L9] sealed elsewhere: an edit is refused, and its socket closed', async () => {
    const [person = '', other = ''] = people
    const [editor, witness] = [live.open(person, minutes), live.open(other, minutes)]
    await Promise.all([editor.stored(), witness.stored()])
    await close()
    type(editor.doc, 'trop tard')
    expect((await editor.closing()).code).toBe(liveTextClose.notAvailable)
    expect(editor.provider.hasUnsyncedChanges).toBe(true)
    expect(wordsOf(witness.doc)).not.toContain('trop tard')
    expect(JSON.stringify((await readLiveText(handle.db, minutes)).content)).not.toContain('trop tard')
  })

  it('tells open pages that something else has changed', async () => {
    const [person = ''] = people
    const editor = live.open(person, minutes)
    await editor.synced()
    live.collaboration.announceChanged(minutes.minutesId)
    await until(() => editor.messages.length > 0)
    expect(editor.messages).toEqual([{ type: 'changed' }])
    expect(editor.closings).toEqual([])
  })

  function close(): Promise<void> {
    return handle.db.transaction(async tx =>
      closeLiveText(tx, await readLiveText(tx, minutes, { lock: 'update' }), new Date()),
    )
  }
})

type Typist = { editor: Editor; acknowledged: Set<string>; stop(): void }

/** Types a numbered token every 20 ms; one is acknowledged when all that was sent up to it is. */
async function startTyping(editor: Editor, person: string): Promise<Typist> {
  await editor.stored()
  const acknowledged = new Set<string>()
  const sent: string[] = []
  let seen = 0
  let before = 0
  editor.provider.on('unsyncedChanges', ({ number }: { number: number }) => {
    if (number < before) {
      const token = sent[seen++]
      if (token) acknowledged.add(token)
    }
    before = number
  })
  let n = 0
  const timer = setInterval(() => {
    const token = `[${person.slice(0, 8)}:${n++}]`
    sent.push(token)
    type(editor.doc, token)
  }, 20)
  return { editor, acknowledged, stop: () => clearInterval(timer) }
}
