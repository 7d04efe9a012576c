import { liveTextClose } from '#server/vocabulary/live-texts.ts'
import type { RefusalRemedy } from '../live-status.ts'

/**
 * What to do when the server closes the socket. `retry`: at once (rights changed, restart), or slower and slower (it
 * could not store). `gone`: unknown, unreadable and sealed are one code; the page says which. `stop`: no use to insist.
 */
export type CloseMeaning =
  | { next: 'retry'; backOff: boolean }
  | { next: 'gone' }
  | { next: 'stop'; reason: string; remedy: RefusalRemedy }

/** @param reason the server's own words, in French, where it gives some */
export function closeMeaning(code: number, reason = ''): CloseMeaning {
  switch (code) {
    case liveTextClose.notSignedIn:
      return { next: 'stop', remedy: 'signIn', reason: 'Votre session a pris fin.' }
    case liveTextClose.notAvailable:
      return { next: 'gone' }
    case liveTextClose.outdatedPage:
      return { next: 'stop', remedy: 'reload', reason: 'Cette page est plus ancienne que le compte rendu.' }
    case liveTextClose.refused:
    case liveTextClose.tooLong:
      return { next: 'stop', remedy: 'startAgain', reason: reason || 'Le serveur a refusé une modification.' }
    case liveTextClose.tooBig:
      return {
        next: 'stop',
        remedy: 'startAgain',
        reason: 'Vos modifications sont trop volumineuses pour être envoyées.',
      }
    case liveTextClose.notWritten:
    case liveTextClose.unexpected:
    case liveTextClose.outOfOrder:
      return { next: 'retry', backOff: true }
    default:
      return { next: 'retry', backOff: false }
  }
}

/** Milliseconds before the nth new attempt (from 0) when the server could not store: 1, 2, 4, 5, 5… s, give or take. */
export function backOffDelay(attempt: number, random = Math.random()): number {
  return Math.round(Math.min(1000 * 2 ** Math.min(attempt, 10), 5000) * (0.8 + 0.4 * random))
}
