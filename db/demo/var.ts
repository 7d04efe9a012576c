import {
  type ConsortiumData,
  copilote,
  copiloteSansVoix,
  type InstanceData,
  membre,
  membreSansVoix,
  president,
} from './data.ts'

const operational = {
  level: 'operationnel',
  kind: 'groupe_operationnel',
  cadence: 'Rythme fixé par l’équipe',
  meetingsPerYear: null,
  validatorRule: 'tous_les_copilotes',
  draftReaders: 'instance',
  minutesVisibility: 'niveau',
} as const

/** A team for each of the three territories of the experiment. */
function territorialTeam(slug: string, code: string, territory: string): InstanceData {
  return {
    slug,
    code,
    name: `Équipe d’animation opérationnelle territoriale : ${territory}`,
    shortName: territory,
    parent: 'departementale',
    territory,
    purpose: 'Décline le consortium dans un territoire d’expérimentation, au plus près des personnes.',
    roles: ['Coordonne les instances et dispositifs du territoire', 'Expérimente les actions retenues'],
    composition: 'Acteurs du territoire représentés dans l’équipe stratégique et acteurs opérationnels locaux.',
    ...operational,
  }
}

/** The consortium of the Var, small: a second tenant, with other bodies and other rules. Its people are invented. */
export const varConsortium: ConsortiumData = {
  slug: 'var',
  name: 'Service public de l’insertion et de l’emploi du Var',
  territory: 'Var',
  purpose:
    'Fluidifier l’entrée dans le parcours, mettre l’offre d’insertion en commun, associer les publics par un Lab.',
  organisations: [
    {
      slug: 'departement',
      phase: 'representatif_initial',
      names: [{ from: '1982-03-02', name: 'Département du Var', shortName: 'Département' }],
    },
    {
      slug: 'france-travail',
      phase: 'representatif_initial',
      names: [
        { from: '2008-12-19', name: 'Pôle emploi', shortName: 'Pôle emploi' },
        { from: '2024-01-01', name: 'France Travail', shortName: 'France Travail' },
      ],
    },
    {
      slug: 'caf',
      phase: 'representatif_initial',
      names: [{ from: '1946-10-01', name: 'Caisse d’allocations familiales du Var', shortName: 'CAF' }],
    },
    {
      slug: 'ddets',
      phase: 'representatif_initial',
      names: [
        {
          from: '2021-04-01',
          name: 'Direction départementale de l’emploi, du travail et des solidarités du Var',
          shortName: 'DDETS',
        },
      ],
    },
  ],
  instances: [
    {
      slug: 'strategique',
      code: 'STRAT',
      name: 'Équipe d’animation stratégique',
      shortName: 'Stratégique',
      level: 'strategique',
      kind: 'pilotage_strategique',
      parent: null,
      purpose: 'Conduit le projet et décide de ses orientations.',
      roles: ['Fixe les orientations', 'Valide les expérimentations et leur évaluation'],
      composition: 'Département, État, France Travail, CAF, Région, métropole et collectivités.',
      cadence: 'Trois réunions par an',
      meetingsPerYear: 3,
      validatorRule: 'presidence',
      draftReaders: 'redacteurs',
      minutesVisibility: 'niveau',
    },
    {
      slug: 'departementale',
      code: 'DEP',
      name: 'Équipe d’animation opérationnelle départementale',
      shortName: 'Départementale',
      parent: 'strategique',
      purpose: 'Réunit les experts des structures pour construire référentiels et méthodes.',
      roles: ['Écrit la trame commune de diagnostic', 'Formalise la fonction de référent'],
      composition: 'Experts issus des structures partenaires.',
      ...operational,
    },
    territorialTeam('territoire-ouest', 'OUEST', 'Var Ouest'),
    territorialTeam('territoire-centre', 'CENTRE', 'Var Centre'),
    territorialTeam('territoire-est', 'EST', 'Var Est'),
    {
      slug: 'lab',
      code: 'LAB',
      name: 'Lab d’innovation',
      shortName: 'Lab',
      level: 'operationnel',
      kind: 'participation',
      parent: 'strategique',
      purpose:
        'Associe les publics à la construction et à l’évaluation du projet ; ils y sont présents par leur nombre, jamais par leur nom.',
      roles: ['Éprouve les propositions avec les personnes concernées'],
      composition: 'Personnes concernées et animateurs.',
      cadence: 'Selon les besoins',
      meetingsPerYear: null,
      validatorRule: 'un_copilote',
      draftReaders: 'instance',
      minutesVisibility: 'niveau',
    },
  ],
  competence: {
    organisation_interne: null,
    modalites_entre_membres: 'strategique',
    acquisition_numerique: 'strategique',
    elargissement_consortium: 'strategique',
    extension_perimetre: 'strategique',
    budget: 'strategique',
    bilan: 'strategique',
    numerique_sans_acquisition: 'strategique',
    coordination_groupes: 'strategique',
    production: 'departementale',
    experimentation: 'strategique',
    orientation: 'strategique',
    autre: 'strategique',
  },
  people: [
    {
      name: 'M. Fabrice Aubanel',
      signsInAs: 'chef-de-projet',
      organisation: 'departement',
      qualite: 'chef de projet SPIE',
      consortiumFunction: { kind: 'chef_de_projet', label: 'Chef de projet' },
    },
    {
      name: 'Mme Elsa Martinon',
      signsInAs: 'copilote-1',
      organisation: 'departement',
      qualite: 'responsable de l’insertion',
      seats: { departementale: copilote, 'territoire-ouest': copilote },
    },
    {
      name: 'M. Serge Castellan',
      organisation: 'departement',
      qualite: 'directeur du développement social et de l’insertion',
      seats: { strategique: president },
    },
    {
      name: 'Mme Monique Arène',
      organisation: 'france-travail',
      qualite: 'directrice territoriale',
      seats: { strategique: membre },
    },
    {
      name: 'M. Jérôme Peyron',
      organisation: 'france-travail',
      qualite: 'expert de l’accompagnement',
      seats: { departementale: copilote, 'territoire-centre': copilote, 'territoire-est': copilote },
    },
    { name: 'Mme Leïla Haddad', organisation: 'caf', qualite: 'directrice adjointe', seats: { strategique: membre } },
    {
      name: 'M. Tristan Garcin',
      organisation: 'caf',
      qualite: 'conseiller technique',
      seats: { departementale: membre, 'territoire-ouest': copilote, 'territoire-centre': copilote },
    },
    { name: 'Mme Odette Blachère', organisation: 'ddets', qualite: 'directrice', seats: { strategique: membre } },
    {
      name: 'M. Paul Escartefigue',
      organisation: 'ddets',
      qualite: 'chargé de mission',
      seats: { departementale: membre, 'territoire-est': copilote },
    },
    {
      name: 'Mme Judith Roumanille',
      organisation: 'departement',
      qualite: 'animatrice du Lab',
      seats: { lab: copiloteSansVoix, departementale: membreSansVoix },
    },
  ],
}
