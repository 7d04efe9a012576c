import type { ErrorRequestHandler, Response } from 'express'
import { plainPage } from './plain-page.ts'

/** A refusal made before Remix is reached, with a French title and sentence for the person. */
export class HttpRefusal extends Error {
  readonly status: number
  readonly title: string
  constructor(status: number, title: string, message: string) {
    super(message)
    this.name = 'HttpRefusal'
    this.status = status
    this.title = title
  }
}

/** The last word: a refusal gets its page; anything else is a bug, logged, and gets a page with the reference. */
export function answerErrors(): ErrorRequestHandler {
  return (error: unknown, _req, res, next) => {
    const refusal = error instanceof HttpRefusal ? error : null
    if (!refusal) res.locals.log.error({ err: error }, 'unexpected error')
    if (res.headersSent) return next(error)
    sendPage(res, refusal ?? unexpected())
  }
}

function sendPage(res: Response, refusal: HttpRefusal): void {
  const { reference, cspNonce } = res.locals
  res
    .status(refusal.status)
    .type('html')
    .send(plainPage({ title: refusal.title, message: refusal.message, reference, cspNonce }))
}

function unexpected(): HttpRefusal {
  return new HttpRefusal(
    500,
    'Une erreur est survenue',
    'Votre demande n’a pas abouti. Réessayez dans un instant ; si cela se reproduit, transmettez la référence ci-dessous.',
  )
}
