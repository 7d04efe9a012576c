import { NBSP, parisDay, time } from '#app/formats.ts'
import type { MeetingDraft, MeetingPage } from '#server/domain/meetings/meeting-page.ts'

/** A point of the agenda as its fields hold it; `id` is empty for a new one. */
export type AgendaValues = { id: string; title: string; reporter: string; durationMinutes: string }

/** Everything the form of a meeting holds, as text. */
export type MeetingValues = {
  day: string
  startTime: string
  endTime: string
  title: string
  place: string
  link: string
  items: AgendaValues[]
}

export const emptyMeeting: MeetingValues = {
  day: '',
  startTime: '',
  endTime: '',
  title: '',
  place: '',
  link: '',
  items: [],
}

/** A meeting to be modified. */
export function valuesOfMeeting(page: MeetingPage): MeetingValues {
  return { ...valuesOf(page), day: parisDay(page.startsAt), items: page.agenda.map(valuesOfItem) }
}

/** « Reprendre la précédente »: everything but the day; the points are new ones. */
export function valuesToResume(previous: MeetingDraft): MeetingValues {
  return { ...valuesOf(previous), day: '', items: previous.items.map(item => valuesOfItem({ ...item, id: '' })) }
}

/** What was typed, right or wrong, to be shown again. */
export function typedMeeting(form: FormData): MeetingValues {
  const text = (name: string) => String(form.get(name) ?? '')
  return {
    day: text('day'),
    startTime: text('startTime'),
    endTime: text('endTime'),
    title: text('title'),
    place: text('place'),
    link: text('link'),
    items: rowNumbers(form).map(row => ({
      id: text(`items[${row}].id`),
      title: text(`items[${row}].title`),
      reporter: text(`items[${row}].reporter`),
      durationMinutes: text(`items[${row}].durationMinutes`),
    })),
  }
}

/**
 * What was typed, made possible again after somebody else changed the agenda: points that they removed become new ones,
 * proposals that they placed are added, as they cannot be removed from here.
 */
export function typedAfterConflict(typed: MeetingValues, saved: MeetingPage['agenda']): MeetingValues {
  const known = new Set(saved.map(item => item.id))
  const kept = typed.items.map(item => (known.has(item.id) ? item : { ...item, id: '' }))
  const placed = saved.filter(item => item.decisionId !== null && !kept.some(({ id }) => id === item.id))
  return { ...typed, items: [...kept, ...placed.map(valuesOfItem)] }
}

/** As typed, less the rows in which nothing is. */
export function withoutBlanks(typed: MeetingValues): MeetingValues {
  return { ...typed, items: typed.items.filter(item => !isBlank(item)) }
}

/** True for a row in which nothing is typed. */
export function isBlank(row: AgendaValues): boolean {
  return [row.id, row.title, row.reporter, row.durationMinutes].every(text => text.trim() === '')
}

function valuesOf(meeting: Pick<MeetingPage, 'startsAt' | 'endsAt' | 'title' | 'place' | 'link'>) {
  const { startsAt, endsAt, title, place, link } = meeting
  return { startTime: fieldTime(startsAt), endTime: endsAt ? fieldTime(endsAt) : '', title, place, link }
}

type Item = { id: string; title: string; reporter: string; durationMinutes: number | null }

function valuesOfItem({ id, title, reporter, durationMinutes }: Item): AgendaValues {
  return { id, title, reporter, durationMinutes: durationMinutes === null ? '' : String(durationMinutes) }
}

/** « 9 h 05 » as a time field wants it, `09:05`. */
function fieldTime(instant: Date): string {
  const [hour = '', minute = ''] = time(instant).split(`${NBSP}h${NBSP}`)
  return `${hour.padStart(2, '0')}:${minute}`
}

/** The rows that a form holds, in order. */
function rowNumbers(form: FormData): number[] {
  const rows = [...form.keys()].flatMap(name => /^items\[(\d{1,3})\]\./.exec(name)?.[1] ?? [])
  return [...new Set(rows.map(Number))].sort((one, other) => one - other)
}
