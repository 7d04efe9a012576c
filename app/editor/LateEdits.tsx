import { type ComponentType, useEffect, useState } from 'react'
import type { LateEditsFoundProps } from './device/LateEditsFound.tsx'
import { type UnsentText, unsentTexts } from './device/registry.ts'

export interface LateEditsProps {
  accountId: string
  minutesId: string
  /** The text that may be written now; null when the minutes are sealed and none may be. */
  writableEpoch: number | null
  /** Who sealed the minutes and when (ISO 8601), if they are. */
  sealed: { by: string; at: string } | null
}

/**
 * For the page of minutes, sealed or not: the edits that this device still keeps for a text that can no longer take
 * them (it was sealed, or another version replaced it), shown to their author, who may then erase them. Shows nothing
 * on the server, nor when there is nothing; the code that reads and shows them is loaded only when there is something.
 */
export function LateEdits({ accountId, minutesId, writableEpoch, sealed }: LateEditsProps) {
  const [late, setLate] = useState<{ texts: UnsentText[]; Found: ComponentType<LateEditsFoundProps> } | null>(null)

  useEffect(() => {
    let left = false
    const texts = unsentTexts(accountId).filter(text => text.minutesId === minutesId && text.epoch !== writableEpoch)
    setLate(null)
    if (texts.length > 0) {
      void import('./device/LateEditsFound.tsx').then(
        ({ LateEditsFound }) => left || setLate({ texts, Found: LateEditsFound }),
      )
    }
    return () => {
      left = true
    }
  }, [accountId, minutesId, writableEpoch])

  return late && <late.Found texts={late.texts} sealed={sealed} />
}
