import { Link } from '@remix-run/react'
import { DescriptionList } from '#app/components/DescriptionList.tsx'
import { useProjection } from '#app/components/Frame.tsx'
import type { IconName } from '#app/components/Icon.tsx'
import { PlainList } from '#app/components/PlainList.tsx'
import { Section } from '#app/components/Section.tsx'
import { Badge, type Tone } from '#app/components/StateBadge.tsx'
import type { AttendanceLine } from '#server/domain/meetings/attendance-sheet.ts'
import type { MeetingPage } from '#server/domain/meetings/meeting-page.ts'
import { type AttendanceStatus, attendanceModeLabels } from '#server/vocabulary/meetings.ts'
import { byInstitution, countStatuses, countsSentence, expectedLines, statusOf } from './attendance-counts.ts'

/** Who came, by institution; nothing before anybody was marked, or for who may not read it. */
export function AttendanceSummary({ slug, page }: { slug: string; page: MeetingPage }) {
  const projected = useProjection()
  const lines = expectedLines(page.attendance ?? [])
  const marked = lines.some(line => line.status !== null)
  const mayRecord = page.can.recordAttendance.allowed && page.attendanceOpen
  if (!marked && page.state !== 'en_cours' && !(page.state === 'tenue' && mayRecord)) return null
  if (lines.length === 0) return null
  return (
    <Section
      title="Présences"
      hint={countsSentence(countStatuses(lines.map(line => statusOf(line, page.state))))}
      action={
        mayRecord &&
        !projected && (
          <Link to={`/${slug}/reunions/${page.id}/presences`}>
            {marked ? 'Corriger les présences' : 'Relever les présences'}
          </Link>
        )
      }
    >
      {marked && (
        <div className="facts">
          <DescriptionList
            items={byInstitution(lines).map(([organisation, people]) => ({
              term: organisation,
              value: <People people={people} page={page} projected={projected} />,
            }))}
          />
        </div>
      )}
    </Section>
  )
}

type PeopleProps = { people: AttendanceLine[]; page: MeetingPage; projected: boolean }

function People({ people, page: { state, recorders }, projected }: PeopleProps) {
  const recorderOf = new Map(recorders.map(({ mandateId, by }) => [mandateId, by]))
  return (
    <PlainList className="attending">
      {people.map(line => (
        <li key={line.mandateId}>
          <span>{line.name}</span>
          <Status status={statusOf(line, state)} />
          {/* Why somebody could not come is not for a screen in the room. */}
          <Detail
            line={projected ? { ...line, reason: null } : line}
            by={projected ? undefined : recorderOf.get(line.mandateId)}
          />
        </li>
      ))}
    </PlainList>
  )
}

function Detail({ line, by }: { line: AttendanceLine; by: string | undefined }) {
  const details = [
    line.status === 'represente' && line.representedBy && `par ${line.representedBy}`,
    line.mode === 'distance' && attendanceModeLabels.distance.toLocaleLowerCase('fr'),
    line.reason,
    by && `noté par ${by}`,
  ].filter(Boolean)
  return details.length > 0 ? <span className="soft small attending-detail">{details.join(' – ')}</span> : null
}

function Status({ status }: { status: AttendanceStatus | null }) {
  const { icon, tone, word } = looks[status ?? 'unknown']
  return (
    <Badge icon={icon} tone={tone}>
      {word}
    </Badge>
  )
}

const looks: Record<AttendanceStatus | 'unknown', { icon: IconName; tone: Tone; word: string }> = {
  present: { icon: 'circle-check', tone: 'success', word: 'Présent' },
  represente: { icon: 'people', tone: 'info', word: 'Représenté' },
  excuse: { icon: 'pause', tone: 'neutral', word: 'Excusé' },
  absent: { icon: 'circle-cross', tone: 'neutral', word: 'Absent' },
  unknown: { icon: 'circle', tone: 'warning', word: 'Non renseigné' },
}
