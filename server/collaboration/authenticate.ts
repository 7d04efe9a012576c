import { EDITOR_SCHEMA_VERSION } from '#server/vocabulary/editor-schema.ts'
import { type LiveTextCloseCode, type LiveTextKey, liveTextClose } from '#server/vocabulary/live-texts.ts'
import { parseDocumentName } from './document-name.ts'

/** Who signed in, from the cookie. Asked again and again while the socket is open. */
export type LiveSessions = {
  accountOf(cookieHeader: string | undefined): Promise<{ accountId: string; sessionId: string } | null>
}

export type LiveGrant = {
  mode: 'write' | 'read'
  liveTextId: string
  consortiumId: string
  person: { name: string; organisation: string }
}

/** What a person may do on a live text now; null when it is unknown, not for them, or closed. */
export type LiveAccess = (accountId: string, minutesId: string, epoch: number) => Promise<LiveGrant | null>

/** A person let in: what they may do, and what to ask again. */
export type Admission = {
  key: LiveTextKey
  accountId: string
  sessionId: string
  cookie: string | undefined
} & LiveGrant

/** Decides on an opening, from its address and its cookie. Its origin has been checked. */
export async function authenticate(
  request: { name: string; query: URLSearchParams; cookie: string | undefined },
  { sessions, access }: { sessions: LiveSessions; access: LiveAccess },
): Promise<Admission | { refused: LiveTextCloseCode }> {
  const session = await sessions.accountOf(request.cookie)
  if (!session) return { refused: liveTextClose.notSignedIn }
  if (request.query.get('schema') !== String(EDITOR_SCHEMA_VERSION)) return { refused: liveTextClose.outdatedPage }
  const key = parseDocumentName(request.name)
  const grant = key && (await access(session.accountId, key.minutesId, key.epoch))
  if (!grant) return { refused: liveTextClose.notAvailable }
  return { key, ...session, cookie: request.cookie, ...grant }
}

/** What has become of an admission: still good, or the reason to close its socket. */
export async function reauthenticate(
  admission: Admission,
  { sessions, access }: { sessions: LiveSessions; access: LiveAccess },
): Promise<LiveTextCloseCode | null> {
  const session = await sessions.accountOf(admission.cookie)
  if (session?.sessionId !== admission.sessionId) return liveTextClose.notSignedIn
  const grant = await access(admission.accountId, admission.key.minutesId, admission.key.epoch)
  if (!grant) return liveTextClose.notAvailable
  return grant.mode === admission.mode ? null : liveTextClose.rightsChanged
}
