import { describe, expect, it, vi } from 'vitest'
import { collaborationUrl } from '#app/editor/connection/address.ts'
import { CalmStatus } from '#app/editor/connection/calm-status.ts'
import { backOffDelay, closeMeaning } from '#app/editor/connection/close-codes.ts'
import { readServerMessage } from '#app/editor/connection/server-messages.ts'
import {
  afterEvent,
  delayBefore,
  hasUnstoredEdits,
  initialFacts,
  type LiveEvent,
  type LiveStatus,
  sameStatus,
  statusOf,
} from '#app/editor/live-status.ts'

const at = (minutes: number) => new Date(Date.UTC(2027, 2, 12, 13, minutes))
const factsAfter = (...events: LiveEvent[]) => events.reduce(afterEvent, initialFacts(true))
const status = (...events: LiveEvent[]) => statusOf(factsAfter(...events))
const connected: LiveEvent[] = [
  { type: 'authorized', mayWrite: true },
  { type: 'connected', at: at(0) },
  { type: 'acknowledged', pending: 0, at: at(0) },
]

describe('what is said to be stored', () => {
  it('says nothing is stored before the server said so', () => {
    expect(status()).toEqual({ state: 'connecting' })
    expect(status({ type: 'connected', at: at(0) })).toEqual({ state: 'connecting' })
    expect(status(...connected)).toEqual({ state: 'saved', at: at(0) })
  })

  it('« Enregistré » follows the acknowledgement of the last edit, and nothing else', () => {
    const typed: LiveEvent[] = [...connected, { type: 'edited', at: at(1) }, { type: 'edited', at: at(2) }]
    expect(status(...typed)).toEqual({ state: 'unsaved', since: at(1), changes: 2 })
    expect(status(...typed, { type: 'acknowledged', pending: 1, at: at(3) })).toEqual({
      state: 'unsaved',
      since: at(2),
      changes: 1,
    })
    expect(status(...typed, { type: 'acknowledged', pending: 0, at: at(3) })).toEqual({ state: 'saved', at: at(3) })
  })

  it('keeps counting what is written offline, since the first of it', () => {
    const offline: LiveEvent[] = [...connected, { type: 'disconnected', at: at(1) }]
    expect(status(...offline)).toEqual({ state: 'offline', since: at(1), changes: 0 })
    expect(status(...offline, { type: 'edited', at: at(2) }, { type: 'edited', at: at(3) })).toEqual({
      state: 'offline',
      since: at(2),
      changes: 2,
    })
    const back: LiveEvent[] = [...offline, { type: 'edited', at: at(2) }, { type: 'connected', at: at(4) }]
    expect(status(...back)).toEqual({ state: 'unsaved', since: at(2), changes: 1 })
    expect(hasUnstoredEdits(factsAfter(...back))).toBe(true)
    expect(hasUnstoredEdits(factsAfter(...back, { type: 'acknowledged', pending: 0, at: at(5) }))).toBe(false)
  })

  it('does not speak of storing to whoever only reads', () => {
    expect(status({ type: 'authorized', mayWrite: false }, { type: 'connected', at: at(0) })).toEqual({
      state: 'readOnly',
    })
  })

  it('ends with a refusal or with the sealing, and only sealing follows a refusal', () => {
    const refused: LiveEvent = { type: 'refused', reason: 'Trop long', remedy: 'reload' }
    expect(status(...connected, refused, { type: 'connected', at: at(9) })).toEqual({
      state: 'refused',
      reason: 'Trop long',
      remedy: 'reload',
    })
    expect(status(refused, { type: 'closed' }, refused)).toEqual({ state: 'closed' })
  })

  it('does not blink at each key, but never delays good news nor a longer trouble', () => {
    const saved: LiveStatus = { state: 'saved', at: at(0) }
    const unsaved: LiveStatus = { state: 'unsaved', since: at(0), changes: 1 }
    const offline: LiveStatus = { state: 'offline', since: at(0), changes: 1 }
    const soonAfter = new Date(at(0).getTime() + 100)
    expect(delayBefore(saved, unsaved, soonAfter)).toBe(200)
    expect(delayBefore(saved, unsaved, at(1))).toBe(0)
    expect(delayBefore(saved, offline, soonAfter)).toBe(2000)
    expect(delayBefore(unsaved, offline, soonAfter)).toBe(0)
    expect(delayBefore(unsaved, saved, soonAfter)).toBe(0)
    expect(sameStatus(saved, { state: 'saved', at: new Date(at(0).getTime() + 20_000) })).toBe(true)
    expect(sameStatus(saved, { state: 'saved', at: at(1) })).toBe(false)
  })

  it('shows an edit that waits, and not those that are stored one after another', () => {
    vi.useFakeTimers({ now: at(0) })
    const shown: LiveStatus['state'][] = []
    const calm = new CalmStatus({ state: 'saved', at: at(0) }, status => shown.push(status.state))
    const unsaved = (): LiveStatus => ({ state: 'unsaved', since: new Date(), changes: 1 })
    for (let key = 0; key < 20; key++) {
      calm.next(unsaved())
      vi.advanceTimersByTime(150)
      // The next key comes before the acknowledgement of this one: something always waits, never for long.
    }
    calm.next({ state: 'saved', at: new Date() })
    vi.advanceTimersByTime(5000)
    expect(shown).toEqual(['saved'])
    calm.next(unsaved())
    vi.advanceTimersByTime(400)
    expect(shown).toEqual(['saved', 'unsaved'])
    calm.next({ state: 'saved', at: new Date() })
    expect(shown).toEqual(['saved', 'unsaved', 'saved'])
    calm.stop()
    vi.useRealTimers()
  })
})

describe('the way to the live server', () => {
  const text = { minutesId: '0f0e0d0c-0b0a-4908-8706-050403020100', epoch: 2 }

  it('has the name of the text and the version of the schema in its address', () => {
    expect(collaborationUrl(text, '/collab', 'https://spie.test/tarn/comptes-rendus/1?x=1#y')).toBe(
      'wss://spie.test/collab/minutes.0f0e0d0c-0b0a-4908-8706-050403020100.2?schema=2',
    )
    expect(collaborationUrl(text, 'ws://127.0.0.1:4500/collab/', 'http://spie.test/')).toBe(
      'ws://127.0.0.1:4500/collab/minutes.0f0e0d0c-0b0a-4908-8706-050403020100.2?schema=2',
    )
  })

  it('knows what each closing asks for', () => {
    expect(closeMeaning(4403)).toEqual({ next: 'retry', backOff: false })
    expect(closeMeaning(4503)).toEqual({ next: 'retry', backOff: true })
    expect(closeMeaning(4425)).toEqual({ next: 'retry', backOff: true })
    expect(closeMeaning(1012)).toEqual({ next: 'retry', backOff: false })
    expect(closeMeaning(1009)).toMatchObject({ next: 'stop', remedy: 'startAgain' })
    expect(closeMeaning(1006)).toEqual({ next: 'retry', backOff: false })
    expect(closeMeaning(4404)).toEqual({ next: 'gone' })
    expect(closeMeaning(4401)).toMatchObject({ next: 'stop', remedy: 'signIn' })
    expect(closeMeaning(4409)).toMatchObject({ next: 'stop', remedy: 'reload' })
    expect(closeMeaning(4422, 'Le texte est trop long.')).toMatchObject({ reason: 'Le texte est trop long.' })
  })

  it('waits longer and longer when the server cannot store, never more than six seconds', () => {
    expect([0, 1, 2, 3, 50].map(attempt => backOffDelay(attempt, 0.5))).toEqual([1000, 2000, 4000, 5000, 5000])
    expect(backOffDelay(50, 1)).toBe(6000)
  })

  it('ignores messages it does not know', () => {
    expect(readServerMessage('{"type":"changed"}')).toEqual({ type: 'changed' })
    expect(
      readServerMessage('{"type":"closed","by":{"name":"Mme Vidal","at":"2027-03-12T13:32:00.000Z"}}'),
    ).not.toBeNull()
    for (const strange of [
      '',
      'x',
      '{}',
      '{"type":"other"}',
      '{"type":"closed","by":1}',
      '{"type":"closed","by":{"name":"a","at":"x"}}',
      '[]',
      'null',
    ])
      expect(readServerMessage(strange), strange).toBeNull()
  })
})
