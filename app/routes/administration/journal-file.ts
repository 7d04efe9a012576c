import type { LoaderFunctionArgs } from '@remix-run/node'
import { parisDay } from '#app/formats.ts'
import { journalFilterIn } from '#app/journal/journal-filter.ts'
import { sendingSiteFile } from '#app/request.ts'
import { spreadsheetResponse } from '#app/spreadsheet-response.ts'
import { spreadsheetFormatIn } from '#server/vocabulary/spreadsheets.ts'

/** The journal of the administration for a spreadsheet, through the filters of the address. */
export function loader(args: LoaderFunctionArgs) {
  return sendingSiteFile(args, async ({ services, person, request }) => {
    const search = new URL(request.url).searchParams
    const format = spreadsheetFormatIn(search.get('format'))
    const asked = { ...journalFilterIn(search), format }
    const file = await services.administration.deploymentJournalFile(person, asked)
    return spreadsheetResponse(file, `journal-de-l-administration-${parisDay(args.context.now)}`)
  })
}

export { receivingNothing as action } from '#app/request.ts'
