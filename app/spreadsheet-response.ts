import type { SpreadsheetFile } from '#server/exports/spreadsheet.ts'

/** A spreadsheet as an attachment. @param name without its extension: letters, figures and hyphens */
export function spreadsheetResponse(file: SpreadsheetFile, name: string): Response {
  return new Response(new Uint8Array(file.bytes), {
    headers: {
      'Content-Type': file.contentType,
      'Content-Disposition': `attachment; filename="${name}.${file.extension}"`,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    },
  })
}
