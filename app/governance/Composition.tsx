import { DescriptionList } from '#app/components/DescriptionList.tsx'
import { PlainList } from '#app/components/PlainList.tsx'
import { Section } from '#app/components/Section.tsx'
import { Badge } from '#app/components/StateBadge.tsx'
import { plural } from '#app/formats.ts'
import type { InstancePage, SeatView } from '#server/domain/governance/instance-page.ts'
import type { MandateFunction } from '#server/vocabulary/governance.ts'

type Composition = InstancePage['composition']

/** Who leads the instance first, then who sits there, institution by institution. */
export function CompositionSection({ page }: { page: InstancePage }) {
  const { composition, compositionText } = page
  if (composition.length === 0 && !compositionText) return null
  const count = composition.reduce((sum, { people }) => sum + people.length, 0)
  return (
    <Section title="Composition" count={count > 0 ? count : undefined} hint={compositionText || undefined}>
      <Leads composition={composition} />
      {count > 0 && (
        <DescriptionList
          items={composition.map(({ organisation, people }) => ({
            term: organisation,
            value: <People people={people.toSorted(leadsFirst)} />,
          }))}
        />
      )}
    </Section>
  )
}

/** « Copilotes : Mme Claire Vidal (Département du Tarn) et M. Omar Fabre (CAF du Tarn) » */
function Leads({ composition }: { composition: Composition }) {
  const seats = composition.flatMap(({ organisation, people }) => people.map(seat => ({ ...seat, organisation })))
  return leadFunctions.map(({ code, singular, several }) => {
    const leads = seats.filter(seat => seat.function === code)
    if (leads.length === 0) return null
    return (
      <div className="leads" key={code}>
        <h3>{plural(leads.length, singular, several)}</h3>
        <PlainList className="leads-list">
          {leads.map(lead => (
            <li key={`${lead.name}${lead.organisation}`}>
              <strong>{lead.name}</strong>
              <span className="soft">{[lead.qualite, lead.organisation].filter(Boolean).join(', ')}</span>
            </li>
          ))}
        </PlainList>
      </div>
    )
  })
}

const leadFunctions: { code: MandateFunction; singular: string; several: string }[] = [
  { code: 'president', singular: 'Présidence', several: 'Coprésidence' },
  { code: 'copilote', singular: 'Copilote', several: 'Copilotes' },
]

function People({ people }: { people: SeatView[] }) {
  return (
    <PlainList className="people">
      {people.map(person => (
        <li key={`${person.name}${person.functionLabel}`}>
          <Person person={person} />
        </li>
      ))}
    </PlainList>
  )
}

function Person({ person: { name, function: code, functionLabel, qualite, contact } }: { person: SeatView }) {
  const leads = code === 'president' || code === 'copilote'
  return (
    <>
      <span className="person-line">
        <strong>{name}</strong>{' '}
        {leads ? (
          <Badge icon="person" tone="accent">
            {functionLabel}
          </Badge>
        ) : (
          <span className="soft">{functionLabel}</span>
        )}
      </span>
      {qualite && <span className="soft">{qualite}</span>}
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
