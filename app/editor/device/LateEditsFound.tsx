import { useEffect, useState } from 'react'
import { differencesBetween } from '../reading/differences.ts'
import { RefusedEditsNotice } from './RefusedEditsNotice.tsx'
import { type RefusedEdits, readCopy } from './read-copy.ts'
import { databaseName, forgetUnsentText, type UnsentText } from './registry.ts'

export interface LateEditsFoundProps {
  /** What this device keeps. */
  texts: readonly UnsentText[]
  sealed: { by: string; at: string } | null
}

/** The edits of texts that can no longer take them. For `LateEdits`, which loads this only when there are some. */
export function LateEditsFound({ texts, sealed }: LateEditsFoundProps) {
  const [late, setLate] = useState<{ text: UnsentText; edits: RefusedEdits }[]>([])

  useEffect(() => {
    let left = false
    void readLate(texts).then(found => left || setLate(found))
    return () => {
      left = true
    }
  }, [texts])

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

async function readLate(texts: readonly UnsentText[]): Promise<{ text: UnsentText; edits: RefusedEdits }[]> {
  const found: { text: UnsentText; edits: RefusedEdits }[] = []
  for (const text of texts) {
    const edits = await readCopy(text).catch(() => null)
    // Nothing of the author's own in it (a paragraph opened and left): nothing to say.
    if (edits && differencesBetween(edits.before, edits.after).length > 0) found.push({ text, edits })
    else if (edits) await forgetUnsentText(text)
  }
  return found
}
