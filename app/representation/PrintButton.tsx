import { useEffect, useState } from 'react'
import { Button } from '#app/components/Button.tsx'

/** Prints the page; there only where a script can do it: the browser's own command prints the same. */
export function PrintButton({ children }: { children: string }) {
  const [scripted, setScripted] = useState(false)
  useEffect(() => setScripted(true), [])
  if (!scripted) return null
  return (
    <Button variant="quiet" icon="print" onClick={() => window.print()}>
      {children}
    </Button>
  )
}
