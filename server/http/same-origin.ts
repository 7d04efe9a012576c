import type { IncomingHttpHeaders } from 'node:http'
import type { RequestHandler } from 'express'
import { HttpRefusal } from './errors.ts'

/**
 * Refuses an unsafe request that another site may have caused: a browser always says where a form comes from, by
 * `Origin`, and by `Sec-Fetch-Site` since 2023. One that says neither is not a person's page.
 */
export function requireSameOrigin(origin: string | undefined): RequestHandler {
  return (req, _res, next) => {
    if (req.method === 'GET' || req.method === 'HEAD') return next()
    const site = req.headers['sec-fetch-site']
    const saysNothing = req.headers.origin === undefined && site === undefined
    const crossSite = site !== undefined && site !== 'same-origin'
    const otherOrigin = req.headers.origin !== undefined && !isOwnOrigin(req.headers, origin)
    if (!saysNothing && !crossSite && !otherOrigin) return next()
    next(
      new HttpRefusal(
        403,
        'Envoi refusé',
        'Cette demande ne vient pas d’une page de ce site, elle n’a donc pas été prise en compte. ' +
          'Rouvrez la page, puis recommencez.',
      ),
    )
  }
}

/**
 * Whether the `Origin` header is the site itself. For the WebSocket handshake too, where it is mandatory.
 * Without a configured origin, it must be the host that was asked.
 */
export function isOwnOrigin(headers: IncomingHttpHeaders, origin: string | undefined): boolean {
  const given = headers.origin
  if (!given || !URL.canParse(given)) return false
  if (origin !== undefined) return given === origin
  const url = new URL(given)
  return /^https?:$/.test(url.protocol) && url.host === headers.host?.toLowerCase()
}
