import type { LoaderFunctionArgs } from '@remix-run/node'
import { filterIn } from '#app/representation/directory-filter.ts'
import { sendingFile } from '#app/request.ts'
import { spreadsheetResponse } from '#app/spreadsheet-response.ts'
import { spreadsheetFormatIn } from '#server/vocabulary/spreadsheets.ts'

/** The directory for a spreadsheet, narrowed as the page is (H2, H4). */
export function loader(args: LoaderFunctionArgs) {
  return sendingFile(args, async ({ services, actor, slug, request }) => {
    const { searchParams } = new URL(request.url)
    const format = spreadsheetFormatIn(searchParams.get('format'))
    const file = await services.representation.directoryFile(actor, { ...filterIn(searchParams), format })
    return spreadsheetResponse(file, `annuaire-${slug}-${actor.today}`)
  })
}

export { receivingNothing as action } from '#app/request.ts'
