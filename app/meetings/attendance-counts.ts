import { counted, list, NBSP } from '#app/formats.ts'
import type { AttendanceLine } from '#server/domain/meetings/attendance-sheet.ts'
import type { AttendanceStatus, MeetingState } from '#server/vocabulary/meetings.ts'

export type AttendanceCounts = Record<AttendanceStatus | 'unknown', number>

/** How many people of each status, `null` being somebody not marked yet. */
export function countStatuses(statuses: readonly (AttendanceStatus | null)[]): AttendanceCounts {
  const counts: AttendanceCounts = { present: 0, represente: 0, excuse: 0, absent: 0, unknown: 0 }
  for (const status of statuses) counts[status ?? 'unknown'] += 1
  return counts
}

/** « 8 présents, 1 représenté, 2 excusés »: the statuses that somebody has. */
export function countsSentence(counts: AttendanceCounts): string {
  const parts = words.filter(({ of }) => counts[of] > 0).map(({ of, one }) => counted(counts[of], one))
  const unknown = counts.unknown > 0 ? `${counted(counts.unknown, 'personne')} à${NBSP}renseigner` : null
  return list([...parts, ...(unknown ? [unknown] : [])])
}

const words = [
  { of: 'present', one: 'présent' },
  { of: 'represente', one: 'représenté' },
  { of: 'excuse', one: 'excusé' },
  { of: 'absent', one: 'absent' },
] as const

/** Once the meeting is held, a titulaire of whom nothing was recorded was absent. */
export function statusOf(line: AttendanceLine, state: MeetingState): AttendanceStatus | null {
  return line.status ?? (line.titulaire && state === 'tenue' ? 'absent' : null)
}

/** Those one expects, and those who came in addition. */
export function expectedLines(lines: readonly AttendanceLine[]): AttendanceLine[] {
  return lines.filter(line => line.titulaire || line.status !== null)
}

/** By institution, in the order in which they come; in each, those one expects first. */
export function byInstitution(lines: readonly AttendanceLine[]): [string, AttendanceLine[]][] {
  const groups = new Map<string, AttendanceLine[]>()
  for (const line of lines) groups.set(line.organisation, [...(groups.get(line.organisation) ?? []), line])
  return [...groups].map(([organisation, people]) => [
    organisation,
    people.toSorted((one, other) => Number(other.titulaire) - Number(one.titulaire)),
  ])
}
