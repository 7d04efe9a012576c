import { Link } from '@remix-run/react'
import { DescriptionList } from '#app/components/DescriptionList.tsx'
import { PlainList } from '#app/components/PlainList.tsx'
import { Section } from '#app/components/Section.tsx'
import { Badge } from '#app/components/StateBadge.tsx'
import { plural } from '#app/formats.ts'
import type { InstancePage, SeatView } from '#server/domain/governance/instance-page.ts'
import type { MandateFunction } from '#server/vocabulary/governance.ts'

/** Who sits there, institution by institution, those who lead first. */
export function CompositionSection({ slug, page }: { slug: string; page: InstancePage }) {
  const { composition, compositionText } = page
  const count = composition.reduce((sum, { people }) => sum + people.length, 0)
  if (count === 0 && !compositionText) return null
  return (
    <Section title="Composition" count={count > 0 ? count : undefined} hint={compositionText || undefined}>
      {count > 0 && (
        <div className="composition">
          <DescriptionList
            items={composition.map(({ organisation, people }) => ({
              term: organisation,
              value: <People slug={slug} people={people.toSorted(leadsFirst)} />,
            }))}
          />
        </div>
      )}
    </Section>
  )
}

/** Presidents and copilotes, before anything else: those one writes to. */
export function Leads({ slug, composition }: { slug: string; composition: InstancePage['composition'] }) {
  const seats = composition.flatMap(({ organisation, people }) => people.map(seat => ({ ...seat, organisation })))
  return leadFunctions.map(({ code, singular, several }) => {
    const leads = seats.filter(seat => seat.function === code)
    if (leads.length === 0) return null
    return (
      <Section key={code} title={plural(leads.length, singular, several)}>
        <PlainList className="leads">
          {leads.map(lead => (
            <li key={lead.mandateId}>
              <MandateLink slug={slug} seat={lead} />
              <span className="soft">{[lead.qualite, lead.organisation].filter(Boolean).join(', ')}</span>
            </li>
          ))}
        </PlainList>
      </Section>
    )
  })
}

const leadFunctions: { code: MandateFunction; singular: string; several: string }[] = [
  { code: 'president', singular: 'Présidence', several: 'Coprésidence' },
  { code: 'copilote', singular: 'Copilote', several: 'Copilotes' },
]

function People({ slug, people }: { slug: string; people: SeatView[] }) {
  return (
    <PlainList className="people">
      {people.map(person => (
        <li key={person.mandateId}>
          <Person slug={slug} person={person} />
        </li>
      ))}
    </PlainList>
  )
}

/** Their name leads to the mandate: since when, instead of whom, who may see it. */
function MandateLink({ slug, seat: { mandateId, name } }: { slug: string; seat: SeatView }) {
  return (
    <strong>
      <Link to={`/${slug}/mandats/${mandateId}`}>{name}</Link>
    </strong>
  )
}

function Person({ slug, person }: { slug: string; person: SeatView }) {
  const { function: code, functionLabel, qualite, contact } = person
  const leads = code === 'president' || code === 'copilote'
  return (
    <>
      <span className="person-line">
        <MandateLink slug={slug} seat={person} />{' '}
        {leads ? (
          <Badge icon="person" tone="accent">
            {functionLabel}
          </Badge>
        ) : (
          <span className="soft">{functionLabel}</span>
        )}
      </span>
      <span className="soft">{qualite}</span>
      {contact && (
        <span className="person-contact">
          <a href={`mailto:${contact.email}`}>{contact.email}</a>
          {contact.phone && <a href={`tel:${contact.phone.replace(/[^+\d]/g, '')}`}>{contact.phone}</a>}
        </span>
      )}
    </>
  )
}

const order: readonly MandateFunction[] = ['president', 'copilote', 'membre', 'suppleant', 'secretaire', 'assistant']

function leadsFirst(one: SeatView, other: SeatView): number {
  return order.indexOf(one.function) - order.indexOf(other.function)
}
