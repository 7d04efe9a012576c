import { useEffect, useState } from 'react'
import { Button } from './Button.tsx'

/** Copies a text; there only where a script can do it: the text itself can be selected. */
export function CopyButton({ text, children, done }: { text: string; children: string; done: string }) {
  const [state, setState] = useState<'none' | 'ready' | 'copied'>('none')
  useEffect(() => setState(navigator.clipboard ? 'ready' : 'none'), [])
  if (state === 'none') return null
  const copy = () => navigator.clipboard.writeText(text).then(() => setState('copied'))
  return (
    <>
      <Button icon="copy" onClick={copy}>
        {children}
      </Button>
      <span role="status">{state === 'copied' && done}</span>
    </>
  )
}
