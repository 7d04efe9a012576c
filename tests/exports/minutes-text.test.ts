import { describe, expect, it } from 'vitest'
import { type Block, minutesText, UnprintableMinutesError } from '#server/exports/minutes-text.ts'
import { bullets, doc, heading, link, nestedBullets, paragraph, text } from './sample-minutes.ts'

describe('the text of minutes, read to be printed', () => {
  it('puts « L’essentiel » apart, wherever it stands', () => {
    const { essential, body } = minutesText(
      doc(paragraph('avant'), { type: 'essential', content: [paragraph('en bref')] }, paragraph('après')),
    )
    expect(essential.map(words)).toEqual(['en bref'])
    expect(body.map(words)).toEqual(['avant', 'après'])
  })

  it('reads the first paragraph of a decision as its wording and the others as its reasons', () => {
    const decision = {
      type: 'decision',
      attrs: { id: 'd1' },
      content: [paragraph('Décider'), { type: 'paragraph' }, paragraph('parce que'), paragraph('et que')],
    }
    const [block] = minutesText(doc(decision)).body
    expect(block).toMatchObject({ kind: 'decision', id: 'd1' })
    expect(block?.kind === 'decision' && block.reasons).toHaveLength(2)
  })

  it('leaves out what is empty: headings, paragraphs, lists, blocks', () => {
    const empty = [
      heading(2, ' \u200B'),
      { type: 'paragraph' },
      bullets([{ type: 'paragraph' }]),
      { type: 'decision', content: [{ type: 'paragraph' }] },
      { type: 'action', attrs: {} },
      { type: 'vigilance', content: [{ type: 'hardBreak' }] },
      { type: 'blockquote', content: [{ type: 'paragraph' }] },
    ]
    expect(minutesText(doc(...empty)).body).toEqual([])
  })

  it('never lets a heading skip a level, inside lists and quotes either', () => {
    const { body } = minutesText(
      doc(heading(4, 'a'), heading(4, 'b'), bullets([heading(4, 'c')]), heading(2, 'd'), heading(4, 'e')),
    )
    expect(body.flatMap(levels)).toEqual([2, 3, 4, 2, 3])
  })

  it('keeps http, https and mailto links; others are plain text', () => {
    const hrefs = [
      'https://exemple.fr/a b',
      'http://exemple.fr/',
      'mailto:accueil@exemple.fr',
      'javascript:alert(1)',
      'JavaScript:alert(1)',
      ' javascript:alert(1)',
      'java\u0000script:alert(1)',
      'data:text/html,x',
      'file:///etc/passwd',
      '//exemple.fr',
      'https://',
    ]
    const runs = hrefs.map(href => {
      const [block] = minutesText(doc({ type: 'paragraph', content: [link('ici', href)] })).body
      const run = block?.kind === 'paragraph' ? block.runs[0] : undefined
      return run && run !== 'line-break' ? run.href : undefined
    })
    expect(runs.slice(0, 3)).toEqual(['https://exemple.fr/a%20b', 'http://exemple.fr/', 'mailto:accueil@exemple.fr'])
    expect(runs.slice(3)).toEqual(runs.slice(3).map(() => null))
  })

  it('refuses unknown nodes and marks, even inside a block that would be left out', () => {
    const unknown = [
      { type: 'image', attrs: { src: 'x' } },
      { type: 'blockquote', content: [{ type: 'table' }] },
      { type: 'paragraph', content: [text('a', { type: 'underline' })] },
      { type: 'paragraph', content: [{ type: 'emoji' }] },
      { type: 'paragraph', content: [paragraph('a')] },
      { type: 'bulletList', content: [paragraph('a')] },
      { type: 'decision', content: [{ type: 'html' }] },
      { type: 'toString' },
      { type: 'doc' },
    ]
    for (const node of unknown)
      expect(() => minutesText(doc(node)), JSON.stringify(node)).toThrow(UnprintableMinutesError)
  })

  it('refuses what is not a document', () => {
    for (const value of [null, undefined, 'doc', [], {}, { type: 'paragraph' }, { type: 'doc', content: 'x' }])
      expect(() => minutesText(value), JSON.stringify(value)).toThrow(UnprintableMinutesError)
    expect(() => minutesText(doc({ type: 'paragraph', content: [null] }))).toThrow(UnprintableMinutesError)
    expect(() => minutesText(doc({ type: 'paragraph', marks: 3 }))).toThrow(UnprintableMinutesError)
  })

  it('prints 300 lists inside one another without losing one, on six levels', () => {
    const { body } = minutesText(doc(nestedBullets(300)))
    expect(depth(body)).toBe(6)
    expect(words(body[0]).match(/niveau \d+/g)).toHaveLength(300)
  })

  it('refuses a nesting that no editor makes, without exhausting the stack', () => {
    expect(() => minutesText(doc(nestedBullets(100_000)))).toThrow(UnprintableMinutesError)
  })
})

function words(block: Block | undefined): string {
  if (!block) return ''
  if (block.kind === 'bullets' || block.kind === 'numbers') return block.items.flat().map(words).join(' ')
  if (block.kind === 'quote') return block.blocks.map(words).join(' ')
  const runs = block.kind === 'paragraph' || block.kind === 'heading' ? block.runs : []
  return runs.map(run => (run === 'line-break' ? '\n' : run.pieces.join(''))).join('')
}

function levels(block: Block): number[] {
  if (block.kind === 'heading') return [block.level]
  return block.kind === 'bullets' ? block.items.flat().flatMap(levels) : []
}

function depth(blocks: Block[]): number {
  return Math.max(0, ...blocks.map(block => (block.kind === 'bullets' ? 1 + Math.max(...block.items.map(depth)) : 0)))
}
