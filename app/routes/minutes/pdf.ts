import type { LoaderFunctionArgs } from '@remix-run/node'
import { parisDay } from '#app/formats.ts'
import { sendingFile } from '#app/request.ts'

/** The minutes as a file: the official one, made once, or the draft marked « Projet » (H15). */
export function loader(args: LoaderFunctionArgs) {
  return sendingFile(args, async ({ services, actor, param }) => {
    const file = await services.minutes.minutesFile(actor, param('id'))
    const name = ['compte-rendu', file.instanceSlug, parisDay(file.meetingAt), ...(file.draft ? ['projet'] : [])].join(
      '-',
    )
    return new Response(new Uint8Array(file.bytes), {
      headers: {
        'Content-Type': 'application/pdf',
        'Content-Disposition': `attachment; filename="${name}.pdf"`,
        'X-Content-Type-Options': 'nosniff',
        'Cache-Control': 'no-store',
      },
    })
  })
}

export { receivingNothing as action } from '#app/request.ts'
