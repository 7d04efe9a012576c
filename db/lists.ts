import { type Placeholder, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { arrayLiteral } from './client.ts'

/**
 * SQL: the column holds one of these identifiers. One parameter whatever their number: Drizzle's `inArray` writes one for
 * each, hence another statement to plan for each length.
 */
export function among(column: SQLWrapper, ids: readonly string[]): SQL {
  return sql`${column} = any(${arrayLiteral(ids)}::uuid[])`
}

/**
 * SQL: the column holds one of these words of the product. They are written in the statement: a plan made for any value
 * could not use an index on some states only.
 */
export function oneOfWords(column: SQLWrapper, words: readonly string[]): SQL {
  return sql`${column} in (${wordList(words)})`
}

/** SQL: the column holds none of these words of the product. */
export function noneOfWords(column: SQLWrapper, words: readonly string[]): SQL {
  return sql`${column} not in (${wordList(words)})`
}

/**
 * For `limit`: a number written in the statement. A plan made for any number expects a tenth of all rows, and reads the
 * table where an index would give the first ones.
 */
export function first(rows: number): Placeholder {
  if (!Number.isSafeInteger(rows) || rows < 0) throw new Error(`not a number of rows: ${rows}`)
  // Drizzle writes any SQL there, though its type names only a placeholder.
  return sql.raw(String(rows)) as unknown as Placeholder
}

function wordList(words: readonly string[]): SQL {
  if (words.length === 0 || !words.every(word => /^[a-z_]+$/.test(word))) throw new Error(`not words: ${words}`)
  return sql.raw(words.map(word => `'${word}'`).join(', '))
}
