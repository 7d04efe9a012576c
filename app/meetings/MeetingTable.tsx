import { Link } from '@remix-run/react'
import { LevelTag } from '#app/components/LevelTag.tsx'
import { StateBadge } from '#app/components/StateBadge.tsx'
import { type Column, Table } from '#app/components/Table.tsx'
import { capitalised, dateTime, mediumDate, relativeDay } from '#app/formats.ts'
import type { MeetingEntry } from '#server/domain/meetings/meeting-entries.ts'
import { useReadsConsortium } from './use-reads-consortium.ts'

interface MeetingTableProps {
  slug: string
  caption: string
  meetings: readonly MeetingEntry[]
  /** True where the meetings are of several instances. */
  withInstance?: boolean
  /** Says « dans 3 jours » beside the date. */
  now?: Date
}

/** Meetings by date: those one may open are links, the others only say when and where. */
export function MeetingTable({ slug, caption, meetings, withInstance, now }: MeetingTableProps) {
  const readsInstances = useReadsConsortium()
  const columns: Column<MeetingEntry>[] = [
    { header: 'Date', rowHeader: true, cell: meeting => <When slug={slug} meeting={meeting} now={now} /> },
    ...(withInstance
      ? [{ header: 'Instance', cell: (meeting: MeetingEntry) => instanceCell(slug, meeting, readsInstances) }]
      : []),
    { header: 'État', nowrap: true, cell: ({ state }) => <StateBadge of="meeting" state={state} /> },
    ...(meetings.some(meeting => showsMinutes(meeting))
      ? [{ header: 'Compte rendu', cell: (meeting: MeetingEntry) => minutesLink(slug, meeting) }]
      : []),
  ]
  return <Table caption={caption} captionHidden columns={columns} rows={meetings} rowKey={({ id }) => id} />
}

function When({ slug, meeting, now }: { slug: string; meeting: MeetingEntry; now?: Date }) {
  const date = capitalised(dateTime(meeting.startsAt))
  const details = [now ? capitalised(relativeDay(meeting.startsAt, now)) : null, meeting.title].filter(Boolean)
  return (
    <>
      {meeting.opens ? <Link to={`/${slug}/reunions/${meeting.id}`}>{date}</Link> : date}
      {details.length > 0 && (
        <>
          <br />
          <span className="meeting-detail">{details.join(' – ')}</span>
        </>
      )}
    </>
  )
}

function instanceCell(slug: string, { instance }: MeetingEntry, linked: boolean) {
  return (
    <>
      {linked ? <Link to={`/${slug}/instances/${instance.slug}`}>{instance.name}</Link> : instance.name}
      <br />
      <LevelTag level={instance.level} />
    </>
  )
}

/** The draft of a meeting to come is only its agenda: it is shown from the moment the meeting is open. */
function showsMinutes({ minutes, state }: MeetingEntry): boolean {
  return minutes !== null && (state === 'en_cours' || state === 'tenue')
}

function minutesLink(slug: string, meeting: MeetingEntry) {
  if (!meeting.minutes || !showsMinutes(meeting)) return null
  return (
    <>
      <Link to={`/${slug}/comptes-rendus/${meeting.minutes.id}`}>
        {meeting.minutes.state === 'brouillon' ? 'Brouillon' : 'Compte rendu'}
        <span className="visually-hidden"> du {mediumDate(meeting.startsAt)}</span>
      </Link>{' '}
      {meeting.minutes.state !== 'brouillon' && <StateBadge of="minutes" state={meeting.minutes.state} />}
    </>
  )
}
