import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { DatabaseHandle } from '#db/client.ts'
import { closeLiveText, readLiveText } from '#server/collaboration/stored-text.ts'
import { EDITOR_SCHEMA_VERSION } from '#server/vocabulary/editor-schema.ts'
import { liveTextClose, liveTextName } from '#server/vocabulary/live-texts.ts'
import { testDatabase } from '../setup/database.ts'
import { type LiveMinutes, NOW, newAccount, newMinutes } from './fixture.ts'
import { type Live, startLive } from './live.ts'

const UNKNOWN = '11111111-1111-4111-8111-111111111111'

describe('who may open a live text', () => {
  let handle: DatabaseHandle
  let live: Live
  let ada: string
  let minutes: LiveMinutes
  beforeAll(async () => {
    handle = await testDatabase('pglite')
    ada = await newAccount(handle.db, 'Ada')
    minutes = await newMinutes(handle.db)
  })
  afterAll(() => handle.close())
  beforeEach(async () => {
    live = await startLive(handle)
    live.allow(ada, minutes, 'write')
  })
  afterEach(() => live.stop())

  it('[L6] not signed in, or with the cookie of another site', async () => {
    for (const cookie of ['', 'session=of-somewhere-else', 'other=1']) {
      const { closing } = live.open(ada, minutes, { cookie })
      expect((await closing()).code).toBe(liveTextClose.notSignedIn)
    }
  })

  it('[L6] unknown, unreadable, closed, of another epoch, or not a name: one answer', async () => {
    const unreadable = await newMinutes(handle.db)
    const closed = await newMinutes(handle.db)
    await handle.db.transaction(async tx => closeLiveText(tx, await readLiveText(tx, closed, { lock: 'update' }), NOW))
    live.allow(ada, closed, 'write')
    const erased = { ...minutes, minutesId: UNKNOWN }
    live.allow(ada, erased, 'write')
    const answers = await Promise.all([
      live.open(ada, { minutesId: UNKNOWN, epoch: 2 }).closing(),
      live.open(ada, unreadable).closing(),
      live.open(ada, closed).closing(),
      live.open(ada, { ...minutes, epoch: 2 }).closing(),
      // A right on a text whose row is missing.
      live.open(ada, erased).closing(),
      ...['/collab/minutes.x.1', '/collab/', `/collab/${liveTextName(minutes)}.1`, '/collab/%00'].map(path =>
        live.open(ada, minutes, { path: `${path}?schema=${EDITOR_SCHEMA_VERSION}` }).closing(),
      ),
    ])
    expect(new Set(answers.map(answer => JSON.stringify(answer)))).toEqual(
      new Set([JSON.stringify({ code: liveTextClose.notAvailable, reason: '' })]),
    )
  })

  it('[L6] a page older than the schema is told to reload', async () => {
    for (const path of ['', '?schema=', '?schema=abc', `?schema=${EDITOR_SCHEMA_VERSION - 1}`]) {
      const editor = live.open(ada, minutes, { path: `/collab/${liveTextName(minutes)}${path}` })
      expect((await editor.closing()).code).toBe(liveTextClose.outdatedPage)
    }
  })

  it('[L6] the page of another site is not even answered', async () => {
    const mine = `http://127.0.0.1:${live.port}`
    const answers = await Promise.all(
      ['http://ailleurs.example', `${mine}.ailleurs.example`, 'null', '', `https://127.0.0.1:${live.port + 1}`].map(
        origin => handshake({ origin }),
      ),
    )
    expect(answers).toEqual([403, 403, 403, 403, 403])
    expect(await handshake({})).toBe(403)
    expect(await handshake({ origin: mine })).toBe(101)
  })

  it('[L6] a configured origin is the only one', async () => {
    const strict = await startLive(handle, { origin: 'https://spie.example' })
    expect(await handshake({ origin: `http://127.0.0.1:${strict.port}` }, strict.port)).toBe(403)
    expect(await handshake({ origin: 'https://spie.example' }, strict.port)).toBe(101)
    await strict.stop()
  })

  it('[L14] one text for a socket: another name on it closes it', async () => {
    const other = await newMinutes(handle.db)
    live.allow(ada, other, 'write')
    const path = `/collab/${liveTextName(minutes)}?schema=${EDITOR_SCHEMA_VERSION}`
    const intruder = live.open(ada, other, { path })
    expect((await intruder.closing()).code).toBe(liveTextClose.notAvailable)

    const editor = live.open(ada, minutes)
    await editor.synced()
    const frame = Buffer.from([
      ...Buffer.from([liveTextName(other).length]),
      ...Buffer.from(liveTextName(other)),
      0,
      0,
      1,
      0,
    ])
    editor.provider.configuration.websocketProvider.send(frame)
    expect((await editor.closing()).code).toBe(liveTextClose.notAvailable)
    expect(live.collaboration.openTexts()).toBeLessThanOrEqual(1)
  })

  it('[L6] an address that is none, and a first frame cut short, harm nobody', async () => {
    const socket = connect(live.port, '127.0.0.1')
    socket.write(
      `GET //[ HTTP/1.1\r\nHost: 127.0.0.1:${live.port}\r\nOrigin: http://127.0.0.1:${live.port}\r\n` +
        'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    )
    const [answer] = (await once(socket, 'data')) as [Buffer]
    expect(answer.toString()).toContain('101')
    socket.destroy()
    const name = Buffer.from(liveTextName(minutes))
    const ws = new WebSocket(
      `ws://127.0.0.1:${live.port}/collab/${liveTextName(minutes)}?schema=${EDITOR_SCHEMA_VERSION}`,
      { headers: { cookie: `session=${ada}`, origin: `http://127.0.0.1:${live.port}` } },
    )
    await once(ws, 'open')
    ws.send(Buffer.from([name.byteLength, ...name, 2, 0, 90]))
    await live.open(ada, minutes).synced()
    ws.terminate()
  })

  it('[L6] when the database does not answer, the socket closes for later', async () => {
    const failing = await startLive(handle, { access: () => Promise.reject(new Error('no database')) })
    const editor = failing.open(ada, minutes)
    expect((await editor.closing()).code).toBe(liveTextClose.notWritten)
    expect(failing.logged).toContainEqual(expect.objectContaining({ msg: 'live socket not authenticated' }))
    await failing.stop()
  })

  function handshake(headers: Record<string, string>, port = live.port): Promise<number> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(
        `ws://127.0.0.1:${port}/collab/${liveTextName(minutes)}?schema=${EDITOR_SCHEMA_VERSION}`,
        { headers: { cookie: `session=${ada}`, ...headers } },
      )
      socket.on('unexpected-response', (_req, res) => resolve(res.statusCode ?? 0))
      socket.on('open', () => {
        socket.terminate()
        resolve(101)
      })
      socket.on('error', reject)
    })
  }
})
