import { parseCsv } from 'hucre/csv'
import { readXlsx } from 'hucre/xlsx'
import { Invalid } from '#server/errors.ts'
import { plainArchive, UnsafeArchive, unpackedParts } from './plain-archive.ts'
import type { TableRows } from './table-file.ts'

const MOST_UNPACKED = { parts: 300, bytes: 20 * 1024 * 1024 }
const LONGEST_CELL = 1000
/** What stands further right is not read: a sheet whose last column was coloured has 16,384. */
const MOST_COLUMNS = 50

/** The rows of a CSV or XLSX file. @throws Invalid for another kind of file, too many rows, formulas */
export async function tableRows(bytes: Uint8Array, mostRows: number): Promise<TableRows> {
  const rows = startsWith(bytes, [0x50, 0x4b]) ? await xlsxRows(bytes, mostRows) : csvRows(bytes, mostRows)
  if (rows.length > mostRows + 1) {
    throw refused(`Ce fichier a plus de ${mostRows} lignes. Partagez-le en plusieurs fichiers.`)
  }
  return rows
}

function csvRows(bytes: Uint8Array, mostRows: number): TableRows {
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) {
    throw refused(
      'Ce format d’Excel est trop ancien ou protégé. Enregistrez le fichier en « .xlsx » sans mot de passe, ou en CSV.',
    )
  }
  const text = decoded(bytes)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these tell a file that is not text.
  if (/[\u0000-\u0008\u000E-\u001F]/.test(text)) {
    throw refused('Ce fichier n’est ni un CSV ni un classeur Excel. Enregistrez-le en CSV ou en « .xlsx ».')
  }
  const [head = ''] = text.split('\n', 1)
  const delimiter = [';', '\t', ','].find(each => head.includes(each)) ?? ';'
  return parseCsv(text, { delimiter, maxRows: mostRows + 2, skipEmptyRows: false }).map((row, index) =>
    row.slice(0, MOST_COLUMNS).map((cell, column) => inert(String(cell ?? ''), index + 1, column)),
  )
}

/** French spreadsheets write CSV in Windows-1252 unless told otherwise. */
function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

async function xlsxRows(bytes: Uint8Array, mostRows: number): Promise<TableRows> {
  const workbook = await readXlsx(checkedWorkbook(bytes), { sheets: [0], maxRows: mostRows + 2 }).catch(() => {
    throw refused('Ce classeur ne se lit pas. Enregistrez-le de nouveau en « .xlsx » sans mot de passe, ou en CSV.')
  })
  const [sheet] = workbook.sheets
  if (!sheet) throw refused('Ce classeur n’a pas de feuille.')
  for (const [place, cell] of sheet.cells ?? []) {
    const [row = 0, column = 0] = String(place).split(',').map(Number)
    if (cell.formula !== undefined) throw formulaRefused(row + 1, column)
  }
  return sheet.rows.map((row, index) =>
    row.slice(0, MOST_COLUMNS).map((cell, column) => inert(written(cell), index + 1, column)),
  )
}

/** The workbook made anew from its parts, once these were looked at: nothing else of the file is read. */
function checkedWorkbook(bytes: Uint8Array): Uint8Array {
  try {
    const parts = unpackedParts(bytes, MOST_UNPACKED)
    if (!parts.some(part => part.name === 'xl/workbook.xml')) {
      throw refused('Ce fichier n’est pas un classeur « .xlsx ». Enregistrez-le en « .xlsx » ou en CSV.')
    }
    if (parts.some(part => /vbaProject|macrosheets|externalLinks/i.test(part.name))) {
      throw refused(
        'Ce classeur contient des macros ou des liens vers d’autres fichiers. Enregistrez-le en « .xlsx » simple, ou en CSV.',
      )
    }
    return plainArchive(parts)
  } catch (error) {
    if (!(error instanceof UnsafeArchive)) throw error
    throw refused('Ce fichier ne peut pas être lu. Enregistrez-le de nouveau depuis Excel ou LibreOffice.')
  }
}

function written(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  if (cell instanceof Date) return cell.toISOString().slice(0, 10)
  return typeof cell === 'object' ? '' : String(cell)
}

/** What a spreadsheet would run is refused where it stands, rather than kept. */
function inert(text: string, row: number, column: number): string {
  if (text.length > LONGEST_CELL) {
    throw refused(`La cellule ${cellName(row, column)} dépasse 1 000 caractères. Raccourcissez-la.`)
  }
  const clean = text.trim()
  if (/^[=+@]/.test(clean)) throw formulaRefused(row, column)
  return clean
}

function formulaRefused(row: number, column: number): Invalid {
  return refused(
    `La cellule ${cellName(row, column)} contient une formule. Remplacez-la par sa valeur, puis envoyez de nouveau le fichier.`,
  )
}

/** « A2 », « AB14 » */
function cellName(row: number, column: number): string {
  const letter = (rank: number) => String.fromCharCode(65 + (rank % 26))
  return `${column < 26 ? '' : letter(Math.floor(column / 26) - 1)}${letter(column)}${row}`
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte)
}

function refused(message: string): Invalid {
  return new Invalid(message, { file: [message] })
}
