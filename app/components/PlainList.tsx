import type { ReactNode } from 'react'

export interface PlainListProps {
  ordered?: boolean
  className?: string
  children: ReactNode
}

/** A list drawn without bullets or numbers. Some screen readers then stop announcing it as one: its role says it. */
export function PlainList({ ordered, className, children }: PlainListProps) {
  const Tag = ordered ? 'ol' : 'ul'
  return (
    <Tag className={className} {...listRole}>
      {children}
    </Tag>
  )
}

const listRole = { role: 'list' } as const
