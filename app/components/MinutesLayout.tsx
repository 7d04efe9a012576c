import { type ReactNode, useEffect, useState } from 'react'
import { Icon, type IconName } from './Icon.tsx'

export interface MinutesPanel {
  /** Short, unique in the page: « presences ». */
  id: string
  label: string
  icon: IconName
  count?: number
  content: ReactNode
}

export interface MinutesLayoutProps {
  /** The agenda's outline, at the left of the sheet: an `<ol>` of links to its headings. */
  outline: ReactNode
  /** The letterhead and the text, live or sealed. */
  sheet: ReactNode
  /** At the right: présences, décisions, actions, who is here. */
  aside: readonly MinutesPanel[]
  /** What is stored, in a quiet line at the foot. */
  statusBar?: ReactNode
}

/**
 * The page of minutes, like the document it will become: outline, sheet, what goes with it. On a phone the sheet stands
 * alone and the rest is one tab away; without JavaScript everything follows and the tabs are links to it.
 */
export function MinutesLayout({ outline, sheet, aside, statusBar }: MinutesLayoutProps) {
  const [selected, setSelected] = useState('texte')
  const enhanced = useHydrated()
  const tabs = [
    { id: 'texte', label: 'Texte', icon: 'minutes' as const },
    { id: 'plan', label: 'Ordre du jour', icon: 'agenda' as const },
    ...aside,
  ]
  const panel = (id: string) => ({ id: `volet-${id}`, 'data-panel': '', 'data-selected': id === selected || undefined })

  return (
    <div className="minutes-layout" data-enhanced={enhanced || undefined}>
      <nav className="minutes-tabs" aria-label="Parties du compte rendu">
        {tabs.map(tab => (
          <a
            key={tab.id}
            href={`#volet-${tab.id}`}
            aria-current={enhanced && tab.id === selected ? 'true' : undefined}
            onClick={event => {
              event.preventDefault()
              setSelected(tab.id)
            }}
          >
            <Icon name={tab.icon} />
            {tab.label}
          </a>
        ))}
      </nav>
      <nav className="minutes-outline" aria-label="Ordre du jour" {...panel('plan')}>
        <h2>Ordre du jour</h2>
        {outline}
      </nav>
      <div className="minutes-sheet sheet" {...panel('texte')}>
        {sheet}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls by itself, and may hold nothing to focus. */}
      <aside className="minutes-aside" aria-label="Avec ce compte rendu" tabIndex={0}>
        {aside.map(({ id, label, icon, count, content }) => (
          <section key={id} className="minutes-panel" aria-labelledby={`volet-${id}-titre`} {...panel(id)}>
            <h2 id={`volet-${id}-titre`}>
              <Icon name={icon} />
              {label}
              {count !== undefined && <span className="section-count">({count})</span>}
            </h2>
            {content}
          </section>
        ))}
      </aside>
      {statusBar && <div className="minutes-status">{statusBar}</div>}
    </div>
  )
}

/** False on the server and for the first render in the browser, then true. */
function useHydrated(): boolean {
  const [hydrated, setHydrated] = useState(false)
  useEffect(() => setHydrated(true), [])
  return hydrated
}
