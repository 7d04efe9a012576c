import { Link } from '@remix-run/react'
import { Icon } from '#app/components/Icon.tsx'
import { PlainList } from '#app/components/PlainList.tsx'
import { Section } from '#app/components/Section.tsx'
import type {
  Directory,
  DirectoryFilter,
  DirectoryPerson,
  DirectoryRole,
} from '#server/domain/representation/directory.ts'

type Props = { slug: string; directory: Directory; filter: DirectoryFilter }

/** People, each once, under the institution they are found for. */
export function DirectoryList({ slug, directory, filter }: Props) {
  const rank = new Map(directory.organisations.map((organisation, index) => [organisation.slug, index]))
  const groups = Map.groupBy(directory.people, person => groupOf(person, filter, rank))
  return [...groups].map(([group, people]) => (
    <Section key={group} title={group}>
      <PlainList className="directory">
        {people.map(person => (
          <li key={person.id}>
            <Person slug={slug} person={person} />
          </li>
        ))}
      </PlainList>
    </Section>
  ))
}

function Person({ slug, person: { name, roles, contact } }: { slug: string; person: DirectoryPerson }) {
  const qualites = [...new Set(roles.map(role => role.qualite).filter(Boolean))]
  return (
    <>
      <div>
        <strong>{name}</strong>
        {qualites.map(qualite => (
          <span key={qualite} className="directory-detail">
            {qualite}
          </span>
        ))}
      </div>
      <PlainList className="directory-roles">
        {roles.map(role => (
          <li key={role.mandateId ?? role.functionLabel}>
            <Role slug={slug} name={name} role={role} />
          </li>
        ))}
      </PlainList>
      {contact && (
        <div className="directory-contact">
          <a href={`mailto:${contact.email}`}>{contact.email}</a>
          {contact.phone && <a href={`tel:${contact.phone.replace(/[^+\d]/g, '')}`}>{contact.phone}</a>}
        </div>
      )}
    </>
  )
}

function Role({ slug, name, role }: { slug: string; name: string; role: DirectoryRole }) {
  const { mandateId, functionLabel, instance, carriesVoice } = role
  if (!instance) return functionLabel
  return (
    <>
      <Link to={`/${slug}/mandats/${mandateId}`}>
        {functionLabel}
        <span className="visually-hidden">, mandat de {name}</span>
      </Link>
      , <Link to={`/${slug}/instances/${instance.slug}`}>{instance.shortName}</Link>
      {carriesVoice && (
        <span className="directory-voice">
          <Icon name="comment" />
          porte la voix
        </span>
      )}
    </>
  )
}

/** The institution that the filter asks for, else that of the instance that it asks for, else the first of the consortium. */
function groupOf({ roles }: DirectoryPerson, filter: DirectoryFilter, rank: ReadonlyMap<string, number>): string {
  const asked = roles.filter(
    ({ organisation, instance }) =>
      (filter.organisation === undefined || organisation?.slug === filter.organisation) &&
      (filter.instance === undefined || instance?.slug === filter.instance),
  )
  const [first] = asked
    .flatMap(({ organisation }) => (organisation ? [organisation] : []))
    .toSorted((one, other) => (rank.get(one.slug) ?? 0) - (rank.get(other.slug) ?? 0))
  return first?.name ?? 'Sans structure'
}
