import { isDay, mediumDate } from '#server/vocabulary/french.ts'
import { breakablePieces, isBlank, printable, printableLine } from './printable-text.ts'

/** A text that may be broken between two of its pieces. */
export type Pieces = string[]

/** A text for a column: long words may be broken. */
export function pieces(text: string): Pieces {
  return breakablePieces(printable(text).trim())
}

/** A text for a column, or null when nothing of it would be seen. */
export function piecesOrNull(text: string | null): Pieces | null {
  return text === null || isBlank(text) ? null : pieces(text)
}

/** A name or a title on one line, or null when nothing of it would be seen. */
export function lineOrNull(text: string | null): string | null {
  return text === null || isBlank(text) ? null : printableLine(text)
}

/** Number of a decision in the relevé of these minutes (not its number in the register). */
export function decisionNumber(index: number): string {
  return `D${index + 1}`
}

/** Number of an action in the relevé of these minutes. */
export function actionNumber(index: number): string {
  return `A${index + 1}`
}

/** « 12 mars 2027 », or null when there is no date or it does not exist. */
export function dueDate(due: Date | string | null): string | null {
  if (due === null || (typeof due === 'string' && !isDay(due))) return null
  return mediumDate(due)
}
