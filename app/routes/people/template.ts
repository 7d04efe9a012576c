import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { receivingNothing, sendingFile } from '#app/request.ts'
import { spreadsheetResponse } from '#app/spreadsheet-response.ts'

/** The file to fill in to designate several people (H34). */
export function loader(args: LoaderFunctionArgs) {
  return sendingFile(args, async ({ services, actor, request }) => {
    const format = new URL(request.url).searchParams.get('format') === 'csv' ? 'csv' : 'xlsx'
    return spreadsheetResponse(await services.people.importTemplate(actor, format), 'personnes')
  })
}

export function action(args: ActionFunctionArgs) {
  return receivingNothing(args)
}
