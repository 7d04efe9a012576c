import type { Description } from '#app/components/DescriptionList.tsx'
import type { InstanceSettings } from '#server/domain/instances/instance-settings.ts'
import {
  draftReadersLabels,
  instanceKindLabels,
  levelLabels,
  type VotingRules,
  validatorRuleLabels,
  visibilityLabels,
} from '#server/vocabulary/governance.ts'

type Known = Pick<InstanceSettings, 'instance' | 'choices'>

/** The settings of an instance as its form shows them. */
export function settingValues({ instance, choices }: Known): Record<string, string> {
  const { votingRules } = instance
  const weights = choices.organisations.map(({ id }, rank): [string, string] => [
    `weights[${rank}].voices`,
    String(votingRules?.weights[id] ?? ''),
  ])
  return {
    name: instance.name,
    shortName: instance.shortName,
    code: instance.code,
    level: instance.level,
    kind: instance.kind,
    parentId: instance.parentId ?? '',
    territory: instance.territory ?? '',
    purpose: instance.purpose,
    roles: instance.roles.join('\n'),
    composition: instance.composition,
    cadence: instance.cadence,
    meetingsPerYear: numberOrNothing(instance.meetingsPerYear),
    validatorRule: instance.validatorRule,
    draftReaders: instance.draftReaders,
    minutesVisibility: instance.minutesVisibility,
    opensWritingToMembers: instance.opensWritingToMembers ? 'oui' : '',
    votes: votingRules ? 'oui' : '',
    quorumPercent: numberOrNothing(votingRules?.quorumPercent ?? null),
    castingVote: votingRules?.castingVote === 'presidence' ? 'oui' : '',
    mostProxies: numberOrNothing(votingRules?.mostProxies ?? null),
    ...Object.fromEntries(weights),
  }
}

const numberOrNothing = (number: number | null) => (number === null ? '' : String(number))

/** The settings in words, to compare with what was typed. */
export function settingsInWords({ instance, choices }: Known): Description[] {
  return [
    { term: 'Nom', value: instance.name },
    { term: 'Code', value: instance.code },
    { term: 'Niveau', value: levelLabels[instance.level] },
    { term: 'Nature', value: instanceKindLabels[instance.kind] },
    { term: 'Rattachée à', value: choices.parents.find(({ id }) => id === instance.parentId)?.name },
    { term: 'Territoire', value: instance.territory },
    { term: 'Objet', value: instance.purpose },
    { term: 'Rôles', value: instance.roles.join(' ; ') },
    { term: 'Composition', value: instance.composition },
    { term: 'Fréquence', value: instance.cadence },
    { term: 'Réunions par an', value: instance.meetingsPerYear },
    { term: 'Comptes rendus validés par', value: validatorRuleLabels[instance.validatorRule] },
    { term: 'Brouillons lus par', value: draftReadersLabels[instance.draftReaders] },
    { term: 'Comptes rendus visibles par', value: visibilityLabels[instance.minutesVisibility] },
    { term: 'Rédaction ouverte d’emblée', value: instance.opensWritingToMembers ? 'oui' : 'non' },
    { term: 'Vote', value: votingInWords(instance.votingRules) },
  ]
}

/** « quorum de 50 % des voix, voix prépondérante de la présidence, 1 pouvoir au plus »; « consensus ». */
export function votingInWords(rules: VotingRules | null): string {
  if (rules === null) return 'consensus, sans vote'
  return [
    'à la majorité des voix exprimées',
    rules.quorumPercent > 0 ? `quorum de ${rules.quorumPercent} % des voix` : 'sans quorum',
    rules.castingVote === 'presidence' && 'voix prépondérante de la présidence',
    rules.mostProxies > 0 && `${rules.mostProxies} pouvoir${rules.mostProxies > 1 ? 's' : ''} au plus par personne`,
    Object.keys(rules.weights).length > 0 && 'voix pondérées par structure',
  ]
    .filter(Boolean)
    .join(', ')
}
