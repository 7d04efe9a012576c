import { Link, useLocation } from '@remix-run/react'
import { PlainList } from './PlainList.tsx'

export interface Tab {
  label: string
  /** Address of the tab, usually the same page with another parameter. */
  to: string
  count?: number
  /** Said when comparing addresses is not enough. */
  current?: boolean
}

/** Views of one thing, each with its address: Back works, a view can be sent by mail. */
export function Tabs({ label, tabs }: { label: string; tabs: Tab[] }) {
  const { pathname, search } = useLocation()
  return (
    <nav className="tabs" aria-label={label}>
      <PlainList>
        {tabs.map(tab => (
          <li key={tab.to}>
            <Link
              to={tab.to}
              aria-current={(tab.current ?? isHere(tab.to, pathname, search)) ? 'page' : undefined}
              preventScrollReset
            >
              {tab.label}
              {tab.count !== undefined && <span className="tabs-count">({tab.count})</span>}
            </Link>
          </li>
        ))}
      </PlainList>
    </nav>
  )
}

function isHere(to: string, pathname: string, search: string): boolean {
  return to === `${pathname}${search}` || (to.startsWith('?') && to === search)
}
