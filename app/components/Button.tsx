import { Link, type LinkProps, useNavigation } from '@remix-run/react'
import type { ButtonHTMLAttributes, ReactNode } from 'react'
import { Icon, type IconName } from './Icon.tsx'

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger'

interface Look {
  variant?: ButtonVariant
  size?: 'normal' | 'small'
  icon?: IconName
}

export interface ButtonProps extends Look, Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'> {
  /** True while the work it started is going on: the button stays where it is, focused, and answers no second click. */
  pending?: boolean
  /** What is said meanwhile, « Validation en cours… ». */
  pendingLabel?: string
}

/** A button that does something; for a change of page, `ButtonLink`. Its words are the verb and the object. */
export function Button({ variant = 'secondary', size, icon, pending, pendingLabel, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className="button"
      data-variant={variant}
      data-size={size}
      data-pending={pending || undefined}
      aria-disabled={pending || rest['aria-disabled'] || undefined}
      onClick={pending ? event => event.preventDefault() : rest.onClick}
    >
      <Content icon={icon} pending={pending}>
        {pending && pendingLabel ? pendingLabel : children}
      </Content>
    </button>
  )
}

/** Sends the form it stands in; shows by itself that the sending is going on when `name` and `value` are its own. */
export function SubmitButton({ variant = 'primary', ...rest }: ButtonProps) {
  const navigation = useNavigation()
  const sent = navigation.state === 'submitting' ? navigation.formData : undefined
  const mine = sent !== undefined && (rest.name === undefined || sent.get(rest.name) === String(rest.value ?? ''))
  return <Button {...rest} type="submit" variant={variant} pending={rest.pending ?? mine} />
}

export interface ButtonLinkProps extends Look, Omit<LinkProps, 'className'> {}

/** A link that looks like a button: it goes to a page, and changes nothing. */
export function ButtonLink({ variant = 'secondary', size, icon, children, ...rest }: ButtonLinkProps) {
  return (
    <Link {...rest} className="button" data-variant={variant} data-size={size}>
      <Content icon={icon}>{children}</Content>
    </Link>
  )
}

/** Buttons side by side, wrapping on a narrow screen. */
export function ButtonRow({ children }: { children: ReactNode }) {
  return <div className="button-row">{children}</div>
}

function Content({ icon, pending, children }: { icon?: IconName; pending?: boolean; children: ReactNode }) {
  return (
    <>
      {pending ? <span className="button-pending" aria-hidden="true" /> : icon && <Icon name={icon} />}
      <span>{children}</span>
    </>
  )
}
