import type { RequestHandler, Response } from 'express'
import helmet from 'helmet'
import { holdsSecret } from './secret-paths.ts'

const ONE_YEAR_S = 365 * 24 * 3600

/**
 * Strict security headers. Nothing comes from elsewhere; scripts and styles need the request's nonce; only style
 * attributes are free: carets and presence carry their colour in one.
 *
 * `same-origin` and not `no-referrer`: under the latter a browser sends `Origin: null` with its own forms.
 */
export function securityHeaders(options: { https: boolean }): RequestHandler[] {
  const nonce = (_req: unknown, res: unknown) => `'nonce-${(res as Response).locals.cspNonce}'`
  return [
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'self'"],
          scriptSrc: ["'self'", nonce],
          scriptSrcAttr: ["'none'"],
          styleSrc: ["'self'", nonce],
          styleSrcAttr: ["'unsafe-inline'"],
          imgSrc: ["'self'", 'data:', 'blob:'],
          fontSrc: ["'self'"],
          connectSrc: ["'self'"],
          frameSrc: ["'none'"],
          objectSrc: ["'none'"],
          baseUri: ["'none'"],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
          ...(options.https ? { upgradeInsecureRequests: [] } : {}),
        },
      },
      strictTransportSecurity: options.https ? { maxAge: ONE_YEAR_S, includeSubDomains: false } : false,
      referrerPolicy: { policy: 'same-origin' },
      xFrameOptions: { action: 'deny' },
    }),
    (req, res, next) => {
      // The origin alone: a browser then says of its own forms where they come from, and never the secret of a link.
      if (holdsSecret(req.path)) res.setHeader('Referrer-Policy', 'strict-origin')
      res.setHeader('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()')
      next()
    },
  ]
}
