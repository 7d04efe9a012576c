import { useEffect, useRef, useState } from 'react'
import type { LiveStatus } from './live-status.ts'
import { reassurance } from './status-sentences.ts'

/** Milliseconds during which the answer to Ctrl+S is shown. */
const SHOWN_FOR = 4000

/**
 * Ctrl+S (⌘S): nothing has to be saved by hand, so it answers where things stand and keeps the browser from saving the
 * page. Returns what to show; it is also said to screen readers.
 */
export function useSaveKey(enabled: boolean, status: LiveStatus, announce: (sentence: string) => void): string {
  const [answer, setAnswer] = useState('')
  const latest = useRef({ status, announce })
  latest.current = { status, announce }

  useEffect(() => {
    if (!enabled) return
    let timer: ReturnType<typeof setTimeout> | undefined
    function onKeyDown(event: KeyboardEvent) {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== 's') return
      event.preventDefault()
      const sentence = reassurance(latest.current.status, new Date())
      latest.current.announce(sentence)
      setAnswer(sentence)
      clearTimeout(timer)
      timer = setTimeout(() => setAnswer(''), SHOWN_FOR)
    }
    document.addEventListener('keydown', onKeyDown)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('keydown', onKeyDown)
    }
  }, [enabled])

  return answer
}
