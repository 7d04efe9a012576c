import { describe, expect, it } from 'vitest'
import { breakablePieces, isBlank, printable, printableLine } from '#server/exports/printable-text.ts'

describe('text fit for print', () => {
  it('removes NUL and controls, keeps the lines', () => {
    expect(printable('a\u0000b\u0007c\u009Bd\r\ne\u2028f\tg')).toBe('abcd\ne\nf g')
    expect(printableLine(' a \n b ')).toBe('a b')
  })

  it('removes what would show the letters in another order than they were sealed', () => {
    expect(printable('a\u202Eb\u202C\u2066c\u2069\uFEFFd')).toBe('abcd')
  })

  it('writes a lone surrogate as a replacement character and keeps emoji whole', () => {
    expect(printable('a\uD83D b')).toBe('a\uFFFD b')
    expect(printable('👩‍👩‍👧 ❤️')).toBe('👩‍👩‍👧 ❤️')
  })

  it('sees that zero-width characters are nothing', () => {
    expect(isBlank(' \u200B\u200D\uFEFF\u0000\u00A0\n')).toBe(true)
    expect(isBlank('\u200Ba')).toBe(false)
  })

  it('cuts long addresses after their punctuation and never loses a letter', () => {
    const address = 'Voir https://www.exemple.fr/un/tres/long/chemin?parametre=valeur&autre=1 demain'
    const pieces = breakablePieces(address)
    expect(pieces.join('')).toBe(address)
    expect(pieces.length).toBeGreaterThan(4)
    expect(Math.max(...pieces.slice(1, -1).map(piece => piece.length))).toBeLessThanOrEqual(16)
  })

  it('leaves ordinary words to hyphenation', () => {
    expect(breakablePieces('interinstitutionnellement, vraiment')).toHaveLength(1)
    expect(breakablePieces('intercommunalitésdépartementales.')).toEqual(['intercommunalitésdépartementales.'])
    expect(breakablePieces('')).toEqual([''])
  })

  it('does not make thousands of pieces, which would take minutes to lay out', () => {
    for (const long of ['x'.repeat(1_000_000), `${'x'.repeat(100)} `.repeat(10_000)]) {
      const pieces = breakablePieces(long)
      expect(pieces.length).toBeLessThanOrEqual(1000)
      expect(pieces.join('').replaceAll('\u200B', '')).toBe(long)
    }
  })
})
