import { parseCsv } from 'hucre/csv'
import { readOds } from 'hucre/ods'
import { readXlsx } from 'hucre/xlsx'
import { describe, expect, test } from 'vitest'
import { cutRows, type SpreadsheetCell, spreadsheetFile } from '#server/exports/spreadsheet.ts'
import { spreadsheetFormatIn } from '#server/vocabulary/spreadsheets.ts'

const columns = [{ header: 'Nom' }, { header: 'Depuis' }, { header: 'Relevé à' }, { header: 'Part' }, { header: 'HT' }]

const rows: SpreadsheetCell[][] = [
  [
    'Mme Hélène Bœuf ; « élue »',
    { day: '2026-03-01' },
    { instant: new Date('2026-07-01T22:30:00Z') },
    -12.5,
    { cents: 125_050n },
  ],
  ['Ligne\nsuivante', null, null, null, null],
]

const formulas = [
  '=1+1',
  '+33 6 00',
  '-2+3',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\n=1',
  '  =HYPERLINK("x")',
  '＝1',
  '\u00A0@x',
]

const one = (...lines: SpreadsheetCell[][]) => [{ name: 'Représentation', columns, rows: lines }]

const opened = {
  xlsx: (bytes: Uint8Array) => readXlsx(bytes, { readStyles: true }),
  ods: (bytes: Uint8Array) => readOds(bytes),
}

describe.each(['xlsx', 'ods'] as const)('a %s file', format => {
  test('keeps accents, numbers, amounts, days and the hours of Paris', async () => {
    const file = await spreadsheetFile(one(...rows), format)
    const [sheet] = (await opened[format](file.bytes)).sheets
    expect(sheet?.name).toBe('Représentation')
    expect(sheet?.rows).toEqual([
      ['Nom', 'Depuis', 'Relevé à', 'Part', 'HT'],
      ['Mme Hélène Bœuf ; « élue »', new Date('2026-03-01T00:00:00Z'), new Date('2026-07-02T00:30:00Z'), -12.5, 1250.5],
      expect.arrayContaining(['Ligne\nsuivante']),
    ])
  })

  test('holds what people typed as text, never as a formula', async () => {
    const file = await spreadsheetFile(one(...formulas.map(text => [text])), format)
    const [sheet] = (await opened[format](file.bytes)).sheets
    const read = sheet?.rows.slice(1).map(row => row[0])
    expect(read).toHaveLength(formulas.length)
    for (const value of read ?? []) expect(value).toBeTypeOf('string')
    expect(read?.[0]).toBe('=1+1')
    for (const cell of sheet?.cells?.values() ?? []) expect(cell.formula).toBeUndefined()
  })

  test('has a tab for each table, with a name that spreadsheets take', async () => {
    const other = { name: 'Parcours / offre : [2026] et tout ce qui suit encore', columns, rows: [] }
    const file = await spreadsheetFile([...one(), other], format)
    const names = (await opened[format](file.bytes)).sheets.map(sheet => sheet.name)
    expect(names).toEqual(['Représentation', 'Parcours   offre    2026  et to'])
  })

  test('leaves out the characters that would spoil the file', async () => {
    const file = await spreadsheetFile(one(['a\u0000b\u000Bc\uD800d']), format)
    const [sheet] = (await opened[format](file.bytes)).sheets
    expect(sheet?.rows[1]?.[0]).toBe('abc\uFFFDd')
  })
})

describe('a CSV file', () => {
  const written = async (...lines: SpreadsheetCell[][]) =>
    new TextDecoder('utf-8', { ignoreBOM: true }).decode((await spreadsheetFile(one(...lines), 'csv')).bytes)

  test('is what French spreadsheets read: BOM, semicolons, decimal commas, French dates', async () => {
    const text = await written(...rows)
    expect(text.startsWith('\uFEFFNom;Depuis;Relevé à;Part;HT\r\n')).toBe(true)
    expect(text).toContain('"Mme Hélène Bœuf ; « élue »";01/03/2026;02/07/2026 00:30;-12,5;1250,50\r\n')
    expect(parseCsv(text, { delimiter: ';' })[2]?.[0]).toBe('Ligne\nsuivante')
  })

  test.each(formulas)('makes %j inert', async formula => {
    const [, line] = parseCsv(await written([formula]), { delimiter: ';' })
    expect(line?.[0]).toBe(`'${formula}`)
  })

  test('leaves a hyphen inside a text, and a negative number, as they are', async () => {
    const [, line] = parseCsv(await written(['Tarn-et-Garonne', null, null, -3]), { delimiter: ';' })
    expect(line).toEqual(['Tarn-et-Garonne', '', '', '-3'])
  })
})

test('a file that does not hold every line says so in its last one', () => {
  const lines = [['un'], ['deux'], ['trois']]
  expect(cutRows(lines, 3)).toEqual(lines)
  const [, , last] = cutRows(lines, 2)
  expect(last?.[1]).toMatch(/^Fichier limité aux 2 lignes les plus récentes.*choisissez des dates/)
})

test('an address without a format that exists asks for XLSX', () => {
  expect(['ods', 'csv', 'xlsx', 'exe', 'toString', null].map(spreadsheetFormatIn)).toEqual([
    'ods',
    'csv',
    'xlsx',
    'xlsx',
    'xlsx',
    'xlsx',
  ])
})
