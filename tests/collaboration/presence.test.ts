import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { encodeAwarenessUpdate } from 'y-protocols/awareness'
import type { DatabaseHandle } from '#db/client.ts'
import { colorOf } from '#server/collaboration/colors.ts'
import { liveTextClose, liveTextName } from '#server/vocabulary/live-texts.ts'
import { testDatabase } from '../setup/database.ts'
import { type Editor, until } from './client.ts'
import { type LiveMinutes, newAccount, newMinutes } from './fixture.ts'
import { type Live, startLive } from './live.ts'

const CURSOR = { anchor: { tname: 'default' }, head: { tname: 'default' } }

describe('presence', () => {
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
    live.allow(bob, minutes, 'read')
  })
  afterEach(() => live.stop())

  it('[L11] says who by the session, whatever the page says', async () => {
    const [mine, theirs] = [live.open(ada, minutes), live.open(bob, minutes)]
    await Promise.all([mine.synced(), theirs.synced()])
    mine.provider.awareness?.setLocalState({
      user: { name: 'Le préfet', color: 'red' },
      cursor: CURSOR,
      extra: 'x'.repeat(5_000),
    })
    await until(() => stateSeenBy(theirs, mine)?.cursor !== undefined)
    expect(stateSeenBy(theirs, mine)).toEqual({
      user: { name: `Personne ${ada.slice(0, 4)}`, organisation: 'CAF du Tarn', color: colorOf(ada) },
      cursor: CURSOR,
    })
    // Readers are seen too.
    await until(() => stateSeenBy(mine, theirs) !== undefined)
    expect(colorOf(ada)).toMatch(/^#[0-9a-f]{6}$/)
  })

  it('[L11] drops what a page says of others', async () => {
    const [mine, theirs] = [live.open(ada, minutes), live.open(bob, minutes)]
    await Promise.all([mine.synced(), theirs.synced()])
    await until(() => stateSeenBy(mine, theirs) !== undefined)
    const { awareness } = mine.provider
    if (!awareness) throw new Error('no presence')
    // A ghost, and a word put in somebody's mouth.
    for (const id of [4242, theirs.doc.clientID]) {
      awareness.states.set(id, { user: { name: 'Fantôme' }, cursor: CURSOR })
      awareness.meta.set(id, { clock: 1_000, lastUpdated: 0 })
    }
    const update = encodeAwarenessUpdate(awareness, [4242, theirs.doc.clientID])
    mine.provider.configuration.websocketProvider.send(awarenessFrame(minutes, update))
    mine.provider.awareness?.setLocalStateField('cursor', CURSOR)
    await until(() => stateSeenBy(theirs, mine)?.cursor !== undefined)
    expect(theirs.provider.awareness?.getStates().has(4242)).toBe(false)
    expect(theirs.provider.awareness?.getLocalState()?.cursor).toBeUndefined()
  })

  it('[L11] leaves with the person, and comes back with them', async () => {
    const [mine, theirs] = [live.open(ada, minutes), live.open(bob, minutes)]
    await Promise.all([mine.synced(), theirs.synced()])
    await until(() => stateSeenBy(theirs, mine) !== undefined)
    const { doc } = mine
    mine.leave()
    await until(() => stateSeenBy(theirs, mine) === undefined)
    const again = live.open(ada, minutes, { doc })
    await again.synced()
    await until(() => stateSeenBy(theirs, again) !== undefined)
  })

  it('[L16] moves of a caret are sent on together, ten times a second at most', async () => {
    const [mine, theirs] = [live.open(ada, minutes), live.open(bob, minutes)]
    await Promise.all([mine.stored(), theirs.stored()])
    let heard = 0
    theirs.provider.awareness?.on('update', ({ updated }: { updated: number[] }) => {
      if (updated.includes(mine.doc.clientID)) heard++
    })
    for (let n = 0; n < 100; n++) {
      mine.provider.awareness?.setLocalStateField('cursor', { ...CURSOR, n })
      await new Promise(resolve => setTimeout(resolve, 5))
    }
    await until(() => (stateSeenBy(theirs, mine)?.cursor as { n: number } | undefined)?.n === 99)
    expect(heard).toBeGreaterThan(2)
    expect(heard).toBeLessThan(12)
  })

  it('[L11] a malformed one closes its socket', async () => {
    const mine = live.open(ada, minutes)
    await mine.synced()
    mine.provider.configuration.websocketProvider.send(awarenessFrame(minutes, new Uint8Array([3, 1, 1, 200])))
    expect((await mine.closing()).code).toBe(liveTextClose.unexpected)
  })
})

type State = Record<string, unknown> | undefined

function stateSeenBy(witness: Editor, person: Editor): State {
  return witness.provider.awareness?.getStates().get(person.doc.clientID)
}

function awarenessFrame(minutes: LiveMinutes, update: Uint8Array): Buffer {
  const name = Buffer.from(liveTextName(minutes))
  if (update.byteLength > 127) {
    return Buffer.concat([
      Buffer.from([name.byteLength]),
      name,
      Buffer.from([1, (update.byteLength & 127) | 128, update.byteLength >> 7]),
      update,
    ])
  }
  return Buffer.concat([Buffer.from([name.byteLength]), name, Buffer.from([1, update.byteLength]), update])
}
