import { useLocation } from '@remix-run/react'
import { useEffect } from 'react'

/**
 * After a change of page without a new document, starts reading at the new title, as a browser would: otherwise a screen
 * reader says nothing. Leaves the focus where a part of the new page has already taken it (a summary of errors).
 */
export function useFocusOnNavigation() {
  const { pathname, search, hash } = useLocation()
  // biome-ignore lint/correctness/useExhaustiveDependencies: an act that leads back to the page it was done on changes only what is searched.
  useEffect(() => {
    const first = lastPathname === null
    const moved = lastPathname !== pathname
    lastPathname = pathname
    // The button that did the act may be gone with it: the focus is then on nothing.
    const lost = document.activeElement === document.body
    if (first || (!moved && !lost) || hash !== '' || document.activeElement?.closest('main')) return
    const title = document.querySelector<HTMLElement>('main h1')
    title?.setAttribute('tabindex', '-1')
    title?.focus({ preventScroll: true })
  }, [pathname, search, hash])
}

// Only effects write it, and effects only run in the browser: one person, one page.
let lastPathname: string | null = null
