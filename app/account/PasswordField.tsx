import { useEffect, useState } from 'react'
import { TextField, type TextFieldProps } from '#app/components/TextField.tsx'

type PasswordFieldProps = Omit<TextFieldProps, 'type'>

/** A password, which one may show while typing it; without a script the box is not there. */
export function PasswordField(props: PasswordFieldProps) {
  const [shown, setShown] = useState(false)
  const [alive, setAlive] = useState(false)
  useEffect(() => setAlive(true), [])
  return (
    <div className="password-field">
      <TextField {...props} type={shown ? 'text' : 'password'} autoCapitalize="none" spellCheck={false} />
      {alive && (
        <label className="password-shown">
          <input type="checkbox" checked={shown} onChange={event => setShown(event.target.checked)} />
          Afficher le mot de passe
        </label>
      )}
    </div>
  )
}

/** A password that one chooses; `least` characters at least. */
export function NewPasswordField({ least, ...props }: Partial<PasswordFieldProps> & { least: number }) {
  return (
    <PasswordField
      name="password"
      label="Nouveau mot de passe"
      autoComplete="new-password"
      required
      hint={`Au moins ${least} caractères. Quatre mots sans rapport entre eux conviennent ; votre gestionnaire de mots de passe peut aussi en fabriquer un.`}
      {...props}
    />
  )
}

/** One's own password, typed again before something grave. */
export function CurrentPasswordField(props: Partial<PasswordFieldProps>) {
  return (
    <PasswordField name="current" label="Mot de passe actuel" autoComplete="current-password" required {...props} />
  )
}

/** For password managers, which keep a password with whose it is. */
export function WhoseAccount({ email }: { email: string }) {
  return <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
}
