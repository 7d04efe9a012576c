import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Flow } from '#server/collaboration/flow.ts'

describe('the flow of a socket', () => {
  let reading: boolean
  let flow: Flow
  beforeEach(() => {
    vi.useFakeTimers()
    reading = true
    flow = new Flow({
      pause: () => {
        reading = false
      },
      resume: () => {
        reading = true
      },
    })
  })
  afterEach(() => {
    flow.end()
    vi.useRealTimers()
  })

  it('[L12] a person who types is never slowed', () => {
    for (let n = 0; n < 600; n++) {
      receive(1, 200)
      vi.advanceTimersByTime(50)
      expect(reading).toBe(true)
    }
  })

  it('[L12] many frames at once are read more slowly, for as long as they are too many', () => {
    receive(600, 100)
    expect(reading).toBe(true)
    receive(300, 100)
    expect(reading).toBe(false)
    // 300 too many, at 150 a second.
    vi.advanceTimersByTime(1_900)
    expect(reading).toBe(false)
    vi.advanceTimersByTime(200)
    expect(reading).toBe(true)
  })

  it('[L12] so are large ones', () => {
    receive(3, 1024 * 1024)
    expect(reading).toBe(false)
    vi.advanceTimersByTime(8_100)
    expect(reading).toBe(true)
  })

  it('[L12] frames that wait to be handled hold back the next ones', () => {
    for (let n = 0; n < 65; n++) flow.received(100)
    expect(reading).toBe(false)
    flow.handled()
    expect(reading).toBe(true)
  })

  function receive(frames: number, bytes: number): void {
    for (let n = 0; n < frames; n++) {
      flow.received(bytes)
      flow.handled()
    }
  }
})
