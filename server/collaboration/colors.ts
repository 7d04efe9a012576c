import { createHash } from 'node:crypto'

/** Colours of carets and of their labels, which are white on them: contrast 4.5 or more, apart from one another. */
const PALETTE = [
  '#9c2f1f',
  '#1c5c8a',
  '#2f6b2f',
  '#7a3b8f',
  '#8a5a00',
  '#0f6b66',
  '#a02560',
  '#4a4fa3',
  '#5e6414',
  '#6b4632',
  '#3d5a6c',
  '#b0420a',
]

/** Somebody's colour: always the same, on every text. */
export function colorOf(accountId: string): string {
  const [byte = 0] = createHash('sha256').update(accountId).digest()
  return PALETTE[byte % PALETTE.length] ?? '#1c5c8a'
}
