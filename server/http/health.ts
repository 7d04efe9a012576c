import type { RequestHandler } from 'express'

/** What a supervisor needs to know, without any secret. */
export type Health = {
  /** The database answered. */
  database: boolean
  /** The process is stopping, or has lost its lock: send it no more requests. */
  stopping: boolean
  /** Live texts with something not yet written. */
  unsavedLiveTexts: number
  /** Live texts of which edits cannot be written, and are kept by their authors' pages. */
  failingLiveTexts: number
  /** Jobs that failed and have not succeeded since. */
  failingJobs: string[]
  /** Mail that has been trying to leave for more than an hour. */
  lateMails: number
  version: string
}

/** `/healthz`: 200 when the process can serve, even « degraded », and 503 when it cannot. */
export function healthRoute(health: () => Promise<Health>): RequestHandler {
  return (_req, res, next) => {
    health().then(state => {
      const healthy = state.database && !state.stopping
      const troubled = state.failingLiveTexts > 0 || state.failingJobs.length > 0 || state.lateMails > 0
      const status = troubled ? 'degraded' : 'ok'
      res.status(healthy ? 200 : 503).json({ status: healthy ? status : 'unavailable', ...state })
    }, next)
  }
}
