/**
 * Where the text stands, said to whoever writes it. « saved » follows the durable acknowledgement of the server and
 * nothing else; `changes` counts the edits that are not acknowledged.
 */
export type LiveStatus =
  | { state: 'connecting' }
  | { state: 'saved'; at: Date }
  | { state: 'unsaved'; since: Date; changes: number }
  | { state: 'offline'; since: Date; changes: number }
  | { state: 'refused'; reason: string; remedy: RefusalRemedy }
  | { state: 'readOnly' }
  | { state: 'closed' }

/** What a person can do about a refusal: sign in, reload the page, or open the text again without what was refused. */
export type RefusalRemedy = 'signIn' | 'reload' | 'startAgain'

/** What happens on the way between the editor and the server. */
export type LiveEvent =
  | { type: 'connected'; at: Date }
  | { type: 'disconnected'; at: Date }
  /** The server said what this connection may do. */
  | { type: 'authorized'; mayWrite: boolean }
  /** Someone typed here, or edits of another day came back from the device. */
  | { type: 'edited'; at: Date }
  /** The server has stored all but the `pending` latest edits. */
  | { type: 'acknowledged'; pending: number; at: Date }
  | { type: 'refused'; reason: string; remedy: RefusalRemedy }
  | { type: 'closed' }

/** What is known, from which the status follows. */
export interface LiveFacts {
  connection: 'connecting' | 'connected' | 'lost'
  lostAt: Date | null
  mayWrite: boolean
  /** When each edit that is not acknowledged was made, oldest first. */
  pending: readonly Date[]
  /** Last time the server had everything. */
  savedAt: Date | null
  end: Extract<LiveStatus, { state: 'refused' | 'closed' }> | null
}

export function initialFacts(mayWrite: boolean): LiveFacts {
  return { connection: 'connecting', lostAt: null, mayWrite, pending: [], savedAt: null, end: null }
}

/** The facts after an event. Nothing but closing follows a refusal, nothing follows closing. */
export function afterEvent(facts: LiveFacts, event: LiveEvent): LiveFacts {
  if (facts.end?.state === 'closed' || (facts.end && event.type !== 'closed')) return facts
  switch (event.type) {
    case 'connected':
      return { ...facts, connection: 'connected', lostAt: null }
    case 'disconnected':
      return { ...facts, connection: 'lost', lostAt: facts.lostAt ?? event.at }
    case 'authorized':
      return { ...facts, mayWrite: event.mayWrite }
    case 'edited':
      return { ...facts, pending: [...facts.pending, event.at] }
    case 'acknowledged':
      return acknowledged(facts, event.pending, event.at)
    case 'refused':
      return { ...facts, end: { state: 'refused', reason: event.reason, remedy: event.remedy } }
    case 'closed':
      return { ...facts, end: { state: 'closed' } }
  }
}

/** The status that the facts amount to. */
export function statusOf(facts: LiveFacts): LiveStatus {
  if (facts.end) return facts.end
  const [oldest] = facts.pending
  const changes = facts.pending.length
  if (facts.connection === 'lost') return { state: 'offline', since: oldest ?? facts.lostAt ?? new Date(), changes }
  // A connection that may only read never has its edits acknowledged: there are none to speak of.
  if (!facts.mayWrite && facts.connection === 'connected') return { state: 'readOnly' }
  if (oldest) return { state: 'unsaved', since: oldest, changes }
  if (facts.connection === 'connecting' || !facts.savedAt) return { state: 'connecting' }
  return { state: 'saved', at: facts.savedAt }
}

/** Whether something is written here that the server has not stored. */
export function hasUnstoredEdits(facts: LiveFacts): boolean {
  return facts.pending.length > 0
}

/**
 * Milliseconds to wait before showing a status after another: an acknowledgement takes some tens of milliseconds and a
 * reconnection one second or two, and a line that blinks at every key would be of no use.
 */
export function delayBefore(shown: LiveStatus, next: LiveStatus, now: Date): number {
  if (next.state === 'unsaved' && shown.state === 'saved')
    return Math.max(0, 300 - (now.getTime() - next.since.getTime()))
  if (next.state === 'offline' && (shown.state === 'saved' || shown.state === 'connecting')) return 2000
  // The same trouble with more edits in it: told once a second.
  if (shown.state === next.state && 'changes' in next) return 1000
  return 0
}

/** Whether two statuses read the same, to the minute. */
export function sameStatus(a: LiveStatus, b: LiveStatus): boolean {
  if (a.state !== b.state) return false
  if (a.state === 'saved' && b.state === 'saved') return minuteOf(a.at) === minuteOf(b.at)
  if ('since' in a && 'since' in b) return a.since.getTime() === b.since.getTime() && a.changes === b.changes
  if (a.state === 'refused' && b.state === 'refused') return a.reason === b.reason
  return true
}

function acknowledged(facts: LiveFacts, pending: number, at: Date): LiveFacts {
  const left = pending === 0 ? [] : facts.pending.slice(-pending)
  return { ...facts, pending: left, savedAt: left.length === 0 ? at : facts.savedAt }
}

function minuteOf(instant: Date): number {
  return Math.floor(instant.getTime() / 60_000)
}
