import type { Editor } from '@tiptap/core'
import { useEffect, useState } from 'react'
import { Button, ButtonRow } from '#app/components/Button.tsx'
import { Notice } from '#app/components/Notice.tsx'
import { findPersonalData, type PersonalDataKind, personalDataWarning } from '#server/vocabulary/personal-data.ts'

interface FoundInText {
  kind: PersonalDataKind
  from: number
  to: number
  text: string
}

/** Milliseconds after the last key: a number is looked at when it is written. */
const DELAY = 900

/** Warns when the text looks like it holds the number of a beneficiary; shows where. Never blocks anything. */
export function PersonalDataNotice({ editor }: { editor: Editor }) {
  const [found, setFound] = useState<FoundInText[]>([])
  const [dismissed, setDismissed] = useState<ReadonlySet<string>>(new Set())

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    function look() {
      clearTimeout(timer)
      timer = setTimeout(() => setFound(current => unlessSame(current, personalDataIn(editor))), DELAY)
    }
    look()
    editor.on('update', look)
    return () => {
      clearTimeout(timer)
      editor.off('update', look)
    }
  }, [editor])

  const shown = found.filter(finding => !dismissed.has(finding.text))
  const [first] = shown
  const warning = personalDataWarning(shown)
  if (!first || !warning) return null
  return (
    <Notice tone="warning" announce>
      <p>{warning}</p>
      <ButtonRow>
        <Button size="small" onClick={() => editor.chain().focus().setTextSelection(first).scrollIntoView().run()}>
          Voir dans le texte
        </Button>
        <Button
          size="small"
          variant="quiet"
          onClick={() => setDismissed(new Set([...dismissed, ...shown.map(finding => finding.text)]))}
        >
          Ce n’en est pas un
        </Button>
      </ButtonRow>
    </Notice>
  )
}

function personalDataIn(editor: Editor): FoundInText[] {
  const found: FoundInText[] = []
  editor.state.doc.descendants((node, position) => {
    if (!node.isTextblock) return true
    // One character for each position, so that what is found in the text is found in the document.
    const text = node.textBetween(0, node.content.size, '', ' ')
    for (const { kind, start, end } of findPersonalData(text))
      found.push({ kind, from: position + 1 + start, to: position + 1 + end, text: text.slice(start, end) })
    return false
  })
  return found
}

function unlessSame(current: FoundInText[], next: FoundInText[]): FoundInText[] {
  return JSON.stringify(current) === JSON.stringify(next) ? current : next
}
