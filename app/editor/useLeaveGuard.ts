import { useBeforeUnload, useBlocker } from '@remix-run/react'
import { useCallback, useEffect } from 'react'

const QUESTION =
  'Des modifications ne sont pas encore enregistrées. Elles restent sur cet appareil et partiront quand vous rouvrirez ce compte rendu.\n\nQuitter la page quand même ?'

/**
 * Warns before the page is left while something written is not stored: by the browser's own question when the tab closes
 * or reloads, by ours when a link leads elsewhere in the workspace.
 *
 * @param hasUnstoredEdits asked at the moment of leaving: must say the truth at that very instant
 */
export function useLeaveGuard(hasUnstoredEdits: () => boolean): void {
  useBeforeUnload(
    useCallback(
      event => {
        if (!hasUnstoredEdits()) return
        event.preventDefault()
        // Older browsers ask only when there is a value.
        event.returnValue = QUESTION
      },
      [hasUnstoredEdits],
    ),
  )
  const blocker = useBlocker(
    useCallback(
      ({ currentLocation, nextLocation }: Navigation) =>
        leavesPage(currentLocation.pathname, nextLocation.pathname) && hasUnstoredEdits(),
      [hasUnstoredEdits],
    ),
  )
  useEffect(() => {
    if (blocker.state !== 'blocked') return
    if (window.confirm(QUESTION)) blocker.proceed()
    else blocker.reset()
  }, [blocker])
}

interface Navigation {
  currentLocation: { pathname: string }
  nextLocation: { pathname: string }
}

/** A panel, a filter or an anchor of the same page does not leave it. */
export function leavesPage(from: string, to: string): boolean {
  return from !== to
}
