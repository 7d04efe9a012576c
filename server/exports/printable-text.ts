import { unbreakableSpaces } from '#server/vocabulary/french.ts'

/**
 * Text fit for print: what has no shape or would lie about its order is removed (control characters, byte order
 * marks, bidirectional overrides), lone surrogates become `�`, and French spaces become unbreakable.
 */
export function printable(text: string): string {
  const lines = text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/\t/g, ' ')
  return unbreakableSpaces(lines.replace(UNPRINTABLE, ''))
}

/** The same on one line, for titles and names. */
export function printableLine(text: string): string {
  return printable(text.replace(/\s*\n\s*/g, ' ')).trim()
}

/** Whether nothing would be seen of a text: spaces and zero-width characters at most. */
export function isBlank(text: string): boolean {
  return /^[\s\p{Cf}\p{Cc}]*$/u.test(text)
}

/**
 * Cuts a text where a line may break inside words too long for a column (addresses, figures without spaces): after
 * the punctuation of addresses, otherwise every few letters. Words of letters alone are left to hyphenation unless
 * no language has them. The pieces joined are the text itself (in texts of pages without spaces, with zero-width spaces).
 */
export function breakablePieces(text: string): string[] {
  const pieces: string[] = []
  let open = ''
  for (const part of text.split(LONG_WORD)) {
    if (!LONG_WORD.test(part) || ORDINARY_WORD.test(part)) open += part
    else {
      const [first = '', ...others] = piecesOf(part)
      pieces.push(open + first, ...others)
      open = pieces.pop() ?? ''
    }
  }
  pieces.push(open)
  return pieces.length > MOST_PIECES ? [pieces.join(ZERO_WIDTH_SPACE)] : pieces
}

// Controls but the line feed, noncharacters, byte order mark, bidirectional marks, embeddings and overrides,
// interlinear annotations, tag characters.
const UNPRINTABLE = new RegExp(
  [
    '[\\u0000-\\u0009\\u000B-\\u001F\\u007F-\\u009F',
    '\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u206F',
    '\\uFEFF\\uFFF9-\\uFFFB\\uFFFE\\uFFFF\\u{E0000}-\\u{E007F}]',
  ].join(''),
  'gu',
)
const LONG_WORD = /([^\s-]{25,})/u
const ORDINARY_WORD = /^[\p{L}\p{M}’']{1,45}\p{P}?$/u
const SHORTEST_PIECE = 8
const LONGEST_PIECE = 16
const LONGEST_WORD = 2000
// The time a paragraph takes grows with the square of its pieces: above, a zero-width space does the same.
const MOST_PIECES = 1000
const ZERO_WIDTH_SPACE = '\u200B'

const graphemes = new Intl.Segmenter('fr', { granularity: 'grapheme' })

function piecesOf(word: string): string[] {
  if (word.length > LONGEST_WORD) return [word.replace(/.{16}/gsu, `$&${ZERO_WIDTH_SPACE}`)]
  const pieces: string[] = []
  let piece = ''
  let length = 0
  for (const { segment } of graphemes.segment(word)) {
    piece += segment
    length += 1
    if (length >= LONGEST_PIECE || (length >= SHORTEST_PIECE && /[/?&=._@,;]/.test(segment))) {
      pieces.push(piece)
      piece = ''
      length = 0
    }
  }
  return piece === '' ? pieces : [...pieces, piece]
}
