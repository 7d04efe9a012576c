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
}

/** Opens a live text for as long as the component is there. Null before that, on the server and at the first render. */
export function useLiveSession(options: LiveSessionOptions, callbacks: LiveSessionCallbacks): LiveSession | null {
  const { text, accountId, mode, url } = options
  const [session, setSession] = useState<LiveSession | null>(null)
  const latest = useRef(callbacks)
  latest.current = callbacks

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
  }, [text.minutesId, text.epoch, accountId, mode, url])

  return session
}

/** What is to be shown of a session, at each change. */
export function useLiveSnapshot(session: LiveSession): LiveSnapshot {
  return useSyncExternalStore(session.subscribe, session.getSnapshot)
}

/** Tells the page about the status (without blinking) and the people, and the session about the network. */
function tellAbout(session: LiveSession, callbacks: { readonly current: LiveSessionCallbacks }): () => void {
  const calm = new CalmStatus(session.getSnapshot().status, status => callbacks.current.onStatus(status))
  const stopStatus = session.subscribe(() => calm.next(session.getSnapshot().status))

  const { awareness } = session.provider
  let told = ''
  const tellPeople = () => {
    const people = peopleOf(awareness?.getStates() ?? new Map(), session.doc.clientID)
    const summary = JSON.stringify(people)
    // Carets move all the time; the list seldom changes.
    if (summary === told) return
    told = summary
    callbacks.current.onPeople(people)
  }
  awareness?.on('change', tellPeople)

  window.addEventListener('online', session.networkChanged)
  window.addEventListener('offline', session.networkChanged)
  return () => {
    stopStatus()
    calm.stop()
    awareness?.off('change', tellPeople)
    window.removeEventListener('online', session.networkChanged)
    window.removeEventListener('offline', session.networkChanged)
  }
}
