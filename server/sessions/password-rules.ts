import { randomInt } from 'node:crypto'
import { passwordLengths } from './passwords.ts'

/** Without the letters and figures that are mistaken for each other, read aloud or copied by hand. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'

/** A password of five groups of four characters: 98 bits, to be read over the telephone. */
export function generatePassword(): string {
  const group = () => Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join('')
  return Array.from({ length: 5 }, group).join('-')
}

/**
 * What is wrong with a password, as a French sentence, or null when it will do.
 *
 * @param holder.powerful a chef de projet or an administrateur, whose password is longer.
 */
export function weaknessOf(password: string, holder: { email: string; powerful: boolean }): string | null {
  const least = holder.powerful ? passwordLengths.powerful : passwordLengths.member
  const characters = [...password.normalize('NFC')]
  const [mailbox = ''] = holder.email.split('@')
  if (characters.length < least) return `Ce mot de passe est trop court : il faut au moins ${least} caractères.`
  if (characters.length > 200) return 'Ce mot de passe est trop long : 200 caractères au plus.'
  if (new Set(characters).size < 6) return 'Ce mot de passe répète trop peu de caractères différents.'
  if (mailbox.length > 3 && password.toLowerCase().includes(mailbox)) {
    return 'Ce mot de passe contient l’adresse de la personne : choisissez-en un autre.'
  }
  return null
}
