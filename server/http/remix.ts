import { Readable } from 'node:stream'
import { createRequestHandler } from '@remix-run/express'
import type { ServerBuild } from '@remix-run/node'
import type { Request, RequestHandler } from 'express'
import type { Services } from '#server/services.ts'
import { branchFinder } from './branches.ts'
import { plainPage } from './plain-page.ts'

type Build = ServerBuild | (() => Promise<ServerBuild>)

/** Lets Remix answer, with the services and what is particular to this request. */
export function handleByRemix(options: { build: Build; services: Services; mode: string }): RequestHandler {
  const handlerFor = handlers(options)
  // In development the application changes while it runs.
  const { build } = options
  const partFor = typeof build === 'function' ? () => build : branchFinder(build)
  return (req, res, next) => void handlerFor(partFor(req.path))(withBody(req), res, next)
}

/** One handler for each part of the application, made when it is first asked for. */
function handlers(options: { services: Services; mode: string }): (part: Build) => RequestHandler {
  const known = new Map<Build, RequestHandler>()
  return part => {
    const handler = known.get(part) ?? handlerOf(part, options)
    known.set(part, handler)
    return handler
  }
}

function handlerOf(build: Build, { services, mode }: { services: Services; mode: string }): RequestHandler {
  return createRequestHandler({
    build,
    mode,
    getLoadContext: (req, res) => ({
      services,
      cspNonce: res.locals.cspNonce,
      reference: res.locals.reference,
      now: res.locals.now,
      isDocument: !/\.data(\?|$)/.test(req.originalUrl),
      address: req.ip ?? '',
      plainPage: page => plainPage({ ...page, reference: res.locals.reference, cspNonce: res.locals.cspNonce }),
      reportError: error => res.locals.log.error({ err: error }, 'unexpected error'),
    }),
  })
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
