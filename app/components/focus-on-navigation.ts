import { useLocation } from '@remix-run/react'
import { useEffect } from 'react'

/**
 * After a change of page without a new document, starts reading at the new title, as a browser would: otherwise a screen
 * reader says nothing. Leaves the focus where a part of the new page has already taken it (a summary of errors).
 */
export function useFocusOnNavigation() {
  const { pathname, hash } = useLocation()
  useEffect(() => {
    const moved = lastPathname !== null && lastPathname !== pathname
    lastPathname = pathname
    if (!moved || hash !== '' || document.activeElement?.closest('main')) return
    const title = document.querySelector<HTMLElement>('main h1')
    title?.setAttribute('tabindex', '-1')
    title?.focus({ preventScroll: true })
  }, [pathname, hash])
}

// Only effects write it, and effects only run in the browser: one person, one page.
let lastPathname: string | null = null
