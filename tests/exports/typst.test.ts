import { describe, expect, it } from 'vitest'
import { printedMinutes } from '#server/exports/printed-minutes.ts'
import { TypstError, typeset } from '#server/exports/typst.ts'
import { sampleMinutes } from './sample-minutes.ts'

const printed = printedMinutes(sampleMinutes())

describe('the thread that lays PDFs out', () => {
  it('gives up a document that takes too long, and lays the next one out', async () => {
    const late = typeset('minutes.typ', printed, 0)
    const next = typeset('minutes.typ', printed)
    await expect(late).rejects.toThrow(TypstError)
    expect((await next).problem).toBeNull()
  })

  it('says that a layout failed without quoting the document, and goes on', async () => {
    const broken = { ...printed, actions: 'un mot secret' }
    const failure = await typeset('minutes.typ', broken).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(TypstError)
    expect(String(failure)).not.toContain('secret')
    expect((await typeset('minutes.typ', printed)).problem).toBeNull()
  })

  it('lays out documents asked for together, each with its own text', async () => {
    const titles = ['Un', 'Deux', 'Trois']
    const files = await Promise.all(
      titles.map(subject => typeset('minutes.typ', { ...printed, documentTitle: subject })),
    )
    files.forEach(({ pdf }, index) => {
      expect(Buffer.from(pdf).toString('latin1')).toContain(`>${titles[index]}<`)
    })
  })
})
