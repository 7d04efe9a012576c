import type { AttendanceLine } from '#server/domain/meetings/attendance-sheet.ts'
import type { AttendanceMode } from '#server/vocabulary/meetings.ts'

/** One person's fields, as text. */
export type AttendanceValues = {
  mandateId: string
  status: string
  mode: string
  representedBy: string
  reason: string
  /** What the fields held when the page was made: a line that nobody touched is not sent again. */
  seen: string
}

/** What the form shows at first; `usualMode` is proposed for who is not marked yet. */
export function valuesOfLine(line: AttendanceLine, usualMode: AttendanceMode | ''): AttendanceValues {
  const cameSomehow = line.status === 'present' || line.status === 'represente'
  const values = {
    mandateId: line.mandateId,
    status: line.status ?? '',
    mode: line.mode ?? (cameSomehow ? '' : usualMode),
    representedBy: line.representedBy ?? '',
    reason: line.reason ?? '',
  }
  return { ...values, seen: fingerprint(values) }
}

/** A meeting in one place only, or at a distance only, says how people come. */
export function usualModeOf(meeting: { place: string; link: string }): AttendanceMode | '' {
  if (meeting.place !== '' && meeting.link === '') return 'sur_place'
  if (meeting.link !== '' && meeting.place === '') return 'distance'
  return ''
}

/** What was typed, right or wrong, in the order of the form. */
export function typedAttendance(form: FormData): AttendanceValues[] {
  const rows = [...form.keys()].flatMap(name => /^lines\[(\d{1,3})\]\.mandateId$/.exec(name)?.[1] ?? [])
  return rows.map(row => {
    const text = (field: string) => String(form.get(`lines[${row}].${field}`) ?? '')
    return {
      mandateId: text('mandateId'),
      status: text('status'),
      mode: text('mode'),
      representedBy: text('representedBy'),
      reason: text('reason'),
      seen: text('seen'),
    }
  })
}

/**
 * The lines that this person changed. Two people may mark at the same time, each on their phone: the one who saves last
 * does not undo what the other did meanwhile.
 */
export function changedLines<Line extends { mandateId: string }>(
  lines: readonly Line[],
  typed: readonly AttendanceValues[],
): Line[] {
  const untouched = new Set(typed.filter(line => line.seen === fingerprint(line)).map(line => line.mandateId))
  return lines.filter(line => !untouched.has(line.mandateId))
}

function fingerprint({ status, mode, representedBy, reason }: Omit<AttendanceValues, 'seen' | 'mandateId'>): string {
  return JSON.stringify([status, mode, representedBy, reason])
}
