import { type AgendaValues, isBlank } from './meeting-values.ts'

/** A row of the agenda being written: `key` stays its own wherever it moves. */
export type AgendaRow = AgendaValues & {
  key: number
  /** Shown only to browsers without scripts, which cannot add rows. */
  spare: boolean
}

const BLANKS_WITHOUT_SCRIPT = 6

/** The rows of the form: those that are filled, a few to begin with, and spare ones for browsers without scripts. */
export function initialRows(items: readonly AgendaValues[]): AgendaRow[] {
  const filled = items.map((item, key) => ({ ...item, key, spare: false }))
  const wanted = items.length === 0 ? 3 : 1
  const present = items.filter(isBlank).length
  const blanks = Array.from({ length: Math.max(0, BLANKS_WITHOUT_SCRIPT - present) }, (_none, rank) =>
    blankRow(items.length + rank, present + rank >= wanted),
  )
  return [...filled, ...blanks]
}

/** An empty row, with a key that no other row has. */
export function blankRow(key: number, spare = false): AgendaRow {
  return { key, spare, id: '', title: '', reporter: '', durationMinutes: '' }
}

export function nextKey(rows: readonly AgendaRow[]): number {
  return Math.max(-1, ...rows.map(row => row.key)) + 1
}

/** The rows with one of them at another place. */
export function moveRow(rows: readonly AgendaRow[], from: number, to: number): AgendaRow[] {
  return rows.toSpliced(from, 1).toSpliced(to, 0, ...rows.slice(from, from + 1))
}
