import type { ProseMirrorJSON } from '#server/collaboration/stored-text.ts'
import type { AttendanceLine } from '../meetings/attendance-sheet.ts'
import { type Outcomes, plainText } from './outcomes.ts'

/** What deserves a look before sealing; none of these forbids it. */
export type Warning = { code: WarningCode; message: string }

export type WarningCode =
  | 'nobody_present'
  | 'organisation_absent'
  | 'action_without_owner'
  | 'action_without_date'
  | 'decision_without_nature'
  | 'empty_item'
  | 'mention_unread'

/** Warnings on a text about to be sealed, and on the attendance that goes with it (domain §6). */
export function warningsOf(content: ProseMirrorJSON, outcomes: Outcomes, attendance: AttendanceLine[]): Warning[] {
  return [
    ...attendanceWarnings(attendance),
    ...outcomes.actions.flatMap(action => [
      ...(action.ownerLabel === '' && action.ownerId === null
        ? [warning('action_without_owner', `L’action « ${excerpt(action.wording)} » n’a pas de responsable.`)]
        : []),
      ...(action.dueOn === null
        ? [warning('action_without_date', `L’action « ${excerpt(action.wording)} » n’a pas d’échéance.`)]
        : []),
    ]),
    ...outcomes.decisions
      .filter(decision => decision.nature === null)
      .map(decision =>
        warning(
          'decision_without_nature',
          `La décision « ${excerpt(decision.wording)} » n’a pas de nature : elle ira à l’instance compétente pour « Autre ».`,
        ),
      ),
    ...emptyItems(content).map(title => warning('empty_item', `Le point « ${excerpt(title)} » est vide.`)),
  ]
}

function attendanceWarnings(attendance: AttendanceLine[]): Warning[] {
  if (!attendance.some(line => line.status === 'present')) {
    return [warning('nobody_present', 'Personne n’est noté présent.')]
  }
  const organisations = Map.groupBy(
    attendance.filter(line => line.titulaire),
    line => line.organisation,
  )
  return [...organisations]
    .filter(([, lines]) => lines.every(line => line.status === null || line.status === 'absent'))
    .map(([organisation]) => warning('organisation_absent', `${organisation} : absence sans excuse.`))
}

/** Titles of the agenda's items under which nothing is written. */
function emptyItems(content: ProseMirrorJSON): string[] {
  const titles: string[] = []
  let open: string | null = null
  for (const node of content.content ?? []) {
    const heading = node.type === 'heading' && node.attrs?.level === 2
    if (heading && open !== null) titles.push(open)
    if (heading) open = plainText(node)
    else if (plainText(node) !== '' && !isReporterLine(node)) open = null
  }
  if (open !== null) titles.push(open)
  return titles
}

function isReporterLine(node: ProseMirrorJSON): boolean {
  return node.type === 'paragraph' && plainText(node).startsWith('Rapporteur')
}

function warning(code: WarningCode, message: string): Warning {
  return { code, message: message.replace(/« /g, '«\u00A0').replace(/ »/g, '\u00A0»').replace(/ :/g, '\u00A0:') }
}

function excerpt(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}
