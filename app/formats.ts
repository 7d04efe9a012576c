/**
 * How dates, times, amounts, names and lists are written on screen. The French itself stands in the shared vocabulary
 * (the server's files use it too); what only a screen says, relative to the moment of reading, is here.
 */
export {
  counted,
  dateTime,
  dateTimeRange,
  euros,
  list,
  longDate,
  mediumDate,
  NARROW_NBSP,
  NBSP,
  number,
  ordinal,
  parisDay,
  personName,
  plural,
  quoted,
  shortDate,
  time,
  unbreakableSpaces,
} from '#server/vocabulary/french.ts'

import { counted, type DayOrInstant, longDate, mediumDate, parisDay, time } from '#server/vocabulary/french.ts'

/** Days from `now` to `day` in the calendar of Europe/Paris: 0 today, 1 tomorrow, -1 yesterday. */
export function daysUntil(day: DayOrInstant, now: Date): number {
  return (dayNumber(day) - dayNumber(now)) / MILLISECONDS_PER_DAY
}

/** « aujourd’hui », « demain », « dans 3 jours », « hier », « il y a 2 jours ». */
export function relativeDay(day: DayOrInstant, now: Date): string {
  const days = daysUntil(day, now)
  if (days === 0) return 'aujourd’hui'
  if (days === 1) return 'demain'
  if (days === -1) return 'hier'
  return days > 0 ? `dans ${dayCount(days)}` : `il y a ${dayCount(-days)}`
}

/** A due date: « aujourd’hui », « demain », « dans 3 jours », « en retard de 2 jours ». */
export function deadline(day: DayOrInstant, now: Date): string {
  const days = daysUntil(day, now)
  return days < 0 ? `en retard de ${dayCount(-days)}` : relativeDay(day, now)
}

/** « 14 h 32 » today, « hier à 14 h 32 », otherwise « le 12 mars 2027 à 14 h 32 ». */
export function moment(instant: Date, now: Date): string {
  const days = daysUntil(instant, now)
  if (days === 0) return time(instant)
  return `${days === -1 ? 'hier' : `le ${mediumDate(instant)}`} à ${time(instant)}`
}

/** « Vendredi 12 mars 2027 »: a date that begins a line or a title. */
export function titleDate(value: DayOrInstant): string {
  return capitalised(longDate(value))
}

/** First letter in capital, the rest as it is. */
export function capitalised(text: string): string {
  return text.charAt(0).toLocaleUpperCase('fr') + text.slice(1)
}

/** « Page – Tarn – Espace SPIE »: unique titles, from the most particular to the product. */
export function documentTitle(...parts: (string | null | undefined)[]): string {
  return [...parts.filter(Boolean), 'Espace SPIE'].join(' – ')
}

const MILLISECONDS_PER_DAY = 86_400_000

function dayNumber(value: DayOrInstant): number {
  return Date.parse(`${typeof value === 'string' ? value : parisDay(value)}T00:00:00Z`)
}

function dayCount(days: number): string {
  return counted(days, 'jour')
}
