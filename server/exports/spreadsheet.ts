import { writeCsv } from 'hucre/csv'
import { type Cell, type CellValue, type WriteSheet, writeOds } from 'hucre/ods'
import { writeXlsx } from 'hucre/xlsx'
import { type Day, parisDay, shortDate } from '#server/vocabulary/french.ts'
import type { SpreadsheetFormat } from '#server/vocabulary/spreadsheets.ts'

/** Text, a number, a true date, amounts in cents; null is an empty cell. */
export type SpreadsheetCell = string | number | null | { day: Day } | { instant: Date } | { cents: bigint }

export type SpreadsheetTable = {
  /** Name of the tab. */
  name: string
  columns: readonly { header: string /** In characters. */; width?: number }[]
  rows: readonly (readonly SpreadsheetCell[])[]
}

export type SpreadsheetFile = { bytes: Uint8Array; contentType: string; extension: SpreadsheetFormat }

const contentTypes: Record<SpreadsheetFormat, string> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  csv: 'text/csv; charset=utf-8',
}

/**
 * Tables as a file for a spreadsheet. XLSX and ODS keep every table, text as text and dates as dates; CSV holds the first
 * one, as French spreadsheets read it (`;`, BOM, decimal commas), without a cell that they would take for a formula.
 */
export async function spreadsheetFile(
  tables: readonly SpreadsheetTable[],
  format: SpreadsheetFormat,
): Promise<SpreadsheetFile> {
  return { bytes: await bytesOf(tables, format), contentType: contentTypes[format], extension: format }
}

/** The first rows, the latest of a journal; when there are others, a last row says so, and how to read them. */
export function cutRows(rows: readonly SpreadsheetCell[][], most: number): SpreadsheetCell[][] {
  if (rows.length <= most) return [...rows]
  const says = `Fichier limité aux ${most.toLocaleString('fr-FR')} lignes les plus récentes : choisissez des dates pour lire les autres.`
  return [...rows.slice(0, most), [null, says]]
}

async function bytesOf(tables: readonly SpreadsheetTable[], format: SpreadsheetFormat): Promise<Uint8Array> {
  if (format === 'csv') return new TextEncoder().encode(csvOf(tables[0]))
  const workbook = { sheets: tables.map(sheetOf) }
  return format === 'xlsx' ? writeXlsx(workbook) : writeOds(workbook)
}

function csvOf(table: SpreadsheetTable | undefined): string {
  if (!table) throw new Error('a CSV file holds one table')
  const rows = [table.columns.map(column => inert(cleaned(column.header))), ...table.rows.map(row => row.map(csvCell))]
  return writeCsv(rows, { delimiter: ';', bom: true })
}

/** As French spreadsheets read it. Numbers are ours, so that a minus sign is no formula; whatever people typed is made inert. */
function csvCell(cell: SpreadsheetCell): string {
  if (cell === null) return ''
  if (typeof cell === 'string') return inert(cleaned(cell))
  if (typeof cell === 'number') return withComma(String(cell))
  if ('day' in cell) return shortDate(cell.day)
  if ('instant' in cell) return `${shortDate(cell.instant)} ${parisClock.format(cell.instant)}`
  return withComma((Number(cell.cents) / 100).toFixed(2))
}

const withComma = (figures: string) => figures.replace('.', ',')

/** What spreadsheets begin a formula with, full-width forms included; spaces before it do not hide it. */
const beginsLikeFormula = /^[\s\u00A0\u202F]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/

/** An apostrophe tells spreadsheets that what follows is text. */
function inert(text: string): string {
  return beginsLikeFormula.test(text) ? `'${text}` : text
}

/** Characters that XML cannot hold. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is left out.
const unwritable = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g

/** Most characters that a cell of XLSX holds. */
const longestText = 32_767

function cleaned(text: string): string {
  return text.toWellFormed().replace(unwritable, '').slice(0, longestText)
}

const dayFormat = 'dd/mm/yyyy'
const instantFormat = 'dd/mm/yyyy hh:mm'
const amountFormat = '#,##0.00'

function sheetOf({ name, columns, rows }: SpreadsheetTable): WriteSheet {
  const header = columns.map(column => cleaned(column.header))
  const cells = new Map<string, Partial<Cell>>()
  for (const [column, value] of header.entries()) {
    cells.set(`0,${column}`, { value, type: 'string', style: { font: { bold: true } } })
  }
  for (const [row, values] of rows.entries()) {
    for (const [column, value] of values.entries()) {
      const numFmt = formatOf(value)
      if (numFmt) cells.set(`${row + 1},${column}`, { value: writtenValue(value), style: { numFmt } })
    }
  }
  return {
    name: tabName(name),
    columns: columns.map(({ width = 20 }) => ({ width })),
    rows: [header, ...rows.map(row => row.map(writtenValue))],
    cells,
    freezePane: { rows: 1 },
  }
}

function formatOf(cell: SpreadsheetCell): string | null {
  if (cell === null || typeof cell !== 'object') return null
  if ('day' in cell) return dayFormat
  return 'instant' in cell ? instantFormat : amountFormat
}

function writtenValue(cell: SpreadsheetCell): CellValue {
  if (typeof cell === 'string') return cleaned(cell)
  if (cell === null || typeof cell === 'number') return cell
  if ('day' in cell) return new Date(`${cell.day}T00:00:00Z`)
  return 'instant' in cell ? clockInParis(cell.instant) : Number(cell.cents) / 100
}

const parisClock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Paris',
  hourCycle: 'h23',
  hour: '2-digit',
  minute: '2-digit',
})

/** Spreadsheets know no time zone: what clocks in Paris showed. */
function clockInParis(instant: Date): Date {
  return new Date(`${parisDay(instant)}T${parisClock.format(instant)}:00Z`)
}

/** Tabs take 31 characters and none of `[ ] : * ? / \`. */
function tabName(name: string): string {
  return cleaned(name)
    .replace(/[[\]:*?/\\]/g, ' ')
    .slice(0, 31)
}
