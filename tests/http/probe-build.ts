import type { ServerBuild } from '@remix-run/node'
import { serverBuild } from './server-build.ts'

/** A Remix build of two routes, to test what stands before the real one: it answers what it received. */
export function probeBuild(): ServerBuild {
  return serverBuild({
    entry: { module: { default: () => new Response('document') } },
    routes: {
      probe: {
        id: 'probe',
        path: '*',
        module: {
          default: undefined as never,
          loader: ({ context, request }) => {
            const path = new URL(request.url).pathname
            if (path === '/bug') throw new Error('a bug in a loader')
            return Response.json({
              url: request.url,
              path,
              nonce: context.cspNonce,
              reference: context.reference,
              now: context.now,
            })
          },
          action: async ({ request }) => {
            const form = await request.formData()
            return Response.json(Object.fromEntries(form))
          },
        },
      },
    },
    assets: { entry: { imports: [], module: '' }, routes: {}, url: '', version: '1' },
  })
}
