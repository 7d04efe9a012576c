import { useLayoutEffect } from 'react'

/** Says whether the live text is in the page, before the page is drawn: it is never there twice, nor missing. */
export function useShown(shown: boolean, onShown: (shown: boolean) => void): void {
  useLayoutEffect(() => {
    onShown(shown)
    return () => onShown(false)
  }, [shown, onShown])
}
