import { NBSP } from '#server/vocabulary/french.ts'
import type { AttendingOrganisation, AttendingPerson } from './minutes-document.ts'
import { printableLine } from './printable-text.ts'
import { lineOrNull, type Pieces, pieces } from './printed-labels.ts'

/** Those of one status, by institution. */
export interface PrintedAttendance {
  /** « Présents (7, dont 2 à distance) ». */
  label: string
  organisations: { name: Pieces; people: PrintedPerson[] }[]
}

interface PrintedPerson {
  name: Pieces
  /** « par M. Omar Fabre » under the name of who is represented. */
  by: string | null
  detail: Pieces
}

/** Présents, représentés, excusés, absents, each by institution; a status nobody has is left out. */
export function printedAttendance(organisations: AttendingOrganisation[]): PrintedAttendance[] {
  return GROUPS.map(([status, label]) => {
    const groups = organisations
      .map(({ organisation, people }) => ({ organisation, people: people.filter(person => person.status === status) }))
      .filter(({ people }) => people.length > 0)
    return { label: `${label}${NBSP}${count(groups.flatMap(group => group.people))}`, groups }
  })
    .filter(({ groups }) => groups.length > 0)
    .map(({ label, groups }) => ({ label, organisations: groups.map(printedOrganisation) }))
}

const GROUPS = [
  ['present', 'Présents'],
  ['represente', 'Représentés'],
  ['excuse', 'Excusés'],
  ['absent', 'Absents'],
] as const

function count(people: AttendingPerson[]): string {
  const remote = people.filter(isRemote).length
  return remote === 0 ? `(${people.length})` : `(${people.length}, dont ${remote}${NBSP}à${NBSP}distance)`
}

function printedOrganisation({ organisation, people }: AttendingOrganisation) {
  return { name: pieces(printableLine(organisation)), people: people.map(printedPerson) }
}

function printedPerson(person: AttendingPerson): PrintedPerson {
  const qualite = printableLine(person.qualite)
  const functionLabel = printableLine(person.functionLabel)
  const details = [
    qualite,
    qualite === '' ? functionLabel : lowerInitial(functionLabel),
    isRemote(person) ? `à${NBSP}distance` : '',
  ]
  const representedBy = person.status === 'represente' ? lineOrNull(person.representedBy) : null
  return {
    name: pieces(printableLine(person.name)),
    by: representedBy ? `par ${representedBy}` : null,
    detail: pieces(details.filter(detail => detail !== '').join(', ')),
  }
}

/** Only those who took part, themselves or through someone, took part from afar. */
function isRemote({ mode, status }: AttendingPerson): boolean {
  return mode === 'distance' && (status === 'present' || status === 'represente')
}

/** « Copilote » after a comma is « copilote », but « DGA » stays. */
function lowerInitial(text: string): string {
  return /^\p{Lu}\p{Ll}/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text
}
