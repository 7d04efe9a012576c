import { inflateRawSync } from 'node:zlib'
import { parseCsv } from 'hucre/csv'
import { readXlsx } from 'hucre/xlsx'
import { Invalid } from '#server/errors.ts'

/** Rows of a file as text, the first one being the names of the columns. */
export type TableRows = string[][]

export const LARGEST_FILE_BYTES = 900 * 1024
const LARGEST_UNPACKED_BYTES = 20 * 1024 * 1024
const MOST_PARTS = 300

/**
 * Reads a CSV (`;`, `,` or tabs; UTF-8, BOM or not, or Windows-1252) or XLSX file that somebody sent. Dates come as
 * `YYYY-MM-DD`. The contents say what it is, whatever its name.
 * @throws Invalid, on the field `file`, for what is too large, of another kind, packed to harm, or holds formulas
 */
export async function readTableFile(bytes: Uint8Array, mostRows: number): Promise<TableRows> {
  if (bytes.length === 0) throw refused('Ce fichier est vide. Choisissez le fichier rempli.')
  if (bytes.length > LARGEST_FILE_BYTES) throw refused('Ce fichier dépasse 900 Ko. Partagez-le en plusieurs fichiers.')
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
    row.map((cell, column) => inert(String(cell ?? ''), index + 1, column)),
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
  checkPacked(bytes)
  const workbook = await readXlsx(bytes, { sheets: [0], maxRows: mostRows + 2 }).catch(() => {
    throw refused('Ce classeur ne se lit pas. Enregistrez-le de nouveau en « .xlsx » sans mot de passe, ou en CSV.')
  })
  const [sheet] = workbook.sheets
  if (!sheet) throw refused('Ce classeur n’a pas de feuille.')
  for (const [place, cell] of sheet.cells ?? []) {
    const [row = 0, column = 0] = String(place).split(',').map(Number)
    if (cell.formula !== undefined) throw formulaRefused(row + 1, column)
  }
  return sheet.rows.map((row, index) => row.map((cell, column) => inert(written(cell), index + 1, column)))
}

/** Each part is unpacked here first, up to a limit: what it declares may be false. */
function checkPacked(bytes: Uint8Array): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const hostile = () =>
    refused('Ce fichier ne peut pas être lu. Enregistrez-le de nouveau depuis Excel ou LibreOffice.')
  try {
    let left = LARGEST_UNPACKED_BYTES
    const parts = partsOf(buffer)
    if (parts.length === 0 || parts.length > MOST_PARTS) throw hostile()
    if (!parts.some(part => part.name === 'xl/workbook.xml')) {
      throw refused('Ce fichier n’est pas un classeur « .xlsx ». Enregistrez-le en « .xlsx » ou en CSV.')
    }
    if (parts.some(part => /vbaProject|macrosheets|externalLinks/i.test(part.name))) {
      throw refused(
        'Ce classeur contient des macros ou des liens vers d’autres fichiers. Enregistrez-le en « .xlsx » simple, ou en CSV.',
      )
    }
    for (const { packed, method } of parts) {
      left -= method === 0 ? packed.length : inflateRawSync(packed, { maxOutputLength: Math.max(left, 1) }).length
      if (left < 0) throw hostile()
    }
  } catch (error) {
    throw error instanceof Invalid ? error : hostile()
  }
}

/** The parts of a ZIP archive, from its central directory. @throws RangeError on a broken one */
function partsOf(buffer: Buffer): { name: string; method: number; packed: Buffer }[] {
  const end = buffer.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end < 0) throw new RangeError('no central directory')
  const count = buffer.readUInt16LE(end + 10)
  const parts = []
  let at = buffer.readUInt32LE(end + 16)
  for (let index = 0; index < Math.min(count, MOST_PARTS + 1); index++) {
    if (buffer.readUInt32LE(at) !== 0x02014b50) throw new RangeError('not an entry')
    const nameLength = buffer.readUInt16LE(at + 28)
    const local = buffer.readUInt32LE(at + 42)
    const from = local + 30 + buffer.readUInt16LE(local + 26) + buffer.readUInt16LE(local + 28)
    parts.push({
      name: buffer.toString('utf8', at + 46, at + 46 + nameLength),
      method: buffer.readUInt16LE(at + 10),
      packed: buffer.subarray(from, from + buffer.readUInt32LE(at + 20)),
    })
    at += 46 + nameLength + buffer.readUInt16LE(at + 30) + buffer.readUInt16LE(at + 32)
  }
  return parts
}

function written(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  if (cell instanceof Date) return cell.toISOString().slice(0, 10)
  return typeof cell === 'object' ? '' : String(cell)
}

/** What a spreadsheet would run is refused where it stands, rather than kept. */
function inert(text: string, row: number, column: number): string {
  const clean = text.trim()
  if (/^[=+@]/.test(clean)) throw formulaRefused(row, column)
  return clean
}

function formulaRefused(row: number, column: number): Invalid {
  const cell = `${String.fromCharCode(65 + Math.min(column, 25))}${row}`
  return refused(
    `La cellule ${cell} contient une formule. Remplacez-la par sa valeur, puis envoyez de nouveau le fichier.`,
  )
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte)
}

function refused(message: string): Invalid {
  return new Invalid(message, { file: [message] })
}
