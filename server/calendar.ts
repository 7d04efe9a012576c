import joursFeries from '@socialgouv/jours-feries'
import { Temporal } from 'temporal-polyfill'

/** Source of « now »: injected everywhere, so that the demonstration's past and the tests have their own. */
export type Clock = { now(): Date }

/** The clock of the machine. */
export const systemClock: Clock = { now: () => new Date() }

const PARIS = 'Europe/Paris'

/** The instant of a Paris wall-clock day and time (`YYYY-MM-DD`, `HH:MM`). @throws RangeError on an impossible date. */
export function parisInstant(day: string, time: string): Date {
  const wallClock = Temporal.PlainDateTime.from(`${day}T${time}`, { overflow: 'reject' })
  return new Date(wallClock.toZonedDateTime(PARIS).epochMilliseconds)
}

/** `HH:MM` in Paris, as a form field wants it. */
export function parisTime(instant: Date): string {
  return zoned(instant).toPlainTime().toString({ smallestUnit: 'minute' })
}

/** The day `days` days after a day (`YYYY-MM-DD`). */
export function addDays(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString()
}

/** The same day and hour in Paris, `months` months before an instant. */
export function monthsBefore(instant: Date, months: number): Date {
  return new Date(zoned(instant).subtract({ months }).epochMilliseconds)
}

/** The day `count` working days after a day: neither week-ends nor public holidays of metropolitan France. */
export function addWorkingDays(day: string, count: number): string {
  let date = Temporal.PlainDate.from(day)
  for (let left = count; left > 0; ) {
    date = date.add({ days: 1 })
    if (isWorkingDay(date)) left -= 1
  }
  return date.toString()
}

function isWorkingDay(date: Temporal.PlainDate): boolean {
  if (date.dayOfWeek > 5) return false
  const holidays = Object.values(joursFeries(date.year))
  return !holidays.some(holiday => holiday.toISOString().slice(0, 10) === date.toString())
}

function zoned(instant: Date): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(PARIS)
}
