import type { Request, RequestHandler } from 'express'
import { HttpRefusal } from './errors.ts'

/** Forms hold text; a file goes to an address of its own, which reads it with care. */
export const BODY_LIMIT_BYTES = 1024 * 1024

declare global {
  namespace Express {
    interface Request {
      /** The whole body of an unsafe request, at most `BODY_LIMIT_BYTES`. */
      bytes?: Buffer
    }
  }
}

const FORM = 'application/x-www-form-urlencoded'

/**
 * Reads the body whole before anything acts on it: its size is known, a connection cut in the middle never looks like
 * a shorter form, and what is not a form of text (another type, NUL, which PostgreSQL cannot hold, bytes that are not
 * UTF-8) is refused in one place.
 */
export function bufferBody(): RequestHandler {
  return (req, _res, next) => {
    if (req.method === 'GET' || req.method === 'HEAD') return next()
    read(req).then(
      body => {
        if (body === 'too large') return next(tooLarge())
        if (body.length === 0) req.headers['content-type'] = FORM
        if (isFile(req)) {
          req.bytes = body
          return next()
        }
        if (!isForm(req)) return next(notAForm())
        if (body.includes('%00') || body.includes(0)) return next(nulRefused())
        if (!isUtf8Form(body)) return next(notUtf8())
        req.bytes = body
        next()
      },
      () => req.destroy(),
    )
  }
}

function read(req: Request): Promise<Buffer | 'too large'> {
  return new Promise((resolve, reject) => {
    if (Number(req.headers['content-length'] ?? 0) > BODY_LIMIT_BYTES) return resolve('too large')
    const chunks: Buffer[] = []
    let size = 0
    const onData = (chunk: Buffer) => {
      size += chunk.length
      if (size > BODY_LIMIT_BYTES) {
        // Node discards the rest after the answer: a connection cut now would hide it from the browser.
        req.off('data', onData)
        req.pause()
        return resolve('too large')
      }
      chunks.push(chunk)
    }
    req.on('data', onData)
    req.once('end', () => resolve(Buffer.concat(chunks)))
    req.once('error', reject)
    req.once('close', () => reject(new Error('The connection was closed before the end of the body.')))
  })
}

/** The addresses that take a file. */
const takesFile = /^\/([a-z0-9-]+\/personnes\/fichier|administration\/consortiums\/nouveau)(\.data)?$/

function isFile(req: Request): boolean {
  return takesFile.test(req.path) && /^multipart\/form-data\s*;/i.test(req.headers['content-type'] ?? '')
}

function isForm(req: Request): boolean {
  return new RegExp(`^${FORM}\\s*(;|$)`, 'i').test(req.headers['content-type'] ?? '')
}

/** Lone surrogates, for one, are written as bytes that are not UTF-8: read leniently, they would become other texts. */
function isUtf8Form(body: Buffer): boolean {
  try {
    decodeURIComponent(new TextDecoder('utf-8', { fatal: true }).decode(body))
    return true
  } catch {
    return false
  }
}

function tooLarge(): HttpRefusal {
  return new HttpRefusal(
    413,
    'Envoi trop volumineux',
    'Ce formulaire dépasse 1 Mo et n’a pas été enregistré. Raccourcissez les textes, puis envoyez-le de nouveau.',
  )
}

function nulRefused(): HttpRefusal {
  return new HttpRefusal(
    400,
    'Caractère impossible',
    'Un texte contient un caractère invisible (NUL) qui ne peut pas être enregistré. Retapez-le, puis recommencez.',
  )
}

function notAForm(): HttpRefusal {
  return new HttpRefusal(
    415,
    'Envoi d’une autre nature',
    'Cette adresse n’accepte que l’envoi d’un formulaire de texte. Rouvrez la page, puis recommencez.',
  )
}

function notUtf8(): HttpRefusal {
  return new HttpRefusal(
    400,
    'Texte illisible',
    'Un texte contient des caractères qui ne peuvent pas être lus. Retapez-le, puis recommencez.',
  )
}
