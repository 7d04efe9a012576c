import { useEffect, useState } from 'react'
import type { LiveSession } from './connection/LiveSession.ts'
import { reassurance } from './status-sentences.ts'

/** Milliseconds during which the answer to Ctrl+S is shown. */
const SHOWN_FOR = 4000
/** Milliseconds left to the last key to be stored before answering: « enregistrement… » would reassure nobody. */
const PATIENCE = 500

/**
 * Ctrl+S (⌘S): nothing has to be saved by hand, so it answers where things stand and keeps the browser from saving the
 * page. Returns what to show; it is also said to screen readers.
 */
export function useSaveKey(enabled: boolean, session: LiveSession, announce: (sentence: string) => void): string {
  const [answer, setAnswer] = useState('')

  useEffect(() => {
    if (!enabled) return
    let timer: ReturnType<typeof setTimeout> | undefined
    function tell() {
      const sentence = reassurance(session.getSnapshot().status, new Date())
      setAnswer(sentence)
      announce(sentence)
      timer = setTimeout(() => setAnswer(''), SHOWN_FOR)
    }
    function onKeyDown(event: KeyboardEvent) {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== 's') return
      event.preventDefault()
      clearTimeout(timer)
      timer = setTimeout(tell, session.hasUnstoredEdits() ? PATIENCE : 0)
    }
    document.addEventListener('keydown', onKeyDown)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('keydown', onKeyDown)
    }
  }, [enabled, session, announce])

  return answer
}
