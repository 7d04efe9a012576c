import { Link } from '@remix-run/react'
import { Disclosure } from '#app/components/Disclosure.tsx'
import { capitalised, counted } from '#app/formats.ts'
import type { ReaderGroup, Reading } from '#server/domain/access/access-page.ts'
import { Throughs } from './Throughs.tsx'

type ReadingsProps = {
  readings: readonly Reading[]
  showsPeople: boolean
  /** The group that is shown whole. */
  whole: string | null
  /** Tells apart the groups of two lists of one page. */
  prefix: string
}

/** Each way of reading a thing, and the people who do, grouped by the reason. */
export function Readings({ readings, ...rest }: ReadingsProps) {
  return (
    <div className="stack">
      {readings.map((reading, rank) => (
        <div key={reading.rule} className="stack">
          <h3 className="access-reading">
            {capitalised(reading.verb)} <span className="soft">({reading.rule})</span>
            {rest.showsPeople && ` : ${counted(reading.total, 'personne')}`}
          </h3>
          <Groups groups={reading.groups} {...rest} prefix={`${rest.prefix}${rank}-`} open={rank === 0} />
        </div>
      ))}
    </div>
  )
}

type GroupsProps = Omit<ReadingsProps, 'readings'> & { groups: readonly ReaderGroup[]; open: boolean }

function Groups({ groups, showsPeople, whole, prefix, open }: GroupsProps) {
  if (groups.length === 0) return <p>Personne aujourd’hui.</p>
  if (!showsPeople) {
    return (
      <ul className="list">
        {groups.map(({ who, when }) => (
          <li key={`${who}${when}`}>
            {capitalised(who)}
            {when && <span className="soft"> – {when}</span>}
          </li>
        ))}
      </ul>
    )
  }
  return groups.map((group, rank) => {
    const id = `${prefix}${rank}`
    return (
      <Disclosure
        key={id}
        id={`groupe-${id}`}
        open={whole === id || (open && group.people.length <= fewEnough)}
        summary={
          <span>
            {capitalised(group.who)} <span className="soft">({group.people.length})</span>
            {group.when && <span className="soft small"> – {group.when}</span>}
          </span>
        }
      >
        <People group={group} id={id} whole={whole === id} />
      </Disclosure>
    )
  })
}

/** So many are shown at once, and that many without opening anything. */
const most = 60
const fewEnough = 12

function People({ group, id, whole }: { group: ReaderGroup; id: string; whole: boolean }) {
  const shown = whole ? group.people : group.people.slice(0, most)
  const others = group.people.length - shown.length
  return (
    <>
      <ul className="list">
        {shown.map(({ name, organisation, through, you }, rank) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two people may have the same name, and the list never moves.
          <li key={rank}>
            {name}
            {organisation && ` (${organisation})`}
            {you && <strong> – vous</strong>}
            <Throughs through={through} />
          </li>
        ))}
      </ul>
      {others > 0 && (
        <p>
          <Link to={`?groupe=${id}#groupe-${id}`}>
            Voir les {counted(others, 'autre personne', 'autres personnes')}
          </Link>
        </p>
      )}
    </>
  )
}
