import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { DatabaseHandle } from '#db/client.ts'
import { liveTextUpdates } from '#db/schema/live-texts.ts'
import { refusals } from '#server/collaboration/content-rules.ts'
import { readLiveText } from '#server/collaboration/stored-text.ts'
import { EDITOR_FRAGMENT } from '#server/vocabulary/editor-schema.ts'
import { liveTextClose, liveTextName } from '#server/vocabulary/live-texts.ts'
import { testDatabase } from '../setup/database.ts'
import { type Editor, type, until, wordsOf } from './client.ts'
import { type LiveMinutes, newAccount, newMinutes, paragraph } from './fixture.ts'
import { type Live, startLive } from './live.ts'

describe('an edit that may not enter a text', () => {
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
    live = await startLive(handle)
    minutes = await newMinutes(handle.db)
    live.allow(ada, minutes, 'write')
    live.allow(bob, minutes, 'write')
  })
  afterEach(() => live.stop())

  const cases: [string, string, (doc: Y.Doc) => void][] = [
    ['an unknown node', refusals.element, doc => insert(doc, new Y.XmlElement('iframe'))],
    ['an unknown root', refusals.element, doc => doc.getArray('autre').push([1])],
    ['a javascript: link', refusals.link, doc => linkTo(doc, 'javascript:alert(1)')],
    ['a NUL', refusals.character, doc => type(doc, 'a\0b')],
  ]

  it.each(cases)('[L7] %s: refused with a reason, journalled nowhere, seen by nobody', async (_, reason, change) => {
    const [author, witness] = [live.open(ada, minutes), live.open(bob, minutes)]
    await Promise.all([author.stored(), witness.stored()])
    const before = wordsOf(witness.doc)
    change(author.doc)
    expect(await author.closing()).toEqual({ code: liveTextClose.refused, reason })
    expect(await journalRows()).toBe(0)
    expect(witness.closings).toEqual([])
    expect(wordsOf(witness.doc)).toBe(before)
    expect(live.logged).toContainEqual(expect.objectContaining({ msg: 'live edit refused', accountId: ada }))
    expect(JSON.stringify(live.logged)).not.toContain('iframe')
  })

  it('[L7] a poison update closes its socket; the text and the others go on', async () => {
    const [author, witness] = [live.open(ada, minutes), live.open(bob, minutes)]
    await Promise.all([author.stored(), witness.stored()])
    send(author, [0, 2, 5, 250, 250, 250, 250, 250])
    expect(await author.closing()).toEqual({ code: liveTextClose.refused, reason: refusals.malformed })
    type(witness.doc, 'la suite')
    await witness.stored()
    expect(await journalRows()).toBe(1)
    expect(JSON.stringify((await readLiveText(handle.db, minutes)).content)).toContain('la suite')
  })

  it.each([
    ['a message of another protocol', [42]],
    ['a message between servers', [6, 1, 65]],
    ['an unknown exchange', [0, 9]],
    ['half a message', [0, 2, 90, 1]],
    ['half a state vector', [0, 0, 2, 200, 200]],
  ])('[L12] %s closes the socket', async (_, bytes) => {
    const author = live.open(ada, minutes)
    await author.stored()
    send(author, bytes)
    expect((await author.closing()).code).toBe(liveTextClose.unexpected)
  })

  it('[L7] edits that come before those they build on: the socket opens again and brings them all', async () => {
    const author = live.open(ada, minutes, { reconnect: true })
    await author.stored()
    const lost = new Y.Doc()
    Y.applyUpdate(lost, Y.encodeStateAsUpdate(author.doc))
    type(lost, 'un')
    const before = Y.encodeStateVector(lost)
    type(lost, 'deux')
    const second = Y.encodeStateAsUpdate(lost, before)
    send(author, [0, 2, ...lengthOf(second), ...second])
    await until(() => author.closings.length === 1)
    expect(author.closings[0]?.code).toBe(liveTextClose.outOfOrder)
    Y.applyUpdate(author.doc, Y.encodeStateAsUpdate(lost))
    await author.stored()
    const words = JSON.stringify((await readLiveText(handle.db, minutes)).content)
    expect(words).toContain('un')
    expect(words).toContain('deux')
  })

  it('[L12] a frame above 4 MiB ends its socket before it is read', async () => {
    const [author, witness] = [live.open(ada, minutes), live.open(bob, minutes)]
    await Promise.all([author.stored(), witness.stored()])
    type(author.doc, 'x'.repeat(4 * 1024 * 1024))
    expect((await author.closing()).code).toBe(liveTextClose.tooBig)
    expect(await journalRows()).toBe(0)
    type(witness.doc, 'la suite')
    await witness.stored()
  })

  it('[L12] a text has a largest size; it can still be made shorter', async () => {
    const long = paragraph('x'.repeat(3.9 * 1024 * 1024))
    const almostFull = await newMinutes(handle.db, { type: 'doc', content: [long, long] })
    for (const account of [ada, bob]) live.allow(account, almostFull, 'write')
    const author = live.open(ada, almostFull)
    await author.stored()
    const tooLong = live.open(bob, almostFull)
    await tooLong.stored()
    type(tooLong.doc, 'y'.repeat(1024 * 1024))
    const { code, reason } = await tooLong.closing()
    expect(code).toBe(liveTextClose.tooLong)
    expect(reason).toContain('longueur maximale')
    author.doc.getXmlFragment(EDITOR_FRAGMENT).delete(1, 1)
    await author.stored()
    type(author.doc, 'y'.repeat(1024 * 1024))
    await author.stored()
    expect(author.closings).toEqual([])
  })

  it('[L12] a flood is slowed down and not lost', async () => {
    const author = live.open(ada, minutes)
    await author.stored()
    for (let n = 0; n < 900; n++) type(author.doc, `f${n}.`)
    await author.stored()
    const words = JSON.stringify((await readLiveText(handle.db, minutes)).content)
    for (let n = 0; n < 900; n++) expect(words).toContain(`"f${n}."`)
    expect(author.closings).toEqual([])
  })

  function journalRows(): Promise<number> {
    return handle.db.$count(liveTextUpdates, eq(liveTextUpdates.liveTextId, minutes.liveTextId))
  }

  function send(editor: Editor, message: number[]): void {
    const name = Buffer.from(liveTextName(minutes))
    editor.provider.configuration.websocketProvider.send(Buffer.from([name.byteLength, ...name, ...message]))
  }
})

function insert(doc: Y.Doc, piece: Y.XmlElement): void {
  doc.getXmlFragment(EDITOR_FRAGMENT).insert(0, [piece])
}

function linkTo(doc: Y.Doc, href: string): void {
  const heading = doc.getXmlFragment(EDITOR_FRAGMENT).get(0) as Y.XmlElement
  const text = heading.get(0) as Y.XmlText
  text.format(0, 3, { link: { href } })
}

function lengthOf(bytes: Uint8Array): number[] {
  return bytes.byteLength < 128 ? [bytes.byteLength] : [(bytes.byteLength & 127) | 128, bytes.byteLength >> 7]
}
