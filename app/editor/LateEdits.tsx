import { useEffect, useState } from 'react'
import { RefusedEditsNotice } from './device/RefusedEditsNotice.tsx'
import type { RefusedEdits } from './device/read-copy.ts'
import { databaseName, forgetUnsentText, type UnsentText, unsentTexts } from './device/registry.ts'
import { differencesBetween } from './reading/differences.ts'

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
 * on the server, nor when there is nothing; the code that reads them is loaded only when there is something.
 */
export function LateEdits({ accountId, minutesId, writableEpoch, sealed }: LateEditsProps) {
  const [late, setLate] = useState<{ text: UnsentText; edits: RefusedEdits }[]>([])

  useEffect(() => {
    let left = false
    const texts = unsentTexts(accountId).filter(text => text.minutesId === minutesId && text.epoch !== writableEpoch)
    if (texts.length > 0) void readLate(texts).then(found => left || setLate(found))
    return () => {
      left = true
    }
  }, [accountId, minutesId, writableEpoch])

  return (
    <>
      {late.map(({ text, edits }) => (
        <RefusedEditsNotice
          key={databaseName(text)}
          edits={edits}
          sealed={sealed}
          onForget={() => {
            void forgetUnsentText(text)
            setLate(late.filter(other => other.text !== text))
          }}
        />
      ))}
    </>
  )
}

async function readLate(texts: UnsentText[]): Promise<{ text: UnsentText; edits: RefusedEdits }[]> {
  const { readCopy } = await import('./device/read-copy.ts')
  const found: { text: UnsentText; edits: RefusedEdits }[] = []
  for (const text of texts) {
    const edits = await readCopy(text).catch(() => null)
    // Nothing of the author's own in it (a paragraph opened and left): nothing to say.
    if (edits && differencesBetween(edits.before, edits.after).length > 0) found.push({ text, edits })
    else if (edits) await forgetUnsentText(text)
  }
  return found
}
