import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { Icon, type IconName } from './Icon.tsx'
import { PlainList } from './PlainList.tsx'

/** A list of things one opens: what waits for a person, the next meetings. */
export function Entries({ children }: { children: ReactNode }) {
  return <PlainList className="entries">{children}</PlainList>
}

export interface EntryProps {
  /** What kind of thing it is, or what to do with it. */
  icon: IconName
  title: ReactNode
  /** Nothing for what the person knows of and may not open. */
  to: string | null | false
  detail?: ReactNode
  /** State or deadline, at the right. */
  aside?: ReactNode
}

/** One of them: the whole line leads to it, the title is the link that is read aloud. */
export function Entry({ icon, title, to, detail, aside }: EntryProps) {
  return (
    <li className="entry">
      <span className="entry-icon">
        <Icon name={icon} />
      </span>
      <span className="entry-title">{to ? <Link to={to}>{title}</Link> : title}</span>
      {detail && <span className="entry-detail">{detail}</span>}
      {aside && <span className="entry-aside">{aside}</span>}
    </li>
  )
}
