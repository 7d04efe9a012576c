import { Link } from '@remix-run/react'
import { Icon } from './Icon.tsx'
import { PlainList } from './PlainList.tsx'

export interface Crumb {
  label: string
  to: string
}

/** The pages above this one, from the widest; the page itself is its title, not repeated here. */
export function Breadcrumb({ crumbs }: { crumbs: Crumb[] }) {
  return (
    <nav className="breadcrumb" aria-label="Fil d’Ariane">
      <PlainList ordered>
        {crumbs.map(crumb => (
          <li key={crumb.to}>
            <Link to={crumb.to}>{crumb.label}</Link>
            <Icon name="forward" />
          </li>
        ))}
      </PlainList>
    </nav>
  )
}
