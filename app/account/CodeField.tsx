import { TextField, type TextFieldProps } from '#app/components/TextField.tsx'

/** A code of six figures; telephones and password managers offer it. */
export function CodeField(props: Partial<TextFieldProps>) {
  return (
    <TextField
      name="code"
      label="Code à six chiffres"
      autoComplete="one-time-code"
      inputMode="numeric"
      maxLength={20}
      width="short"
      required
      {...props}
    />
  )
}
