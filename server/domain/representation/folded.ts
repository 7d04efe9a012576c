import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'

/** Letters that people type without their accents, and what they then type. Capitals too: not every database lowers them. */
const letters = 'àâäáãåéèêëíìîïóòôöõúùûüçñÿ'
const accented = `${letters}${letters.toUpperCase()}’-`
const plain = `${'aaaaaaeeeeiiiiooooouuuucny'.repeat(2)}' `

/** SQL: a text as it is compared, whatever its capitals and accents. */
export function folded(text: SQLWrapper): SQL<string> {
  return sql<string>`translate(replace(replace(replace(lower(${text}), 'œ', 'oe'), 'Œ', 'oe'), 'æ', 'ae'), ${sql.raw(literal(accented))}, ${sql.raw(literal(plain))})`
}

/** What was typed in a search box, as the words it is compared by; ten at most. */
export function wordsOf(typed: string): string[] {
  const text = typed
    .slice(0, 200)
    .normalize('NFD')
    .replace(/[\p{M}\p{C}]/gu, '')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .replaceAll('’', "'")
  return text
    .split(/[\s-]+/)
    .filter(Boolean)
    .slice(0, 10)
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
