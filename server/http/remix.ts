import { Readable } from 'node:stream'
import { createRequestHandler } from '@remix-run/express'
import type { ServerBuild } from '@remix-run/node'
import type { Request, RequestHandler } from 'express'
import type { Services } from '#server/services.ts'
import { plainPage } from './plain-page.ts'

/** Lets Remix answer, with the services and what is particular to this request. */
export function handleByRemix(options: {
  build: ServerBuild | (() => Promise<ServerBuild>)
  services: Services
  mode: string
}): RequestHandler {
  const handler = createRequestHandler({
    build: options.build,
    mode: options.mode,
    getLoadContext: (req, res) => ({
      services: options.services,
      cspNonce: res.locals.cspNonce,
      reference: res.locals.reference,
      now: res.locals.now,
      address: req.ip ?? '',
      plainPage: page => plainPage({ ...page, reference: res.locals.reference, cspNonce: res.locals.cspNonce }),
      reportError: error => res.locals.log.error({ err: error }, 'unexpected error'),
    }),
  })
  return (req, res, next) => void handler(withBody(req), res, next)
}

/** Remix reads the body as a stream, and ours has been read: give it one made of the bytes. */
function withBody(req: Request): Request {
  if (!req.bytes) return req
  const { method, headers, originalUrl, protocol, hostname, ip } = req
  const stream = Readable.from([req.bytes], { objectMode: false })
  return Object.assign(stream, {
    method,
    headers,
    originalUrl,
    protocol,
    hostname,
    ip,
    get: req.get.bind(req),
  }) as unknown as Request
}
