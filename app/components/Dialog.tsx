import { Link } from '@remix-run/react'
import { type ReactNode, useState } from 'react'
import { Heading, Modal, ModalOverlay, Dialog as NativeDialog } from 'react-aria-components'
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

/** A question that stands before the page: keeps the focus, Escape and a click outside close it. */
export function Dialog({ title, isOpen, onOpenChange, role = 'dialog', actions, children }: DialogProps) {
  return (
    <ModalOverlay className="dialog-veil" isOpen={isOpen} onOpenChange={onOpenChange} isDismissable={role === 'dialog'}>
      <Modal className="dialog-sheet">
        <NativeDialog className="dialog" role={role}>
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          {children}
          {actions && <div className="dialog-actions">{actions}</div>}
        </NativeDialog>
      </Modal>
    </ModalOverlay>
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
