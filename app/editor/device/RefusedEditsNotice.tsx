import { useId, useRef, useState } from 'react'
import { Button, ButtonRow } from '#app/components/Button.tsx'
import { Disclosure } from '#app/components/Disclosure.tsx'
import { Notice } from '#app/components/Notice.tsx'
import { mediumDate, NBSP, time } from '#app/formats.ts'
import { MinutesDifferences } from '../MinutesDifferences.tsx'
import { differencesBetween } from '../reading/differences.ts'
import type { RefusedEdits } from './read-copy.ts'
import { refusedText } from './refused-text.ts'

interface RefusedEditsNoticeProps {
  edits: RefusedEdits
  /** Why, when it is that the minutes were sealed. */
  sealed: { by: string; at: string } | null
  /** Why, otherwise, in a sentence. */
  reason?: string
  onForget: () => void
}

/** Shows to their author the edits that were not taken: nothing is lost in silence, nothing is merged by force. */
export function RefusedEditsNotice({ edits, sealed, reason, onForget }: RefusedEditsNoticeProps) {
  const differences = differencesBetween(edits.before, edits.after)
  return (
    <div className="refused-edits">
      <Notice
        tone="warning"
        title={`Ces modifications n’ont pas été enregistrées${NBSP}: ${why(sealed, reason)}`}
        announce
      >
        <div className="stack">
          <p>Elles ne sont plus que sur cet appareil. Copiez ce qui doit être gardé.</p>
          <CopyableText text={refusedText(differences)} />
          <Disclosure summary="Voir ce qui changeait dans le texte">
            <MinutesDifferences before={edits.before} after={edits.after} />
          </Disclosure>
          <ButtonRow>
            <Button onClick={onForget}>J’ai compris, effacer</Button>
          </ButtonRow>
        </div>
      </Notice>
    </div>
  )
}

function why(sealed: { by: string; at: string } | null, reason: string | undefined): string {
  if (sealed) {
    const at = new Date(sealed.at)
    return `le compte rendu a été validé le ${mediumDate(at)} à ${time(at)} par ${sealed.by}.`
  }
  return reason ?? 'le compte rendu a été validé ou remplacé entre-temps.'
}

function CopyableText({ text }: { text: string }) {
  const box = useRef<HTMLTextAreaElement>(null)
  const [copied, setCopied] = useState(false)
  const id = useId()
  async function copy() {
    // Without permission to write to the clipboard, the text is at least selected.
    box.current?.select()
    await navigator.clipboard?.writeText(text).then(
      () => setCopied(true),
      () => undefined,
    )
  }
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        Ce que vous aviez écrit
      </label>
      <textarea
        id={id}
        ref={box}
        className="input"
        readOnly
        rows={Math.min(10, text.split('\n').length + 1)}
        value={text}
      />
      <ButtonRow>
        <Button icon="copy" size="small" onClick={copy}>
          Copier ce texte
        </Button>
        <span role="status">{copied ? 'Texte copié.' : ''}</span>
      </ButtonRow>
    </div>
  )
}
