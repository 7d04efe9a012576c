import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { DatabaseHandle } from '#db/client.ts'
import { liveTexts, liveTextUndecodable, liveTextUpdates } from '#db/schema/live-texts.ts'
import {
  checkAgainstSchema,
  closeLiveText,
  EmptyLiveText,
  MissingLiveText,
  readLiveText,
  sameText,
  seedLiveText,
  UndecodableLiveText,
} from '#server/collaboration/stored-text.ts'
import { Invalid } from '#server/errors.ts'
import { EDITOR_FRAGMENT, EDITOR_SCHEMA_VERSION } from '#server/vocabulary/editor-schema.ts'
import { databaseKinds, testDatabase } from '../setup/database.ts'
import { heading, type LiveMinutes, NOW, newMinutes, paragraph, SKELETON } from './fixture.ts'

describe.each(databaseKinds())('a stored live text on %s', kind => {
  let handle: DatabaseHandle
  beforeAll(async () => {
    handle = await testDatabase(kind)
  })
  afterAll(() => handle.close())

  it('[L3] is seeded once, with the same bytes for the same content, and never empty', async () => {
    const first = await newMinutes(handle.db)
    const second = await newMinutes(handle.db)
    const [a, b] = [await stateOf(first), await stateOf(second)]
    expect(a.byteLength).toBeGreaterThan(20)
    expect(Buffer.compare(a, b)).toBe(0)
    await expect(
      handle.db.transaction(tx => seedLiveText(tx, { ...first, content: SKELETON, now: NOW })),
    ).rejects.toThrow()
  })

  it('reads back what was seeded', async () => {
    const minutes = await newMinutes(handle.db)
    const text = await readLiveText(handle.db, minutes)
    expect(text).toMatchObject({
      id: minutes.liveTextId,
      consortiumId: minutes.consortiumId,
      schemaVersion: EDITOR_SCHEMA_VERSION,
      firstEditedAt: null,
      closedAt: null,
      journalRows: 0,
    })
    expect(checkAgainstSchema(text.content).toJSON()).toEqual(
      checkAgainstSchema({ type: 'doc', content: [heading('Point d’étape'), { type: 'paragraph' }] }).toJSON(),
    )
  })

  it('is its snapshot and its journal', async () => {
    const minutes = await newMinutes(handle.db)
    const before = await readLiveText(handle.db, minutes)
    await journal(minutes, write(before.doc, 'bonjour'))
    const after = await readLiveText(handle.db, minutes)
    expect(JSON.stringify(after.content)).toContain('bonjour')
    expect(after.journalRows).toBe(1)
    expect(sameText(before, after)).toBe(false)
    expect(sameText(after, await readLiveText(handle.db, minutes))).toBe(true)
  })

  it('sees a deletion, which leaves the state vector as it was', async () => {
    const minutes = await newMinutes(handle.db, { type: 'doc', content: [paragraph('à effacer')] })
    const before = await readLiveText(handle.db, minutes)
    const fragment = before.doc.getXmlFragment(EDITOR_FRAGMENT)
    await journal(
      minutes,
      changeOf(before.doc, () => fragment.delete(0, 1)),
    )
    const after = await readLiveText(handle.db, minutes)
    expect(Buffer.compare(after.stateVector, before.stateVector)).toBe(0)
    expect(sameText(before, after)).toBe(false)
  })

  it('[L3] a missing row, an empty state and an unreadable state are three things', async () => {
    const unknown = { minutesId: '00000000-0000-4000-8000-000000000000', epoch: 1 }
    await expect(readLiveText(handle.db, unknown)).rejects.toThrow(MissingLiveText)
    await expect(readLiveText(handle.db, { ...(await newMinutes(handle.db)), epoch: 2 })).rejects.toThrow(
      MissingLiveText,
    )
    for (const state of [new Uint8Array(), Y.encodeStateAsUpdate(new Y.Doc())]) {
      const emptied = await newMinutes(handle.db)
      await handle.db.update(liveTexts).set({ state }).where(eq(liveTexts.id, emptied.liveTextId))
      await expect(readLiveText(handle.db, emptied)).rejects.toThrow(EmptyLiveText)
    }
    const broken = await newMinutes(handle.db)
    const state = (await stateOf(broken)).slice(0, 12)
    await handle.db.update(liveTexts).set({ state }).where(eq(liveTexts.id, broken.liveTextId))
    await expect(readLiveText(handle.db, broken)).rejects.toThrow(UndecodableLiveText)
  })

  it('[L4] sets aside the rows that cannot be read, and reads the others', async () => {
    const minutes = await newMinutes(handle.db)
    const { doc } = await readLiveText(handle.db, minutes)
    await journal(minutes, write(doc, 'avant '))
    await journal(minutes, new Uint8Array([9, 9, 9, 9, 9]))
    await journal(minutes, write(doc, 'après'))
    const text = await readLiveText(handle.db, minutes)
    expect(JSON.stringify(text.content)).toContain('avant après')
    expect(text.setAside).toHaveLength(1)
    const aside = await handle.db
      .select()
      .from(liveTextUndecodable)
      .where(eq(liveTextUndecodable.liveTextId, minutes.liveTextId))
    expect(aside).toHaveLength(1)
    expect([...(aside[0]?.update ?? [])]).toEqual([9, 9, 9, 9, 9])
    expect((await readLiveText(handle.db, minutes)).setAside).toHaveLength(0)
  })

  it('[L9] closing leaves everything in the snapshot, empties the journal, and is final', async () => {
    const minutes = await newMinutes(handle.db)
    const { doc } = await readLiveText(handle.db, minutes)
    await journal(minutes, write(doc, 'dernier mot'))
    const sealed = await handle.db.transaction(async tx => {
      const text = await readLiveText(tx, minutes, { lock: 'update' })
      await closeLiveText(tx, text, NOW)
      return text
    })
    const after = await readLiveText(handle.db, minutes)
    expect(after.closedAt).toEqual(NOW)
    expect(after.journalRows).toBe(0)
    expect(sameText(sealed, after)).toBe(true)
    expect(await rowsOf(minutes)).toBe(0)
    await expect(
      handle.db.transaction(async tx => closeLiveText(tx, await readLiveText(tx, minutes, { lock: 'update' }), NOW)),
    ).rejects.toThrow()
  })

  it('is closed only under the lock it was read with', async () => {
    const minutes = await newMinutes(handle.db)
    await expect(
      handle.db.transaction(async tx => closeLiveText(tx, await readLiveText(tx, minutes), NOW)),
    ).rejects.toThrow('lock')
  })

  async function stateOf(minutes: LiveMinutes): Promise<Uint8Array> {
    const [row] = await handle.db.select().from(liveTexts).where(eq(liveTexts.id, minutes.liveTextId))
    if (!row) throw new Error('no row')
    return row.state
  }

  async function rowsOf(minutes: LiveMinutes): Promise<number> {
    return handle.db.$count(liveTextUpdates, eq(liveTextUpdates.liveTextId, minutes.liveTextId))
  }

  async function journal(minutes: LiveMinutes, update: Uint8Array): Promise<void> {
    await handle.db.insert(liveTextUpdates).values({ liveTextId: minutes.liveTextId, update, receivedAt: sql`now()` })
  }
})

describe('the schema of a live text', () => {
  it.each([
    ['an unknown node', { type: 'doc', content: [{ type: 'iframe' }] }],
    ['an unknown mark', { type: 'doc', content: [paragraph('x', [{ type: 'script' }])] }],
    [
      'a javascript: link',
      { type: 'doc', content: [paragraph('x', [{ type: 'link', attrs: { href: 'javascript:x' } }])] },
    ],
    ['a structure that does not hold', { type: 'doc', content: [{ type: 'paragraph', content: [paragraph('x')] }] }],
    ['text outside a block', { type: 'doc', content: [[{ type: 'text', text: 'x' }]] }],
    ['something else than a document', paragraph('x')],
    ['nothing', null],
  ])('[L7] refuses %s', (_, content) => {
    expect(() => checkAgainstSchema(content)).toThrow(Invalid)
  })
})

function write(doc: Y.Doc, words: string): Uint8Array {
  return changeOf(doc, () => {
    const last = doc.getXmlFragment(EDITOR_FRAGMENT).get(1) as Y.XmlElement
    if (last.length === 0) last.insert(0, [new Y.XmlText()])
    const text = last.get(0) as Y.XmlText
    text.insert(text.length, words)
  })
}

function changeOf(doc: Y.Doc, change: () => void): Uint8Array {
  const before = Y.encodeStateVector(doc)
  change()
  return Y.encodeStateAsUpdate(doc, before)
}
