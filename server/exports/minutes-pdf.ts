import type { MinutesDocument } from './minutes-document.ts'
import { printedMinutes } from './printed-minutes.ts'
import { typeset } from './typst.ts'

/** What is asked of a logger (pino's fits): ids and figures only, nothing of the text. */
export interface PdfLog {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
}

/**
 * The minutes as tagged PDF/UA-1 in French, as bytes: « Projet » on every page of a draft, validators and seal at the
 * end of a sealed version. Same document, same bytes. A character that no font draws costs the standard, not the
 * file: it is made without it, and logged.
 *
 * @throws UnprintableMinutesError when the text holds an unknown node or mark.
 * @throws TypstError when the layout fails or takes more than a minute.
 */
export async function minutesPdf(document: MinutesDocument, log: PdfLog): Promise<Uint8Array> {
  const { pdf, pages, problem, milliseconds } = await typeset('minutes.typ', printedMinutes(document))
  const fields = { pages, bytes: pdf.byteLength, milliseconds }
  if (problem === null) log.info(fields, 'minutes written as PDF/UA-1')
  else log.warn({ ...fields, problem }, 'minutes written as tagged PDF, without PDF/UA-1')
  return pdf
}
