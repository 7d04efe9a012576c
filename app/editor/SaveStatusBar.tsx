import { useLocation } from '@remix-run/react'
import { useEffect, useRef, useState } from 'react'
import { Icon } from '#app/components/Icon.tsx'
import type { LiveStatus } from './live-status.ts'
import { isRecent, spokenStatus, statusWords } from './status-sentences.ts'

export interface SaveStatusBarProps {
  status: LiveStatus
}

/**
 * Where the text stands, in a quiet line. The sentence is not a live region: a screen reader would say it at every
 * minute of typing. What is said aloud is the change from one state to another.
 */
export function SaveStatusBar({ status }: SaveStatusBarProps) {
  const now = useNow(status)
  const spoken = useSpoken(status, now)
  const { icon, tone, sentence } = statusWords(status, now)
  return (
    <>
      <p className="status-item" data-tone={tone} data-state={status.state}>
        <Icon name={icon} />
        <span>{sentence}</span>
      </p>
      {status.state === 'refused' && <Remedy status={status} />}
      <p className="visually-hidden" role="status">
        {spoken}
      </p>
    </>
  )
}

function Remedy({ status }: { status: Extract<LiveStatus, { state: 'refused' }> }) {
  const { pathname, search } = useLocation()
  switch (status.remedy) {
    case 'signIn':
      return <a href={`/connexion?retour=${encodeURIComponent(pathname + search)}`}>Se reconnecter</a>
    // What was refused stands over the text, with what can be done of it.
    case 'startAgain':
      return null
    case 'reload':
      return (
        <button type="button" className="button" data-size="small" onClick={() => window.location.reload()}>
          Recharger la page
        </button>
      )
  }
}

/** The instant at which the sentence is read; it moves on while something waits, so that trouble is said in time. */
function useNow(status: LiveStatus): Date {
  const [now, setNow] = useState(() => new Date())
  const waiting = status.state === 'unsaved' || status.state === 'offline'
  useEffect(() => {
    setNow(new Date())
    if (!waiting) return
    const timer = setInterval(() => setNow(new Date()), 1000)
    return () => clearInterval(timer)
  }, [waiting])
  // A status can be more recent than the last tick.
  return 'at' in status && status.at > now ? status.at : now
}

/** The sentence to say; nothing when the new state is not worth a word. */
function useSpoken(status: LiveStatus, now: Date): string {
  const said = useRef<LiveStatus | null>(null)
  const [spoken, setSpoken] = useState('')
  useEffect(() => {
    // An edit on its way may still turn into one in trouble: it is not said yet.
    if (status.state === 'unsaved' && isRecent(status.since, now)) return
    if (said.current?.state !== status.state) setSpoken(spokenStatus(said.current, status, now) ?? '')
    said.current = status
  }, [status, now])
  return spoken
}
