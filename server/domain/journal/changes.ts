import type { DetailValue, JournalDetail } from '#server/vocabulary/journal-details.ts'
import { canonicalHash } from '../canonical.ts'

/**
 * What the journal keeps of a correction: of each field that differs, the values before and after where they give rights;
 * for the others, which hold words, that they changed and nothing more.
 */
export function changesOf<Row extends object>(
  before: Row,
  after: Partial<Row>,
  fields: { values: readonly (keyof Row & string)[]; words: readonly (keyof Row & string)[] },
): JournalDetail {
  const differs = (field: keyof Row) => canonicalHash([before[field]]) !== canonicalHash([after[field]])
  return Object.fromEntries([
    ...fields.values
      .filter(differs)
      .map(field => [field, { before: before[field] as DetailValue, after: after[field] as DetailValue }] as const),
    ...fields.words.filter(differs).map(field => [field, true] as const),
  ])
}
