import { Link } from '@remix-run/react'
import { type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { Button, type ButtonVariant } from './Button.tsx'
import { Icon, type IconName } from './Icon.tsx'

export interface DialogProps {
  title: string
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  /** `alertdialog` for what cannot be undone. */
  role?: 'dialog' | 'alertdialog'
  /** Buttons, the main one last. */
  actions?: ReactNode
  children?: ReactNode
}

/** A question that stands before the page: keeps the focus, Escape and, for a `dialog`, a click outside close it. */
export function Dialog({ isOpen, ...props }: DialogProps) {
  // In the body: the dialog of a form may hold a form.
  return isOpen ? createPortal(<OpenDialog {...props} />, document.body) : null
}

function OpenDialog({ title, onOpenChange, role = 'dialog', actions, children }: Omit<DialogProps, 'isOpen'>) {
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useLayoutEffect(() => {
    const { current } = dialog
    if (!current) return
    current.showModal()
    // The browser takes the first control: what is asked is read before an answer is given.
    if (!current.querySelector('input')) current.focus()
    // Closed before it leaves the page, or the focus would not go back to where it was.
    return () => current.close()
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape cancels.
    <dialog
      ref={dialog}
      className="dialog-veil"
      role={role}
      aria-labelledby={titleId}
      tabIndex={-1}
      onCancel={event => {
        event.preventDefault()
        onOpenChange(false)
      }}
      onClick={event => {
        if (role === 'dialog' && event.target === event.currentTarget) onOpenChange(false)
      }}
    >
      <div className="dialog-sheet">
        <div className="dialog">
          <h2 id={titleId}>{title}</h2>
          {children}
          {actions && <div className="dialog-actions">{actions}</div>}
        </div>
      </div>
    </dialog>
  )
}

export interface ConfirmLinkProps {
  /** A page that asks the same question, for a browser without JavaScript: the link leads there. */
  to: string
  /** The verb and the object, « Annuler la réunion ». */
  label: string
  title: string
  icon?: IconName
  variant?: ButtonVariant
  /** What will follow, and the form that does it; `close` gives up. */
  children: (close: () => void) => ReactNode
}

/** Asks before doing: a dialog on the spot when scripts run, else the page that asks. */
export function ConfirmLink({ to, label, title, icon, variant = 'secondary', children }: ConfirmLinkProps) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Link
        className="button"
        data-variant={variant}
        to={to}
        onClick={event => {
          // A click that asks for a new tab keeps its meaning.
          if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
          event.preventDefault()
          setOpen(true)
        }}
      >
        {icon && <Icon name={icon} />}
        <span>{label}</span>
      </Link>
      <Dialog title={title} isOpen={isOpen} onOpenChange={setOpen} role="alertdialog">
        {children(() => setOpen(false))}
      </Dialog>
    </>
  )
}

/** The foot of a dialog's form: give up at the left, the action at the right. */
export function DialogActions({ onCancel, children }: { onCancel: () => void; children: ReactNode }) {
  return (
    <div className="dialog-actions">
      <Button onClick={onCancel}>Revenir sans rien changer</Button>
      {children}
    </div>
  )
}
