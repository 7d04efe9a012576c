import type { Labels } from './closed-list.ts'

/** The files that lists can be taken away as. */
export type SpreadsheetFormat = 'xlsx' | 'ods' | 'csv'

export const spreadsheetFormatLabels: Labels<SpreadsheetFormat> = {
  xlsx: 'Excel (XLSX)',
  ods: 'LibreOffice (ODS)',
  csv: 'un tableur (CSV)',
}

/** The format that an address names; XLSX when it names none that exists. */
export function spreadsheetFormatIn(text: string | null): SpreadsheetFormat {
  return text !== null && Object.hasOwn(spreadsheetFormatLabels, text) ? (text as SpreadsheetFormat) : 'xlsx'
}
