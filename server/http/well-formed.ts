import type { RequestHandler } from 'express'
import { HttpRefusal } from './errors.ts'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']
const HOST = /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i

/**
 * Refuses what no page of the product ever sends and what the layers below would stumble on: unknown methods, hosts
 * that are not hosts, percent-encoding that is not UTF-8 (lone surrogates included), NUL, which PostgreSQL cannot hold.
 */
export function refuseMalformed(): RequestHandler {
  return (req, res, next) => {
    if (!METHODS.includes(req.method)) {
      res.setHeader('Allow', METHODS.join(', '))
      return next(new HttpRefusal(405, 'Méthode inconnue', 'Ce site ne comprend pas ce type de demande.'))
    }
    if (!HOST.test(req.headers.host ?? '') || !isWellFormed(req.originalUrl)) {
      return next(
        new HttpRefusal(
          400,
          'Adresse mal formée',
          'L’adresse demandée contient des caractères qui n’ont pas de sens. Vérifiez le lien, ou repartez de l’accueil.',
        ),
      )
    }
    next()
  }
}

function isWellFormed(url: string): boolean {
  const [path = '', ...query] = url.split('?')
  if (!path.startsWith('/') || !URL.canParse(url, 'http://localhost')) return false
  if (query.some(part => part.includes('%00'))) return false
  try {
    return !decodeURIComponent(path).includes('\0')
  } catch {
    return false
  }
}
