import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { Answers } from '#server/collaboration/answers.ts'

const NOTHING = new Uint8Array([0])

describe('[L16] the answers to those who open a text', () => {
  let doc: Y.Doc
  let answers: Answers
  beforeEach(() => {
    vi.useFakeTimers()
    doc = new Y.Doc()
    doc.getText().insert(0, 'le début')
    answers = new Answers()
    doc.on('update', update => answers.changed(update))
  })
  afterEach(() => vi.useRealTimers())

  it('are the same bytes while others type, and what they typed, each in its order', () => {
    const { whole } = answers.to(doc, NOTHING)
    for (let n = 0; n < 10; n++) {
      doc.getText().insert(n, `${n}`)
      if (n % 3 === 0) doc.getText().delete(0, 1)
      const answer = answers.to(doc, NOTHING)
      expect(answer.whole).toBe(whole)
      expect(apply(answer).toString()).toBe(doc.getText().toString())
    }
  })

  it('bring up to date who had a part of it', () => {
    const before = Y.encodeStateVector(doc)
    const replica = new Y.Doc()
    Y.applyUpdate(replica, Y.encodeStateAsUpdate(doc))
    answers.to(doc, NOTHING)
    doc.getText().insert(0, 'puis ')
    answers.to(doc, before)
    doc.getText().delete(0, 2)
    expect(apply(answers.to(doc, before), replica).toString()).toBe(doc.getText().toString())
    expect(apply(answers.to(doc, NOTHING)).toString()).toBe(doc.getText().toString())
  })

  it('are made again when too much came since, or when nobody has asked for a while', () => {
    const first = answers.to(doc, NOTHING).whole
    doc.getText().insert(0, 'x'.repeat(100_000))
    const second = answers.to(doc, NOTHING)
    expect(second.whole).not.toBe(first)
    expect(second.since.byteLength).toBe(2)
    vi.advanceTimersByTime(9_000)
    expect(answers.to(doc, NOTHING).whole).toBe(second.whole)
    vi.advanceTimersByTime(9_000)
    expect(answers.to(doc, NOTHING).whole).toBe(second.whole)
    vi.advanceTimersByTime(11_000)
    expect(answers.to(doc, NOTHING).whole).not.toBe(second.whole)
  })

  function apply({ whole, since }: { whole: Uint8Array; since: Uint8Array }, to = new Y.Doc()): Y.Text {
    Y.applyUpdate(to, whole)
    Y.applyUpdate(to, since)
    return to.getText()
  }
})
