import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { forgetOtherAccounts } from '../device/registry.ts'
import type { LiveStatus } from '../live-status.ts'
import type { LivePerson } from '../PresenceList.tsx'
import { CalmStatus } from './calm-status.ts'
import { LiveSession, type LiveSessionOptions, type LiveSnapshot } from './LiveSession.ts'
import { peopleOf } from './people.ts'

export interface LiveSessionCallbacks {
  onStatus(status: LiveStatus): void
  onPeople(people: LivePerson[]): void
  onClosed(info: { by: string; at: string } | null): void
  onStateChanged(): void
  onTextMoved(by: TextMover): void
}

/** Whose edit it was: one written here that the server has now stored, or somebody else's that has just arrived. */
export type TextMover = 'self' | 'other'

/**
 * Opens a live text for as long as the component is there. Null before that, at the first render.
 *
 * @param turn another number opens the text again, from what the server has
 */
export function useLiveSession(
  options: LiveSessionOptions,
  callbacks: LiveSessionCallbacks,
  turn: number,
): LiveSession | null {
  const { text, accountId, mode, url } = options
  const [session, setSession] = useState<LiveSession | null>(null)
  const latest = useRef(callbacks)
  latest.current = callbacks

  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn opens another session.
  useEffect(() => {
    void forgetOtherAccounts(accountId)
    const opened = new LiveSession(
      { text: { minutesId: text.minutesId, epoch: text.epoch }, accountId, mode, url },
      {
        onClosed: info => latest.current.onClosed(info),
        onStateChanged: () => latest.current.onStateChanged(),
      },
    )
    setSession(opened)
    const stopTelling = tellAbout(opened, latest)
    return () => {
      stopTelling()
      opened.destroy()
      setSession(null)
    }
  }, [text.minutesId, text.epoch, accountId, mode, url, turn])

  return session
}

/** Something of a session, at each change of it: a plain value, so that typing renders nothing that stays the same. */
export function useLiveValue<Value extends string | boolean | null>(
  session: LiveSession,
  select: (snapshot: LiveSnapshot) => Value,
): Value {
  return useSyncExternalStore(session.subscribe, () => select(session.getSnapshot()))
}

/** Tells the page about the status (without blinking) and the people, and the session about the network. */
function tellAbout(session: LiveSession, callbacks: { readonly current: LiveSessionCallbacks }): () => void {
  const calm = new CalmStatus(session.getSnapshot().status, status => callbacks.current.onStatus(status))
  const stopStatus = session.subscribe(() => calm.next(session.getSnapshot().status))

  const stopPeople = tellPeople(session, people => callbacks.current.onPeople(people))
  const stopMoves = tellMoves(session, by => callbacks.current.onTextMoved(by))
  window.addEventListener('online', session.networkChanged)
  window.addEventListener('offline', session.networkChanged)
  return () => {
    stopStatus()
    calm.stop()
    stopPeople()
    stopMoves()
    window.removeEventListener('online', session.networkChanged)
    window.removeEventListener('offline', session.networkChanged)
  }
}

/** Milliseconds between two looks at who is here: carets move all the time, people seldom come and go. */
const PEOPLE_INTERVAL = 300

function tellPeople(session: LiveSession, tell: (people: LivePerson[]) => void): () => void {
  const { awareness } = session.provider
  let told = '[]'
  let timer: ReturnType<typeof setTimeout> | null = null
  function look() {
    timer = null
    const people = peopleOf(awareness?.getStates() ?? new Map(), session.doc.clientID)
    const summary = JSON.stringify(people)
    if (summary === told) return
    told = summary
    tell(people)
  }
  function later() {
    timer ??= setTimeout(look, PEOPLE_INTERVAL)
  }
  awareness?.on('change', later)
  return () => {
    awareness?.off('change', later)
    if (timer) clearTimeout(timer)
  }
}

/** Not through the status, which stays the same while one types: « Enregistré à 14 h 32 » for a whole minute. */
function tellMoves(session: LiveSession, tell: (by: TextMover) => void): () => void {
  let savedAt = session.getSnapshot().facts.savedAt
  const stopStored = session.subscribe(() => {
    const before = savedAt
    savedAt = session.getSnapshot().facts.savedAt
    if (before !== null && savedAt !== before) tell('self')
  })
  function onUpdate(_update: Uint8Array, _origin: unknown, _doc: unknown, { local }: { local: boolean }) {
    if (!local && session.getSnapshot().ready) tell('other')
  }
  session.doc.on('update', onUpdate)
  return () => {
    stopStored()
    session.doc.off('update', onUpdate)
  }
}
