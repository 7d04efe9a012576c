import type { LoaderFunctionArgs } from '@remix-run/node'
import { parisDay } from '#app/formats.ts'
import { sendingFile } from '#app/request.ts'

/** The minutes as a file: the official one, made once, or the draft marked « Projet » (H15). */
export function loader(args: LoaderFunctionArgs) {
  return sendingFile(args, async ({ services, actor, param, preview }) => {
    // Shown as published, the minutes are not yet: the file is the one that whoever looks may read.
    if (preview?.published) await services.access.minutesPreview(actor, preview, param('id'))
    const file = await services.minutes.minutesFile(preview?.published ? preview.reader : actor, param('id'))
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
