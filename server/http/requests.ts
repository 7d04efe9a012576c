import { randomBytes, randomInt } from 'node:crypto'
import type { RequestHandler } from 'express'
import type { Clock } from '#server/calendar.ts'
import type { Log } from '#server/log.ts'
import { withoutSecret } from './secret-paths.ts'

declare global {
  namespace Express {
    interface Locals {
      reference: string
      cspNonce: string
      now: Date
      log: Log
      /** A file of the build, or of the development server: one page asks for dozens. */
      isAsset: boolean
    }
  }
}

/** Gives each request its instant, its reference and its nonce, and writes one line when it is answered. */
export function nameRequest(log: Log, clock: Clock): RequestHandler {
  return (req, res, next) => {
    const started = performance.now()
    res.locals.now = clock.now()
    res.locals.isAsset = true
    res.locals.reference = newReference()
    res.locals.cspNonce = randomBytes(16).toString('base64')
    res.locals.log = log.child({ reference: res.locals.reference })
    res.setHeader('X-Reference', res.locals.reference)
    // Routes that may be kept by a browser say so themselves: see assets.ts.
    res.setHeader('Cache-Control', 'no-store')
    const path = pathOnly(req.originalUrl)
    res.once('close', () => {
      const line = { method: req.method, path, status: res.statusCode, ms: Math.round(performance.now() - started) }
      if (!res.writableFinished) res.locals.log.info(line, 'request abandoned')
      else if (res.locals.isAsset && res.statusCode < 400) res.locals.log.debug(line, 'asset')
      else res.locals.log.info(line, 'request')
    })
    next()
  }
}

/** From here on, requests are for the application. */
export const leaveAssets: RequestHandler = (_req, res, next) => {
  res.locals.isAsset = false
  next()
}

/** The path without the query string, which may hold what somebody searched for, nor the secret of a link. */
function pathOnly(url: string): string {
  return withoutSecret((url.split('?', 1)[0] ?? '').slice(0, 200))
}

/** Short enough to be read over the telephone, without the letters that are mistaken for figures. */
function newReference(): string {
  const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
  const letters = Array.from({ length: 8 }, () => alphabet[randomInt(alphabet.length)]).join('')
  return `${letters.slice(0, 4)}-${letters.slice(4)}`
}
