import type { LoaderFunctionArgs } from '@remix-run/node'
import { dayIn } from '#app/representation/wanted-day.ts'
import { sendingFile } from '#app/request.ts'
import { spreadsheetResponse } from '#app/spreadsheet-response.ts'
import { spreadsheetFormatIn } from '#server/vocabulary/spreadsheets.ts'

/** Who represents whom on a day, for a spreadsheet (H2). */
export function loader(args: LoaderFunctionArgs) {
  return sendingFile(args, async ({ services, actor, slug, request }) => {
    const day = dayIn(request, actor.today)
    const format = spreadsheetFormatIn(new URL(request.url).searchParams.get('format'))
    const file = await services.representation.representationFile(actor, { day, format })
    return spreadsheetResponse(file, `representation-${slug}-${day}`)
  })
}

export { receivingNothing as action } from '#app/request.ts'
