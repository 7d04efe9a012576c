import * as z from 'zod'
import { codesOf, type Labels } from './closed-list.ts'

/**
 * A line of text that a person typed: trimmed, at most `most` characters, no line break, no invisible control character.
 * An absent field is an empty line.
 */
export function line(most: number) {
  return z
    .string({ error: 'Ce champ doit être un texte.' })
    .default('')
    .refine(isCleanText, {
      error: 'Ce texte contient des caractères invisibles que l’on ne peut pas enregistrer. Retapez-le.',
    })
    .transform(text => text.replace(breakingSpaces, ' ').trim())
    .refine(text => text.length <= most, { error: `Ce texte est trop long : ${most} caractères au plus.` })
}

/** Line breaks, tabs and ordinary spaces; French typography needs the unbreakable ones. */
const breakingSpaces = /(?:[^\S\u00A0\u202F]|\u0085)+/g

/** As `line`, and it may not be empty. */
export function requiredLine(most: number, missing: string) {
  return line(most).refine(text => text.length > 0, { error: missing })
}

/** A text of several lines: trimmed, at most `most` characters. */
export function paragraph(most: number) {
  return z
    .string({ error: 'Ce champ doit être un texte.' })
    .default('')
    .refine(isCleanText, {
      error: 'Ce texte contient des caractères invisibles que l’on ne peut pas enregistrer. Retapez-le.',
    })
    .transform(text => text.replace(/\r\n?/g, '\n').trim())
    .refine(text => text.length <= most, { error: `Ce texte est trop long : ${most} caractères au plus.` })
}

/** A calendar day that exists, `YYYY-MM-DD`, between 2000 and 2100. */
export function day(missing: string) {
  return z
    .string({ error: missing })
    .min(1, { error: missing })
    .refine(isDay, { error: 'Cette date n’existe pas. Écrivez-la ainsi : 31/12/2026.' })
}

/** A time of day, `HH:MM`. */
export function time(missing: string) {
  return z
    .string({ error: missing })
    .min(1, { error: missing })
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'Cette heure n’existe pas. Écrivez-la ainsi : 14:30.' })
}

/** An identifier; a malformed one never comes from the product's own forms. */
export function identifier(message = 'Ce choix n’existe pas (ou plus). Rechargez la page.') {
  return z.uuid({ error: message })
}

/** An address that opens a meeting or a page: http or https only. */
export function webAddress() {
  return line(500).refine(text => text === '' || isWebAddress(text), {
    error: 'Cette adresse doit commencer par https:// (ou http://).',
  })
}

/** zod schema that accepts only the codes of a closed list, with a French message. */
export function codeSchema<Code extends string>(labels: Labels<Code>, message: string) {
  return z.enum(codesOf(labels), { error: message })
}

function isCleanText(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused; tab and line breaks are not.
  return text.isWellFormed() && !/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/.test(text)
}

function isDay(text: string): boolean {
  const match = /^(2\d{3})-(\d{2})-(\d{2})$/.exec(text)
  if (!match || Number(match[1]) > 2100) return false
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\/\S+$/i.test(text) && URL.canParse(text)
}

/** The address of a person: kept in lower case. */
export function emailAddress(missing: string) {
  return line(254)
    .transform(text => text.toLowerCase())
    .refine(text => text !== '', { error: missing })
    .refine(text => text === '' || isEmail(text), {
      error: 'Cette adresse n’a pas la forme attendue. Écrivez-la ainsi : prenom.nom@exemple.fr.',
    })
}

/** A box that is ticked or not. */
export function ticked() {
  return z.boolean({ error: 'Cochez ou décochez cette case.' }).default(false)
}

/** A calendar day, or none. */
export function optionalDay() {
  return z
    .union([z.literal(''), day('')], { error: 'Cette date n’existe pas. Écrivez-la ainsi : 31/12/2026.' })
    .optional()
    .transform(value => value || null)
}

/** An identifier, or none. */
export function optionalIdentifier() {
  return z
    .union([z.literal(''), identifier()], { error: 'Ce choix n’existe pas (ou plus). Rechargez la page.' })
    .optional()
    .transform(value => value || null)
}

/** One « @ », a domain with a dot, nothing that a mail header could take for something else. */
export function isEmail(text: string): boolean {
  return text.length <= 254 && /^[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(text)
}
