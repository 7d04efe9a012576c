import type { ReactNode } from 'react'
import { Icon } from './Icon.tsx'

export interface DisclosureProps {
  summary: ReactNode
  open?: boolean
  id?: string
  children: ReactNode
}

/** What one may ask to see (« Preuve d’intégrité », « Qui peut voir ceci ? »): a native `<details>`. */
export function Disclosure({ summary, open, id, children }: DisclosureProps) {
  return (
    <details className="disclosure" open={open} id={id}>
      <summary>
        <Icon name="chevron" />
        {summary}
      </summary>
      <div className="disclosure-body">{children}</div>
    </details>
  )
}
