import { Temporal } from 'temporal-polyfill'
import { addDays, addWorkingDays, type Clock } from '#server/calendar.ts'
import { parisDay } from '#server/vocabulary/french.ts'
import type { DemoDay } from './data.ts'

/** The dates of the demonstration, all counted from the day it is made: it makes sense whatever that day is. */
export type DemoCalendar = {
  now: Date
  today: string
  /** First day of the consortia: the first of a month, more than a year ago. */
  firstDay: string
  /** The day itself, working or not. */
  day(when: DemoDay): string
  /** A working day: at or before a past one, at or after a coming one. */
  workingDay(offset: number): string
  /** The quarter of an hour at which today's meeting began: half an hour ago at least, unless the day is younger. */
  todaysStart: string
}

const daysLived = 430

export function demoCalendar(now: Date): DemoCalendar {
  const today = parisDay(now)
  return {
    now,
    today,
    firstDay: `${addDays(today, -daysLived).slice(0, 7)}-01`,
    day: when => (when === 'next-january' ? `${Number(today.slice(0, 4)) + 1}-01-01` : addDays(today, when)),
    workingDay: offset => workingDayAround(addDays(today, offset), offset > 0),
    todaysStart: startBefore(now, today),
  }
}

/** A clock that the chronicle moves: it never goes back, and never beyond the instant at which the demonstration is made. */
export class ChronicleClock implements Clock {
  #now: Date
  readonly #end: Date

  constructor(start: Date, end: Date) {
    this.#now = start
    this.#end = end
  }

  now(): Date {
    return this.#now
  }

  /** Goes to an instant, or stays where it is when that one is past already. */
  goTo(instant: Date): void {
    const next = Math.min(Math.max(instant.getTime(), this.#now.getTime()), this.#end.getTime())
    this.#now = new Date(next)
  }
}

function workingDayAround(day: string, forward: boolean): string {
  if (isWorkingDay(day)) return day
  if (forward) return addWorkingDays(day, 1)
  return workingDayAround(addDays(day, -1), false)
}

function isWorkingDay(day: string): boolean {
  return addWorkingDays(addDays(day, -1), 1) === day
}

function startBefore(now: Date, today: string): string {
  const zoned = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO('Europe/Paris')
  const earlier = zoned.subtract({ minutes: 30 })
  const quarter = earlier.with({ minute: earlier.minute - (earlier.minute % 15), second: 0, millisecond: 0 })
  return quarter.toPlainDate().toString() === today ? quarter.toPlainTime().toString().slice(0, 5) : '00:00'
}
