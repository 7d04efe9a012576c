import type { Server } from 'node:http'
import type { ServerBuild } from '@remix-run/node'
import type { RequestHandler } from 'express'

/** What Vite gives during development: the application rebuilt at each change, in the same process as the services. */
export type DevServer = {
  build: () => Promise<ServerBuild>
  assets: RequestHandler
  close(): Promise<void>
}

/** @param server carries Vite's own socket too, so that the content security policy needs no other address. */
export async function createDevServer(server: Server): Promise<DevServer> {
  const { createServer } = await import('vite')
  const vite = await createServer({ appType: 'custom', server: { middlewareMode: true, hmr: { server } } })
  return {
    build: () => vite.ssrLoadModule('virtual:remix/server-build') as Promise<ServerBuild>,
    assets: vite.middlewares,
    close: () => vite.close(),
  }
}
