import { Link } from '@remix-run/react'
import { mediumDate } from '#app/formats.ts'
import { instanceKindLabels, levelLabels } from '#server/vocabulary/governance.ts'
import { dateOf, type GovernanceMapProps } from './GovernanceMap.tsx'
import { clustersOf, levelsFromTop, type MappedInstance } from './governance-layout.ts'
import { Icon } from './Icon.tsx'
import { PlainList } from './PlainList.tsx'
import { Heading } from './Section.tsx'
import { Badge } from './StateBadge.tsx'

/** The same governance in words: a title per level, what rises and descends said between them. */
export function GovernanceList({ instances, consortiumSlug, headingLevel = 2 }: GovernanceMapProps) {
  const levels = levelsFromTop.filter(level => instances.some(instance => instance.level === level))
  return (
    <div className="tiers-list">
      {levels.map((level, index) => (
        <section
          key={level}
          className="tier-section"
          data-level={level}
          aria-label={`Niveau ${levelLabels[level].toLocaleLowerCase('fr')}`}
        >
          <Heading level={headingLevel}>
            <Icon name={`tier-${level}`} />
            Niveau {levelLabels[level].toLocaleLowerCase('fr')}
          </Heading>
          <PlainList>
            {steeringFirst(clustersOf(instances, level).flatMap(cluster => cluster.instances)).map(instance => (
              <Line key={instance.slug} instance={instance} to={`/${consortiumSlug}/instances/${instance.slug}`} />
            ))}
          </PlainList>
          {index < levels.length - 1 && <Exchanges />}
        </section>
      ))}
    </div>
  )
}

/** The steering instance heads its level; in the picture it stands in the middle. */
function steeringFirst(instances: MappedInstance[]): MappedInstance[] {
  const isSteering = ({ kind }: MappedInstance) => kind === 'pilotage_institutionnel' || kind === 'pilotage_strategique'
  return [...instances.filter(isSteering), ...instances.filter(instance => !isSteering(instance))]
}

function Line({ instance, to }: { instance: MappedInstance; to: string }) {
  const kind = instanceKindLabels[instance.kind]
  return (
    <li className="tier-line">
      <Link to={to}>{instance.name}</Link>
      <span className="tier-line-detail">
        {!instance.name.startsWith(kind) && `${kind} – `}
        {instance.nextMeeting
          ? `prochaine réunion le ${mediumDate(dateOf(instance.nextMeeting))}`
          : 'pas de date prévue'}
      </span>
      {instance.yours && (
        <Badge icon="person" tone="accent">
          Vous y siégez
        </Badge>
      )}
    </li>
  )
}

function Exchanges() {
  return (
    <p className="tier-exchanges">
      <span>
        <Icon name="rises" /> Ce qui monte : comptes rendus, saisines, propositions
      </span>
      <span>
        <Icon name="descends" /> Ce qui descend : orientations, décisions
      </span>
    </p>
  )
}
