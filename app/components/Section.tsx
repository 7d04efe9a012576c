import { type ReactNode, useId } from 'react'

export interface SectionProps {
  title: string
  /** Number of things in it, beside the title. */
  count?: number
  /** 2 inside a page (default), 3 inside a section. */
  headingLevel?: 2 | 3
  id?: string
  /** One sentence under the title. */
  hint?: ReactNode
  /** A small action at the right of the title. */
  action?: ReactNode
  children: ReactNode
}

/** A part of a page with its title; an anchor when it has an `id`. */
export function Section({ title, count, headingLevel = 2, id, hint, action, children }: SectionProps) {
  const headingId = useId()
  return (
    <section className="section" id={id} aria-labelledby={headingId}>
      <div className="section-head">
        <Heading level={headingLevel} id={headingId}>
          {title}
          {count !== undefined && <span className="section-count">({count})</span>}
        </Heading>
        {action}
      </div>
      {hint && <p className="section-hint">{hint}</p>}
      {children}
    </section>
  )
}

/** A heading outside a `Section`, with its level said. */
export function Heading({ level, id, children }: { level: 2 | 3 | 4; id?: string; children: ReactNode }) {
  const Tag = `h${level}` as const
  return <Tag id={id}>{children}</Tag>
}

/** What to read at the left, what goes with it at the right; one under the other on a narrow screen. */
export function Columns({ children, aside }: { children: ReactNode; aside: ReactNode }) {
  return (
    <div className="columns">
      <div className="page-body">{children}</div>
      <div className="page-body">{aside}</div>
    </div>
  )
}
