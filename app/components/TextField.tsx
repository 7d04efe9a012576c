import type { InputHTMLAttributes, TextareaHTMLAttributes } from 'react'
import { Button } from './Button.tsx'
import { Field, type FieldProps } from './Field.tsx'

export interface TextFieldProps
  extends FieldProps,
    Omit<InputHTMLAttributes<HTMLInputElement>, keyof FieldProps | 'className' | 'type'> {
  type?: 'text' | 'email' | 'password' | 'url' | 'tel' | 'search'
}

/** One line of text. */
export function TextField({ type = 'text', ...props }: TextFieldProps) {
  const [field, native] = split(props)
  return <Field {...field}>{control => <input {...native} {...control} type={type} className="input" />}</Field>
}

export interface TextAreaFieldProps
  extends FieldProps,
    Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, keyof FieldProps | 'className'> {}

/** Several lines of text. */
export function TextAreaField(props: TextAreaFieldProps) {
  const [field, native] = split(props)
  return <Field {...field}>{control => <textarea {...native} {...control} className="input" />}</Field>
}

type NativeDate = FieldProps & Omit<InputHTMLAttributes<HTMLInputElement>, keyof FieldProps | 'className' | 'type'>

/** A calendar day, `YYYY-MM-DD`: the browser's own picker, in the language of the person. */
export function DateField(props: NativeDate) {
  const [field, native] = split({ width: 'short' as const, ...props })
  return <Field {...field}>{control => <input {...native} {...control} type="date" className="input" />}</Field>
}

/** A time of day, `HH:MM`. */
export function TimeField(props: NativeDate) {
  const [field, native] = split({ width: 'short' as const, ...props })
  return <Field {...field}>{control => <input {...native} {...control} type="time" className="input" />}</Field>
}

export interface SearchFieldProps extends TextFieldProps {
  /** « Rechercher une décision ». */
  submitLabel?: string
}

/** A search box and its button; put it in a form whose method is GET, so that the search has an address. */
export function SearchField({ submitLabel = 'Rechercher', ...props }: SearchFieldProps) {
  return (
    <div className="search-field">
      <TextField {...props} type="search" />
      <Button type="submit" icon="search">
        {submitLabel}
      </Button>
    </div>
  )
}

/** Parts the properties of the field from those of the native control. */
export function split<Props extends FieldProps>(props: Props): [FieldProps, Omit<Props, keyof FieldProps>] {
  const { name, label, id, hint, error, required, requiredMark, width, ...native } = props
  return [{ name, label, id, hint, error, required, requiredMark, width }, native]
}
