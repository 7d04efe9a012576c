import { EDITOR_SCHEMA_VERSION } from './editor-schema.ts'

/** Which live text: the minutes, and the epoch that counts from 1. */
export type LiveTextKey = { minutesId: string; epoch: number }

/** The name of a live text, in its socket's address and in every frame. */
export function liveTextName(key: LiveTextKey): string {
  return `minutes.${key.minutesId}.${key.epoch}`
}

/** Path and query of a live text's socket. */
export function liveTextPath(key: LiveTextKey): string {
  return `/collab/${liveTextName(key)}?schema=${EDITOR_SCHEMA_VERSION}`
}

/**
 * Why the server closed a live text's socket. The reason that comes with `refused` and `tooLong` is a French sentence for
 * the author; a frame above the size limit is closed by the WebSocket layer with 1009.
 */
export const liveTextClose = {
  /** A message this server does not take. */
  unexpected: 4400,
  notSignedIn: 4401,
  /** What this person may do has changed: open again to learn how. */
  rightsChanged: 4403,
  /** Unknown, not for this person, or closed: one answer. Do not open again by itself. */
  notAvailable: 4404,
  /** The page is older than the text's schema: reload it. */
  outdatedPage: 4409,
  /** This edit cannot enter the text. Opening again sends it again: show it to its author instead. */
  refused: 4422,
  /** Edits came before those they build on: open again, which sends all of them. */
  outOfOrder: 4425,
  /** The text has reached its limit. */
  tooLong: 4413,
  /** The edit could not be written, or the server cannot answer: keep it, and open again later. */
  notWritten: 4503,
  /** The server restarts. */
  restarting: 1012,
  /** Above the size of a frame. */
  tooBig: 1009,
} as const

export type LiveTextCloseCode = (typeof liveTextClose)[keyof typeof liveTextClose]

/** The messages without content that the server sends to those who have a live text open. */
export type LiveTextMessage =
  /** Sealed, by whom and when (ISO 8601). The socket closes next. */
  | { type: 'closed'; by: { name: string; at: string } }
  /** Something beside the text has changed: read the page's data again. */
  | { type: 'changed' }

/** What is known of somebody who has the text open; stamped by the server. */
export type LiveTextPresence = {
  user: { name: string; organisation: string; color: string }
  /** Yjs relative positions of the selection. */
  cursor?: unknown
}
