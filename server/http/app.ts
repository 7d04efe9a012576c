import type { ServerBuild } from '@remix-run/node'
import compression from 'compression'
import express, { type Express, type RequestHandler } from 'express'
import type { Clock } from '#server/calendar.ts'
import type { Log } from '#server/log.ts'
import type { Services } from '#server/services.ts'
import { serveAssets } from './assets.ts'
import { bufferBody } from './body.ts'
import { explainEmptyDeployment } from './empty-deployment.ts'
import { answerErrors } from './errors.ts'
import { type Health, healthRoute } from './health.ts'
import { handleByRemix } from './remix.ts'
import { leaveAssets, nameRequest } from './requests.ts'
import { requireSameOrigin } from './same-origin.ts'
import { securityHeaders } from './security-headers.ts'
import { refuseMalformed } from './well-formed.ts'

export type HttpAppOptions = {
  build: ServerBuild | (() => Promise<ServerBuild>)
  services: Services
  /** The site's address, or undefined to believe the Host header. */
  origin: string | undefined
  trustedProxies: number
  log: Log
  health: () => Promise<Health>
  clock: Clock
  /** Folder of what the browser downloads, or the development server's middleware. */
  assets: string | RequestHandler
  /** In production an unexpected error shows nothing of itself. */
  mode: 'production' | 'development'
}

/** The HTTP side of the product. The order is the point: name, protect, check, then let Remix answer. */
export function createHttpApp(options: HttpAppOptions): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.set('trust proxy', options.trustedProxies)
  if (options.trustedProxies === 0) app.use(ignoreForwarded)
  app.use(nameRequest(options.log, options.clock))
  app.use(securityHeaders({ https: options.origin?.startsWith('https:') ?? false }))
  app.use(refuseMalformed())
  app.use(compression())
  app.use(typeof options.assets === 'string' ? serveAssets(options.assets) : options.assets)
  app.use(leaveAssets)
  app.get('/healthz', healthRoute(options.health))
  app.use(requireSameOrigin(options.origin))
  app.use(bufferBody())
  app.use(explainEmptyDeployment(options.services.administration.isEmpty))
  app.use(handleByRemix(options))
  app.use(answerErrors())
  return app
}

/** Remix reads the forwarded host by itself, whether or not a proxy is trusted. */
const ignoreForwarded: RequestHandler = (req, _res, next) => {
  for (const name of ['host', 'proto', 'for', 'port']) delete req.headers[`x-forwarded-${name}`]
  next()
}
