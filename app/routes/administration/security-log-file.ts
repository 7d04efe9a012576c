import type { LoaderFunctionArgs } from '@remix-run/node'
import { securityFilterIn } from '#app/administration/security-filter.ts'
import { parisDay } from '#app/formats.ts'
import { sendingSiteFile } from '#app/request.ts'
import { spreadsheetResponse } from '#app/spreadsheet-response.ts'
import { spreadsheetFormatIn } from '#server/vocabulary/spreadsheets.ts'

/** The security log for a spreadsheet, through the filters of the address. */
export function loader(args: LoaderFunctionArgs) {
  return sendingSiteFile(args, async ({ services, person, request }) => {
    const search = new URL(request.url).searchParams
    const format = spreadsheetFormatIn(search.get('format'))
    const asked = { ...securityFilterIn(search), format, address: args.context.address }
    const file = await services.administration.securityLogFile(person, asked)
    return spreadsheetResponse(file, `journal-de-securite-${parisDay(args.context.now)}`)
  })
}

export { receivingNothing as action } from '#app/request.ts'
