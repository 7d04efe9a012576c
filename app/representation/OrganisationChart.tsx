import { Link } from '@remix-run/react'
import { clustersOf, levelsFromTop, type MappedInstance } from '#app/components/governance-layout.ts'
import { Icon } from '#app/components/Icon.tsx'
import { PlainList } from '#app/components/PlainList.tsx'
import { Heading } from '#app/components/Section.tsx'
import { counted } from '#app/formats.ts'
import type { ChartInstance } from '#server/domain/representation/chart.ts'
import { levelLabels } from '#server/vocabulary/governance.ts'

type Props = { slug: string; instances: readonly ChartInstance[] }

/** Three storeys of cards with those who lead each instance, in the order of the picture of the governance. */
export function OrganisationChart({ slug, instances }: Props) {
  const levels = levelsFromTop.filter(level => instances.some(instance => instance.level === level))
  const mapped: (ChartInstance & MappedInstance)[] = instances.map(each => ({
    ...each,
    yours: false,
    nextMeeting: null,
  }))
  const bySlug = new Map(instances.map(instance => [instance.slug, instance]))
  return (
    <div className="chart">
      {levels.map(level => (
        <section key={level} className="chart-tier" data-level={level} aria-labelledby={`niveau-${level}`}>
          <Heading level={2} id={`niveau-${level}`}>
            <Icon name={`tier-${level}`} />
            Niveau {levelLabels[level].toLocaleLowerCase('fr')}
          </Heading>
          <div className="chart-clusters">
            {clustersOf(mapped, level).map(({ title, instances: cluster }) => (
              <div key={cluster[0]?.slug} className="chart-cluster">
                {title && <h3>{title}</h3>}
                <PlainList className="chart-cards">
                  {cluster.map(({ slug: instance }) => {
                    const card = bySlug.get(instance)
                    return card && <Card key={instance} slug={slug} card={card} titled={title !== null} />
                  })}
                </PlainList>
              </div>
            ))}
          </div>
        </section>
      ))}
    </div>
  )
}

function Card({ slug, card, titled }: { slug: string; card: ChartInstance; titled: boolean }) {
  const Title = titled ? 'h4' : 'h3'
  return (
    <li className="chart-card">
      <Title>
        <Link to={`/${slug}/instances/${card.slug}`}>{card.shortName}</Link>
      </Title>
      {card.leads.length > 0 ? (
        <PlainList>
          {card.leads.map(lead => (
            <li key={`${lead.name}${lead.function}`}>
              <strong>{lead.name}</strong>
              <span className="chart-detail">
                {lead.functionLabel}, {lead.organisation}
              </span>
            </li>
          ))}
        </PlainList>
      ) : (
        <p className="chart-detail">Ni présidence ni copilote.</p>
      )}
      {card.members > 0 && <p className="chart-detail">{counted(card.members, 'autre membre', 'autres membres')}</p>}
    </li>
  )
}
