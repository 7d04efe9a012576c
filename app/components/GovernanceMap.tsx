import { Link, useLocation } from '@remix-run/react'
import { Fragment } from 'react'
import { mediumDate } from '#app/formats.ts'
import { GovernanceList } from './GovernanceList.tsx'
import {
  type GovernanceLayout,
  layOutGovernance,
  type MappedInstance,
  type PlacedCard,
  type PlacedTier,
} from './governance-layout.ts'
import { Icon } from './Icon.tsx'

export interface GovernanceMapProps {
  instances: readonly MappedInstance[]
  consortiumSlug: string
  /** Of the titles of the levels in the list: 2 right under the page's title, 3 inside a section. */
  headingLevel?: 2 | 3
}

/**
 * The governance understood at a glance: three storeys, what rises between them and what descends. A picture made of
 * real links where there is room for it, its twin list elsewhere (phone, large text) and whenever one prefers it
 * (`?vue=liste`). Both are in the page, one is shown: nothing is announced twice.
 */
export function GovernanceMap({ instances, consortiumSlug, headingLevel }: GovernanceMapProps) {
  const { search } = useLocation()
  const view = new URLSearchParams(search).get('vue') === 'liste' ? 'list' : 'picture'
  return (
    <div className="governance">
      <div className="governance-views" data-view={view}>
        <div className="governance-top">
          <p className="governance-legend">Sous le nom de chaque instance, la date de sa prochaine réunion.</p>
          <ViewSwitch view={view} />
        </div>
        <div className="governance-picture">
          <Picture layout={layOutGovernance(instances)} consortiumSlug={consortiumSlug} />
        </div>
        <div className="governance-list">
          <GovernanceList instances={instances} consortiumSlug={consortiumSlug} headingLevel={headingLevel} />
        </div>
      </div>
    </div>
  )
}

function ViewSwitch({ view }: { view: 'list' | 'picture' }) {
  const { search } = useLocation()
  const withView = (value: string | null) => {
    const parameters = new URLSearchParams(search)
    if (value) parameters.set('vue', value)
    else parameters.delete('vue')
    return `?${parameters}`
  }
  return (
    <nav className="view-switch" aria-label="Présentation des instances">
      <Link to={withView(null)} preventScrollReset aria-current={view === 'picture' ? 'true' : undefined}>
        <Icon name="instances" />
        Schéma
      </Link>
      <Link to={withView('liste')} preventScrollReset aria-current={view === 'list' ? 'true' : undefined}>
        <Icon name="agenda" />
        Liste
      </Link>
    </nav>
  )
}

function Picture({ layout, consortiumSlug }: { layout: GovernanceLayout; consortiumSlug: string }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of links inside an SVG has no native element.
    <svg
      className="governance-map"
      viewBox={`0 0 ${layout.width} ${layout.height}`}
      role="group"
      aria-label="Schéma de la gouvernance"
    >
      {layout.tiers.map((tier, index) => {
        const passage = layout.passages[index]
        return (
          <Fragment key={tier.level}>
            <Tier tier={tier} consortiumSlug={consortiumSlug} />
            {passage && <Passage {...passage} width={layout.width} />}
          </Fragment>
        )
      })}
    </svg>
  )
}

function Tier({ tier, consortiumSlug }: { tier: PlacedTier; consortiumSlug: string }) {
  return (
    <g className="tier" data-level={tier.level}>
      <rect className="tier-ground" x={tier.x} y={tier.y} width={tier.width} height={tier.height} rx="8" />
      <text className="tier-label" x={tier.x + 18} y={tier.y + 26}>
        {tier.label}
      </text>
      {tier.titles.map(title => (
        <text key={title.text} className="tier-title" x={title.x} y={title.y}>
          {title.text}
        </text>
      ))}
      {tier.tethers.map(({ x1, x2, y }) => (
        <line key={x1} className="tier-tether" x1={x1} x2={x2} y1={y} y2={y} />
      ))}
      {tier.cards.map(card => (
        <Card key={card.instance.slug} card={card} to={`/${consortiumSlug}/instances/${card.instance.slug}`} />
      ))}
    </g>
  )
}

const STRIP = 26

function Card({ card, to }: { card: PlacedCard; to: string }) {
  const { instance, x, y, width, height, lines } = card
  const middle = x + width / 2
  const textHeight = lines.length * 21 + 20
  const top = y + (height - (instance.yours ? STRIP : 0) - textHeight) / 2
  return (
    <Link className="map-card" data-yours={instance.yours || undefined} to={to}>
      <rect className="map-card-ground" x={x} y={y} width={width} height={height} rx="6" />
      {instance.yours && <path className="map-card-strip" d={strip(card)} />}
      <text className="map-card-name" textAnchor="middle">
        {lines.map((line, index) => (
          <tspan key={line} x={middle} y={top + 16 + index * 21}>
            {line.endsWith('-') ? line : `${line} `}
          </tspan>
        ))}
      </text>
      {/* Spaces between the texts, or they are read as one word. */}{' '}
      <text className="map-card-date" x={middle} y={top + lines.length * 21 + 16} textAnchor="middle">
        {instance.nextMeeting ? mediumDate(dateOf(instance.nextMeeting)) : 'pas de date prévue'}
      </text>
      {instance.yours && ' '}
      {instance.yours && (
        <text className="map-card-yours" x={middle} y={y + height - 8} textAnchor="middle">
          Vous y siégez
        </text>
      )}
    </Link>
  )
}

/** The foot of a card, with its two lower corners rounded. */
function strip({ x, y, width, height }: PlacedCard): string {
  const bottom = y + height
  return `M${x} ${bottom - STRIP}h${width}v${STRIP - 6}a6 6 0 0 1 -6 6h${12 - width}a6 6 0 0 1 -6 -6z`
}

function Passage({ y, height, width }: { y: number; height: number; width: number }) {
  const [left, right] = [width * 0.3, width * 0.7]
  const [top, bottom] = [y + 10, y + height - 10]
  return (
    <g className="passage">
      <path className="passage-arrow" d={`M${left} ${bottom}V${top + 2}m-7 8 7-8 7 8`} />
      <text x={left + 20} y={y + height / 2 - 5}>
        <tspan className="passage-verb">Ce qui monte </tspan>
        <tspan x={left + 20} dy="19">
          comptes rendus, saisines, propositions
        </tspan>
      </text>
      <path className="passage-arrow" d={`M${right} ${top}V${bottom - 2}m-7-8 7 8 7-8`} />
      <text x={right + 20} y={y + height / 2 - 5}>
        <tspan className="passage-verb">Ce qui descend </tspan>
        <tspan x={right + 20} dy="19">
          orientations, décisions
        </tspan>
      </text>
    </g>
  )
}

/** A day stays a day; an instant is read on the clock of Paris. */
export function dateOf(value: string): string | Date {
  return value.length === 10 ? value : new Date(value)
}
