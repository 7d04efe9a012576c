import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import WebSocketOfNode from 'ws'
import * as Y from 'yjs'
import { collaborationUrl } from '#app/editor/connection/address.ts'
import { LiveSession } from '#app/editor/connection/LiveSession.ts'
import { forgetOtherAccounts, unsentTexts } from '#app/editor/device/registry.ts'
import { plainText } from '#app/editor/reading/text-node.ts'
import { startLiveServer } from './live-server.ts'

const text = { minutesId: '0f0e0d0c-0b0a-4908-8706-050403020100', epoch: 1 }
const closed = vi.fn()
const changed = vi.fn()
const sessions: LiveSession[] = []
let server: Awaited<ReturnType<typeof startLiveServer>>

beforeEach(async () => {
  vi.stubGlobal('localStorage', memoryStorage())
  closed.mockReset()
  changed.mockReset()
  server = await startLiveServer({ seed: doc => write(doc, 'Semence') })
})

afterEach(async () => {
  for (const session of sessions.splice(0)) session.destroy()
  await server.stop()
  for (const { name } of await indexedDB.databases()) if (name) indexedDB.deleteDatabase(name)
  vi.unstubAllGlobals()
})

describe('writing a live text', () => {
  it('says « enregistré » when the edit is stored, not before', async () => {
    const session = await open('claire')
    server.hold()
    write(session.doc, 'un')
    await vi.waitFor(() => expect(server.waiting()).toBe(1))
    expect(session.getSnapshot().status).toMatchObject({ state: 'unsaved', changes: 1 })
    server.release()
    await saved(session)
    expect(server.text()).toContain('un')
  })

  it('waits for all that was written offline, not for the first of it', async () => {
    const session = await open('claire')
    await server.vanish()
    await vi.waitFor(() => expect(session.getSnapshot().status.state).toBe('offline'))
    for (const word of ['un', 'deux', 'trois']) write(session.doc, word)
    expect(session.getSnapshot().status).toMatchObject({ state: 'offline', changes: 3 })
    server.hold()
    await server.comeBack()
    await vi.waitFor(() => expect(server.waiting()).toBe(1), 8000)
    write(session.doc, 'quatre')
    expect(session.getSnapshot().status).toMatchObject({ state: 'unsaved', changes: 4 })
    server.release('one')
    await vi.waitFor(() => expect(server.waiting()).toBe(1))
    expect(session.getSnapshot().status.state).toBe('unsaved')
    server.release()
    await saved(session)
    for (const word of ['Semence', 'un', 'deux', 'trois', 'quatre']) expect(server.text()).toContain(word)
  })

  it.each([0, 1])('comes back when the server could not store, whatever the wait (chance %d)', async chance => {
    const session = await open('claire')
    vi.spyOn(Math, 'random').mockReturnValue(chance)
    server.hold()
    write(session.doc, 'têtu')
    await vi.waitFor(() => expect(server.waiting()).toBe(1))
    server.closeSockets(4503)
    await vi.waitFor(() => expect(session.getSnapshot().status.state).toBe('offline'))
    server.release()
    await saved(session)
    expect(server.text()).toContain('têtu')
    vi.restoreAllMocks()
  })

  it('hears that something changed beside the text', async () => {
    await open('claire')
    server.tell({ type: 'changed' })
    await vi.waitFor(() => expect(changed).toHaveBeenCalledOnce())
  })

  it('reconnects when its rights changed, and then only reads if it may only read', async () => {
    const session = await open('claire')
    server.allowReadingOnly()
    server.closeSockets(4403, 'droits modifiés')
    await vi.waitFor(() => expect(session.getSnapshot().status).toEqual({ state: 'readOnly' }), 8000)
  })

  it('tells its author what is refused to whoever may no longer write', async () => {
    const session = await open('claire')
    await server.vanish()
    await vi.waitFor(() => expect(session.getSnapshot().status.state).toBe('offline'))
    write(session.doc, 'tardif')
    server.allowReadingOnly()
    await server.comeBack()
    await vi.waitFor(() => expect(session.getSnapshot().status.state).toBe('refused'), 8000)
    expect(server.text()).not.toContain('tardif')
    expect(plainText(session.currentText())).toContain('tardif')
    expect(plainText(session.acknowledgedText() ?? { type: 'doc' })).not.toContain('tardif')
  })
})

describe('a text that was sealed', () => {
  it('is closed with who and when, once, and is not asked for again', async () => {
    const session = await open('claire')
    server.tell({ type: 'closed', by: { name: 'Mme Vidal', at: '2027-03-12T13:32:00.000Z' } })
    server.closeSockets(4404)
    await vi.waitFor(() => expect(session.getSnapshot().status).toEqual({ state: 'closed' }))
    await new Promise(resolve => setTimeout(resolve, 1500))
    expect(closed.mock.calls).toEqual([[{ by: 'Mme Vidal', at: '2027-03-12T13:32:00.000Z' }]])
    expect(server.connections()).toBe(0)
  })

  it('leaves a late edit on the device of its author, told apart from what was stored', async () => {
    const session = await open('claire')
    server.hold()
    write(session.doc, 'tardif')
    await vi.waitFor(() => expect(server.waiting()).toBe(1))
    server.closeSockets(4404)
    await vi.waitFor(() => expect(closed).toHaveBeenCalledWith(null))
    expect(unsentTexts('claire')).toMatchObject([text])
    expect(plainText(session.currentText())).toBe('Semencetardif')
    expect(plainText(session.acknowledgedText() ?? { type: 'doc' })).toBe('Semence')
  })
})

describe('what the server has not stored stays on the device', () => {
  it('comes back after a reload, is sent, then is deleted', async () => {
    const first = await open('claire')
    await server.vanish()
    await vi.waitFor(() => expect(first.getSnapshot().status.state).toBe('offline'))
    write(first.doc, 'horsligne')
    await vi.waitFor(async () => expect(await databases()).toHaveLength(1))
    await new Promise(resolve => setTimeout(resolve, 100))
    first.destroy()

    const second = start('claire')
    await vi.waitFor(() => expect(second.getSnapshot().ready).toBe(true))
    expect(second.getSnapshot().facts.pending).toHaveLength(1)
    expect(plainText(second.currentText())).toBe('Semencehorsligne')
    expect(plainText(second.acknowledgedText() ?? { type: 'doc' })).toBe('Semence')
    await server.comeBack()
    await saved(second)
    expect(server.text()).toContain('horsligne')
    await vi.waitFor(async () => expect(await databases()).toEqual([]))
    expect(unsentTexts('claire')).toEqual([])
  })

  it('is not another epoch’s: an older text is never mixed with a newer one', async () => {
    const first = await open('claire')
    await server.vanish()
    await vi.waitFor(() => expect(first.getSnapshot().status.state).toBe('offline'))
    write(first.doc, 'ancien')
    await vi.waitFor(async () => expect(await databases()).toHaveLength(1))
    first.destroy()
    await server.comeBack()

    const next = start('claire', { ...text, epoch: 2 })
    await saved(next)
    expect(plainText(next.currentText())).not.toContain('ancien')
    expect(unsentTexts('claire')).toMatchObject([text])
  })

  it('is deleted when another account opens a page on this device', async () => {
    const session = await open('claire')
    await server.vanish()
    await vi.waitFor(() => expect(session.getSnapshot().status.state).toBe('offline'))
    write(session.doc, 'secret')
    await vi.waitFor(async () => expect(await databases()).toHaveLength(1))
    await forgetOtherAccounts('marc')
    session.destroy()
    await vi.waitFor(async () => expect(await databases()).toEqual([]))
    expect(unsentTexts('claire')).toEqual([])
  })
})

async function open(accountId: string): Promise<LiveSession> {
  const session = start(accountId)
  await saved(session)
  return session
}

function start(accountId: string, key = text): LiveSession {
  const url = collaborationUrl(key, server.url, 'http://spie.test/')
  const WebSocketPolyfill = WebSocketOfNode as unknown as typeof WebSocket
  const session = new LiveSession(
    { text: key, accountId, mode: 'write', url, WebSocketPolyfill },
    { onClosed: closed, onStateChanged: changed },
  )
  sessions.push(session)
  return session
}

const saved = (session: LiveSession) =>
  vi.waitFor(() => expect(session.getSnapshot().status.state).toBe('saved'), { timeout: 10_000 })

async function databases(): Promise<string[]> {
  return (await indexedDB.databases()).map(({ name }) => name ?? '')
}

/** Adds a paragraph, as someone who types would. */
function write(doc: Y.Doc, words: string) {
  const paragraph = new Y.XmlElement('paragraph')
  paragraph.insert(0, [new Y.XmlText(words)])
  doc.getXmlFragment('default').push([paragraph])
}

function memoryStorage(): Storage {
  const values = new Map<string, string>()
  return {
    get length() {
      return values.size
    },
    clear: () => values.clear(),
    getItem: key => values.get(key) ?? null,
    key: index => [...values.keys()][index] ?? null,
    removeItem: key => void values.delete(key),
    setItem: (key, value) => void values.set(key, value),
  }
}
