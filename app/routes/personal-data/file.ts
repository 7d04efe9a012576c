import type { LoaderFunctionArgs } from '@remix-run/node'
import { parisDay } from '#app/formats.ts'
import { sendingSiteFile } from '#app/request.ts'

/** Everything that is held about the person who asks, for another software to read (RGPD, article 20). */
export function loader(args: LoaderFunctionArgs) {
  return sendingSiteFile(args, async ({ services, person }) => {
    const parts = await services.personalData.ownData(person)
    const content = Object.fromEntries(parts.map(({ title, rows }) => [title, rows]))
    const body = JSON.stringify({ 'Fait le': args.context.now, ...content }, null, 2)
    return new Response(body, {
      headers: {
        'Content-Type': 'application/json; charset=utf-8',
        'Content-Disposition': `attachment; filename="mes-donnees-${parisDay(args.context.now)}.json"`,
        'X-Content-Type-Options': 'nosniff',
        'Cache-Control': 'no-store',
      },
    })
  })
}

export { receivingNothing as action } from '#app/request.ts'
