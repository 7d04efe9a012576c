import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isIncomplete, readMarkup } from '#server/vocabulary/simple-markup.ts'
import { defaultSiteTexts, longestSiteText } from '#server/vocabulary/site-texts.ts'

describe('the few marks of a legal page', () => {
  it('are headings, paragraphs, lists and links; the rest is text', () => {
    expect(readMarkup('# Un\n\nDeux\ntrois [ici](/profil).\n- a\n- b\n## Quatre\n<b>x</b>')).toEqual([
      { kind: 'heading', level: 2, content: [{ kind: 'text', text: 'Un' }] },
      {
        kind: 'paragraph',
        content: [
          { kind: 'text', text: 'Deux trois ' },
          { kind: 'link', text: 'ici', href: '/profil' },
          { kind: 'text', text: '.' },
        ],
      },
      { kind: 'list', items: [[{ kind: 'text', text: 'a' }], [{ kind: 'text', text: 'b' }]] },
      { kind: 'heading', level: 3, content: [{ kind: 'text', text: 'Quatre' }] },
      { kind: 'paragraph', content: [{ kind: 'text', text: '<b>x</b>' }] },
    ])
  })

  it.each([
    'javascript:alert(1)',
    'JAVASCRIPT:x',
    'data:text/html,x',
    '//ailleurs.example',
    '/\\ailleurs.example',
    'vbscript:x',
  ])('never make a link of %s', href => {
    const pieces = readMarkup(`[ici](${href})`).flatMap(block =>
      block.kind === 'list' ? block.items.flat() : block.content,
    )
    expect(pieces.every(({ kind }) => kind === 'text')).toBe(true)
  })

  it('lose nothing of a text, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), source => {
        for (const block of readMarkup(source)) {
          for (const piece of block.kind === 'list' ? block.items.flat() : block.content) {
            expect(piece.text.length).toBeGreaterThan(0)
            if (piece.kind === 'link') expect(piece.href).toMatch(/^(https?:\/\/|mailto:|tel:|\/(?![/\\]))/i)
          }
        }
      }),
    )
  })

  it('say that the product’s own texts are still to be completed, and hold them', () => {
    for (const text of Object.values(defaultSiteTexts)) {
      expect(isIncomplete(text)).toBe(true)
      expect(text.length).toBeLessThan(longestSiteText)
    }
    expect(isIncomplete('# Fini')).toBe(false)
  })
})
