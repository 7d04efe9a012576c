import { useBlocker } from '@remix-run/react'
import { type FormEvent, useEffect, useRef } from 'react'
import { Button } from '#app/components/Button.tsx'
import { Dialog } from '#app/components/Dialog.tsx'

/**
 * Asks before leaving a form in which something was typed and not sent. Spread `watch` on the form, show `question`.
 *
 * @param answer what the action gave back: a refused form still holds what was typed.
 */
export function useLeaveWarning(answer: unknown) {
  const typed = useRef(false)
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => typed.current && currentLocation.pathname !== nextLocation.pathname,
  )
  useEffect(() => {
    if (answer) typed.current = true
  }, [answer])
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (typed.current) event.preventDefault()
    }
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [])

  return {
    watch: {
      onInput: () => {
        typed.current = true
      },
      onSubmit: (event: FormEvent) => {
        if (!event.defaultPrevented) typed.current = false
      },
    },
    question: (
      <Dialog
        title="Quitter sans enregistrer ?"
        role="alertdialog"
        isOpen={blocker.state === 'blocked'}
        onOpenChange={isOpen => {
          if (!isOpen) blocker.reset?.()
        }}
        actions={
          <>
            <Button onClick={() => blocker.proceed?.()}>Quitter la page</Button>
            <Button variant="primary" onClick={() => blocker.reset?.()}>
              Rester sur la page
            </Button>
          </>
        }
      >
        <p>Ce que vous avez saisi n’est pas enregistré.</p>
      </Dialog>
    ),
  }
}
