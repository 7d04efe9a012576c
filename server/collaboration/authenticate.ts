import { EDITOR_SCHEMA_VERSION } from '#server/vocabulary/editor-schema.ts'
import { type LiveTextCloseCode, type LiveTextKey, liveTextClose } from '#server/vocabulary/live-texts.ts'
import { parseDocumentName } from './document-name.ts'

export type LiveSessions = {
  /** Who signed in, from the cookie. */
  accountOf(
    cookieHeader: string | undefined,
  ): Promise<{ accountId: string; sessionId: string; mustChangePassword?: boolean } | null>
  /** Which of these sessions still hold. */
  stillOpen(sessionIds: readonly string[]): Promise<ReadonlySet<string>>
}

export type LiveGrant = {
  mode: 'write' | 'read'
  liveTextId: string
  consortiumId: string
  person: { name: string; organisation: string }
}

/**
 * What people may do on live texts now, one answer for each question; null when the text is unknown, not for them, or
 * closed.
 */
export type LiveAccess = (
  questions: readonly { accountId: string; minutesId: string; epoch: number }[],
) => Promise<(LiveGrant | null)[]>

/** A person let in: what they may do, and what to ask again. */
export type Admission = { key: LiveTextKey; accountId: string; sessionId: string } & LiveGrant

type Doors = { sessions: LiveSessions; access: LiveAccess }

/** Decides on an opening, from its address and its cookie. Its origin has been checked. */
export async function authenticate(
  request: { name: string; query: URLSearchParams; cookie: string | undefined },
  { sessions, access }: Doors,
): Promise<Admission | { refused: LiveTextCloseCode }> {
  const session = await sessions.accountOf(request.cookie)
  if (!session || session.mustChangePassword) return { refused: liveTextClose.notSignedIn }
  if (request.query.get('schema') !== String(EDITOR_SCHEMA_VERSION)) return { refused: liveTextClose.outdatedPage }
  const key = parseDocumentName(request.name)
  const [grant] = key ? await access([{ accountId: session.accountId, ...key }]) : []
  if (!key || !grant) return { refused: liveTextClose.notAvailable }
  return { key, accountId: session.accountId, sessionId: session.sessionId, ...grant }
}

/** What has become of admissions, in their order: null when still good, or the reason to close its socket. */
export async function reauthenticate(
  admissions: readonly Admission[],
  { sessions, access }: Doors,
): Promise<(LiveTextCloseCode | null)[]> {
  const open = await sessions.stillOpen([...new Set(admissions.map(({ sessionId }) => sessionId))])
  const grants = await access(admissions.map(({ accountId, key }) => ({ accountId, ...key })))
  return admissions.map(({ sessionId, mode }, n) => {
    if (!open.has(sessionId)) return liveTextClose.notSignedIn
    const grant = grants[n]
    if (!grant) return liveTextClose.notAvailable
    return grant.mode === mode ? null : liveTextClose.rightsChanged
  })
}
