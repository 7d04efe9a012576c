import { randomInt } from 'node:crypto'
import { Invalid } from '#server/errors.ts'
import { strengthOf } from './password-strength.ts'
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

/** Whether a password is long enough for wide powers, whatever its person may do today. */
export function fitsPowers(password: string, email: string): boolean {
  return weaknessOf(password, { email, powerful: true }) === null
}

/** Of four: what resists who has stolen the database for months. */
const leastScore = 3

/**
 * Accepts a password that a person chose, or says how to mend it.
 * @throws Invalid on the field `password`
 */
export async function checkNewPassword(
  password: string,
  holder: { email: string; givenName: string; familyName: string; powerful: boolean },
): Promise<void> {
  const weakness = weaknessOf(password, holder)
  if (weakness) throw refused([weakness])
  const { givenName, familyName, email } = holder
  if ([givenName, familyName].some(name => name.length > 3 && plain(password).includes(plain(name)))) {
    throw refused(['Ce mot de passe contient votre nom : choisissez-en un autre.'])
  }
  const words = [givenName, familyName, ...email.split(/[@.]/), 'espace', 'spie', 'insertion', 'consortium']
  const { score, advice } = await strengthOf(
    password,
    words.filter(word => word.length > 2),
  )
  if (score < leastScore) throw refused(['Ce mot de passe se devinerait trop vite.', ...advice])
}

/** Without accents or capitals. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

function refused(sentences: readonly string[]): Invalid {
  return new Invalid('Ce mot de passe ne convient pas.', { password: [sentences.join(' ')] })
}
