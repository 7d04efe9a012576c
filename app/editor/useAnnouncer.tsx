import { type ReactNode, useCallback, useState } from 'react'

/** A sentence to say to screen readers, once: `announcer` is to be rendered somewhere and stay. */
export function useAnnouncer(): { announce: (sentence: string) => void; announcer: ReactNode } {
  const [said, setSaid] = useState({ sentence: '', turn: 0 })
  const announce = useCallback((sentence: string) => setSaid(({ turn }) => ({ sentence, turn: turn + 1 })), [])
  // The same sentence twice has to change the page to be said twice.
  const announcer = (
    <p className="visually-hidden" role="status">
      <span key={said.turn}>{said.sentence}</span>
    </p>
  )
  return { announce, announcer }
}
