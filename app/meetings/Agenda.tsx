import { Link } from '@remix-run/react'
import { EmptyState } from '#app/components/Notice.tsx'
import { PlainList } from '#app/components/PlainList.tsx'
import { Section } from '#app/components/Section.tsx'
import { NBSP } from '#app/formats.ts'
import type { MeetingPage } from '#server/domain/meetings/meeting-page.ts'

/** The agenda as it is read in the room: number, title, who reports, how long. */
export function Agenda({ slug, page }: { slug: string; page: Pick<MeetingPage, 'id' | 'agenda' | 'can'> }) {
  const total = page.agenda.reduce((sum, item) => sum + (item.durationMinutes ?? 0), 0)
  const complete = page.agenda.every(item => item.durationMinutes !== null)
  return (
    <Section title="Ordre du jour" hint={total > 0 && complete ? `Durée prévue${NBSP}: ${duration(total)}` : undefined}>
      {page.agenda.length === 0 ? (
        <EmptyState
          action={
            page.can.edit.allowed && (
              <Link to={`/${slug}/reunions/${page.id}/modification`}>Compléter l’ordre du jour</Link>
            )
          }
        >
          L’ordre du jour n’est pas encore écrit.
        </EmptyState>
      ) : (
        <PlainList ordered className="agenda">
          {page.agenda.map(item => (
            <AgendaPoint key={item.id} slug={slug} item={item} />
          ))}
        </PlainList>
      )}
    </Section>
  )
}

function AgendaPoint({ slug, item }: { slug: string; item: MeetingPage['agenda'][number] }) {
  const details = [
    item.reporter && `Rapporteur${NBSP}: ${item.reporter}`,
    item.durationMinutes !== null && duration(item.durationMinutes),
  ].filter(Boolean)
  return (
    <li>
      <span className="agenda-title">{item.title}</span>
      {details.length > 0 && <span className="soft">{details.join(' – ')}</span>}
      {item.decisionId && (
        <Link to={`/${slug}/decisions/${item.decisionId}`}>
          Proposition à examiner<span className="visually-hidden">, {item.title}</span>
        </Link>
      )}
    </li>
  )
}

/** « 45 min », « 1 h 30 ». */
export function duration(minutes: number): string {
  if (minutes < 60) return `${minutes}${NBSP}min`
  const rest = minutes % 60
  return `${Math.floor(minutes / 60)}${NBSP}h${rest === 0 ? '' : `${NBSP}${String(rest).padStart(2, '0')}`}`
}
