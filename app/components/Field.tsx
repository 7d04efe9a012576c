import type { ReactNode } from 'react'
import { Icon } from './Icon.tsx'

/** What every field has, whatever one types or chooses in it. */
export interface FieldProps {
  name: string
  label: ReactNode
  /** `champ-<name>` without it; give one when two forms of the page have fields of the same name. */
  id?: string
  /** What to write and how, before any error. */
  hint?: ReactNode
  /** What is wrong and how to mend it. Several: the first is shown (the shape that Conform gives). */
  error?: string | string[] | null
  required?: boolean
  /** The mark « (obligatoire) »; false where the form says that everything is required. */
  requiredMark?: boolean
  width?: 'short' | 'medium' | 'full'
}

/** Label, hint, control, error, tied together for screen readers. `children` receives what goes on the control. */
export function Field({ children, ...props }: FieldProps & { children: (control: ControlAttributes) => ReactNode }) {
  const control = controlAttributes(props)
  return (
    <div className="field" data-width={props.width}>
      <label className="field-label" htmlFor={control.id}>
        {props.label}
        <RequiredMark {...props} />
      </label>
      <FieldHint {...props} />
      <FieldError {...props} />
      {children(control)}
    </div>
  )
}

export interface ControlAttributes {
  id: string
  name: string
  required: boolean | undefined
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

/** Attributes that tie a control to its hint and its error. */
export function controlAttributes(props: Omit<FieldProps, 'label'>): ControlAttributes {
  const id = fieldId(props)
  const described = [props.hint && `${id}-aide`, firstError(props.error) && `${id}-erreur`].filter(Boolean)
  return {
    id,
    name: props.name,
    required: props.required,
    'aria-describedby': described.length > 0 ? described.join(' ') : undefined,
    'aria-invalid': firstError(props.error) ? true : undefined,
  }
}

/** The id of a field's control, where an error summary leads. */
export function fieldId({ id, name }: Pick<FieldProps, 'id' | 'name'>): string {
  return id ?? `champ-${name}`
}

export function RequiredMark({ required, requiredMark = true }: Pick<FieldProps, 'required' | 'requiredMark'>) {
  if (!required || !requiredMark) return null
  return <span className="field-mark"> (obligatoire)</span>
}

export function FieldHint({ hint, ...props }: Pick<FieldProps, 'id' | 'name' | 'hint'>) {
  if (!hint) return null
  return (
    <p className="field-hint" id={`${fieldId(props)}-aide`}>
      {hint}
    </p>
  )
}

export function FieldError({ error, ...props }: Pick<FieldProps, 'id' | 'name' | 'error'>) {
  const message = firstError(error)
  if (!message) return null
  return (
    <p className="field-error" id={`${fieldId(props)}-erreur`}>
      <Icon name="error" />
      <span>
        <span className="visually-hidden">Erreur : </span>
        {message}
      </span>
    </p>
  )
}

function firstError(error: FieldProps['error']): string | undefined {
  return (Array.isArray(error) ? error[0] : error) || undefined
}
