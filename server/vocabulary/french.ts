/**
 * Dates, numbers, lists and names as they are written in French: the one implementation, shared by the screens
 * (through `app/formats.ts`) and by the files the server makes.
 *
 * Day and month names are written here rather than asked from `Intl`, so that a page rendered on the server and the
 * same page in the browser agree to the byte whatever version of ICU each one has. `Intl` is only asked for the
 * Europe/Paris clock, as figures.
 */

/** Non-breaking space: before « : » and « % », inside guillemets, between a figure and its word. */
export const NBSP = '\u00A0'
/** Narrow non-breaking space: before « ; ! ? » and between groups of three figures. */
export const NARROW_NBSP = '\u202F'

/** A calendar day without a time zone, `YYYY-MM-DD`. */
export type Day = string
/** An instant, read in Europe/Paris, or a calendar day as it is. */
export type DayOrInstant = Date | Day

const WEEKDAYS = ['dimanche', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi'] as const
const MONTHS = [
  'janvier',
  'février',
  'mars',
  'avril',
  'mai',
  'juin',
  'juillet',
  'août',
  'septembre',
  'octobre',
  'novembre',
  'décembre',
] as const

/** « vendredi 12 mars 2027 ». @throws RangeError when the date does not exist. */
export function longDate(value: DayOrInstant): string {
  const { year, month, day } = dayParts(value)
  const weekday = WEEKDAYS[new Date(Date.UTC(year, month - 1, day)).getUTCDay()]
  return `${weekday} ${dayAndMonth(day, month)} ${year}`
}

/** « 12 mars 2027 », « 1er mars 2027 ». @throws RangeError when the date does not exist. */
export function mediumDate(value: DayOrInstant): string {
  const { year, month, day } = dayParts(value)
  return `${dayAndMonth(day, month)} ${year}`
}

/** « 12/03/2027 », for narrow columns. @throws RangeError when the date does not exist. */
export function shortDate(value: DayOrInstant): string {
  const { year, month, day } = dayParts(value)
  return `${twoFigures(day)}/${twoFigures(month)}/${year}`
}

/** « 14 h 00 » in Europe/Paris; the hour has no leading zero. @throws RangeError on an invalid date. */
export function time(instant: Date): string {
  const { hour, minute } = parisParts(instant)
  return `${hour}${NBSP}h${NBSP}${twoFigures(minute)}`
}

/** « vendredi 12 mars 2027, 14 h 00 » in Europe/Paris. @throws RangeError on an invalid date. */
export function dateTime(instant: Date): string {
  return `${longDate(instant)}, ${time(instant)}`
}

/**
 * « vendredi 12 mars 2027, de 14 h 00 à 16 h 30 »; without an end, as `dateTime`; when the end falls on another day
 * both are written in full.
 */
export function dateTimeRange(start: Date, end: Date | null): string {
  if (end === null) return dateTime(start)
  if (parisDay(start) === parisDay(end)) return `${longDate(start)}, de ${time(start)} à ${time(end)}`
  return `du ${dateTime(start)} au ${dateTime(end)}`
}

/** The calendar day of an instant in Europe/Paris, `YYYY-MM-DD`. @throws RangeError on an invalid date. */
export function parisDay(instant: Date): Day {
  const { year, month, day } = parisParts(instant)
  return `${String(year).padStart(4, '0')}-${twoFigures(month)}-${twoFigures(day)}`
}

/** Whether a text is a day that exists in the calendar, written `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!match) return false
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const date = new Date(Date.UTC(year, month - 1, day))
  return year >= 1000 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

/** « a, b et c »; an empty list is an empty text. */
export function list(items: readonly string[], conjunction: 'et' | 'ou' = 'et'): string {
  if (items.length < 2) return items.join('')
  return `${items.slice(0, -1).join(', ')} ${conjunction} ${items[items.length - 1]}`
}

/** The form a count asks for: in French the plural begins at 2 (0 and 1 are singular). */
export function plural(count: number, singular: string, pluralForm = `${singular}s`): string {
  return Math.abs(count) < 2 ? singular : pluralForm
}

/** « 3 décisions », « 1 décision », « 0 décision ». */
export function counted(count: number, singular: string, pluralForm?: string): string {
  return `${number(count)}${NBSP}${plural(count, singular, pluralForm)}`
}

/** « 1er », « 1re », « 2e ». */
export function ordinal(rank: number, gender: 'masculine' | 'feminine' = 'masculine'): string {
  if (rank !== 1) return `${rank}e`
  return gender === 'masculine' ? '1er' : '1re'
}

/** « 2 142 411 », « 12,5 »: narrow non-breaking spaces between thousands, comma for decimals. */
export function number(value: number | bigint): string {
  const [integer = '0', decimals] = String(value).split('.')
  return decimals ? `${thousands(integer)},${decimals}` : thousands(integer)
}

/** « 1 250,00 € HT » from integer cents; whether tax is included is always said. */
export function euros(cents: bigint, tax: 'HT' | 'TTC'): string {
  const sign = cents < 0n ? '-' : ''
  const absolute = cents < 0n ? -cents : cents
  const decimals = String(absolute % 100n).padStart(2, '0')
  return `${sign}${thousands(String(absolute / 100n))},${decimals}${NBSP}€${NBSP}${tax}`
}

/** « « Parcours » »: quoted as French quotes. */
export function quoted(text: string): string {
  return `«${NBSP}${text}${NBSP}»`
}

/** « Mme Claire Vidal »: civilité when it is known, given name, family name, unbreakable after the civilité. */
export function personName(person: { civility?: string | null; givenName: string; familyName: string }): string {
  const name = `${person.givenName} ${person.familyName}`.trim()
  return person.civility ? `${person.civility}${NBSP}${name}` : name
}

/**
 * Makes the spaces that French typography wants unbreakable (before `: ; ! ? % €`, inside « »). It only changes the
 * kind of spaces that are already there: it never adds a character, so a URL or a time stays what it was.
 */
export function unbreakableSpaces(text: string): string {
  return text
    .replace(/ (?=[;!?])/g, NARROW_NBSP)
    .replace(/ (?=[:%€»])/g, NBSP)
    .replace(/« /g, `«${NBSP}`)
}

interface DayParts {
  year: number
  month: number
  day: number
}

function dayParts(value: DayOrInstant): DayParts {
  if (typeof value !== 'string') return parisParts(value)
  if (!isDay(value)) throw new RangeError(`not a calendar day: ${value.slice(0, 20)}`)
  return { year: Number(value.slice(0, 4)), month: Number(value.slice(5, 7)), day: Number(value.slice(8, 10)) }
}

const parisClock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Paris',
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
})

type HourParts = DayParts & { hour: number }

/** Parts of the hours asked for: `Intl` takes as long for one as a page for the rest of its line. */
const knownHours = new Map<number, HourParts>()
const mostHours = 5_000

function parisParts(instant: Date): HourParts & { minute: number } {
  // Since then, Paris has been whole hours ahead of UTC.
  if (!(instant.getTime() >= Date.UTC(1912))) return partsFromIntl(instant)
  const hour = Math.floor(instant.getTime() / 3_600_000)
  let parts = knownHours.get(hour)
  if (!parts) {
    parts = partsFromIntl(instant)
    if (knownHours.size >= mostHours) knownHours.clear()
    knownHours.set(hour, parts)
  }
  return { ...parts, minute: instant.getUTCMinutes() }
}

function partsFromIntl(instant: Date): HourParts & { minute: number } {
  const parts = new Map(parisClock.formatToParts(instant).map(part => [part.type, Number(part.value)]))
  const read = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0
  return { year: read('year'), month: read('month'), day: read('day'), hour: read('hour'), minute: read('minute') }
}

function dayAndMonth(day: number, month: number): string {
  return `${day === 1 ? '1er' : day}${NBSP}${MONTHS[month - 1]}`
}

function thousands(figures: string): string {
  return figures.replace(/\B(?=(\d{3})+$)/g, NARROW_NBSP)
}

function twoFigures(value: number): string {
  return String(value).padStart(2, '0')
}
