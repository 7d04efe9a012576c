import type { ReactNode } from 'react'

export interface Description {
  term: string
  /** Left out when there is nothing to say. */
  value: ReactNode
}

/** Facts about one thing: date, place, state, who. Terms without a value are not shown. */
export function DescriptionList({ items }: { items: Description[] }) {
  const known = items.filter(({ value }) => value !== null && value !== undefined && value !== '' && value !== false)
  return (
    <dl className="descriptions">
      {known.map(({ term, value }) => (
        <FactPair key={term} term={term} value={value} />
      ))}
    </dl>
  )
}

function FactPair({ term, value }: Description) {
  return (
    <>
      <dt>{term}</dt>
      <dd>{value}</dd>
    </>
  )
}
