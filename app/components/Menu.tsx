import { useLocation } from '@remix-run/react'
import { type ReactNode, useEffect, useRef } from 'react'

export interface MenuProps {
  summary: ReactNode
  summaryClassName?: string
  /** Links, buttons and small forms: they stay what they are, the disclosure only shows and hides them. */
  children: ReactNode
}

/**
 * Secondary actions behind a native `<details>`: works without JavaScript. With it, Escape, a click elsewhere and a
 * change of page close it, and Escape gives the focus back to its summary.
 */
export function Menu({ summary, summaryClassName = 'button', children }: MenuProps) {
  const details = useRef<HTMLDetailsElement>(null)
  const { key } = useLocation()

  const closedAt = useRef(key)

  useEffect(() => {
    // Not at first: it may have been opened before the scripts arrived.
    if (closedAt.current !== key) close(details.current)
    closedAt.current = key
  }, [key])

  useEffect(() => {
    const onPointerDown = (event: PointerEvent) => {
      if (!details.current?.contains(event.target as Node)) close(details.current)
    }
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !details.current?.open) return
      if (details.current.contains(document.activeElement)) details.current.querySelector('summary')?.focus()
      close(details.current)
    }
    document.addEventListener('pointerdown', onPointerDown)
    document.addEventListener('keydown', onKeyDown)
    return () => {
      document.removeEventListener('pointerdown', onPointerDown)
      document.removeEventListener('keydown', onKeyDown)
    }
  }, [])

  return (
    <details className="menu" ref={details}>
      <summary className={summaryClassName}>{summary}</summary>
      <div className="menu-panel">{children}</div>
    </details>
  )
}

function close(details: HTMLDetailsElement | null) {
  if (details?.open) details.open = false
}
