import type { LoaderFunctionArgs } from '@remix-run/node'
import { parisDay } from '#app/formats.ts'
import { journalFilterIn } from '#app/journal/journal-filter.ts'
import { sendingFile } from '#app/request.ts'
import { spreadsheetResponse } from '#app/spreadsheet-response.ts'
import { spreadsheetFormatIn } from '#server/vocabulary/spreadsheets.ts'

/** The journal for a spreadsheet, through the filters of the address (H35). */
export function loader(args: LoaderFunctionArgs) {
  return sendingFile(args, async ({ services, actor, slug, request }) => {
    const search = new URL(request.url).searchParams
    const format = spreadsheetFormatIn(search.get('format'))
    const file = await services.journal.journalFile(actor, { ...journalFilterIn(search), format })
    return spreadsheetResponse(file, `journal-${slug}-${parisDay(args.context.now)}`)
  })
}

export { receivingNothing as action } from '#app/request.ts'
