import type { ConsortiumData } from './data.ts'
import { tarnInstances } from './tarn-instances.ts'
import { tarnPeople } from './tarn-people.ts'

/** The consortium of the Tarn. Its institutions and bodies are those of a public method note; its people are invented. */
export const tarn: ConsortiumData = {
  slug: 'tarn',
  name: 'Service public de l’insertion et de l’emploi du Tarn',
  territory: 'Tarn',
  purpose:
    'Les acteurs de l’insertion et de l’emploi du Tarn coordonnent leur accompagnement des personnes les plus éloignées de l’emploi : un parcours sans rupture, une offre lisible, des outils qui se parlent.',
  organisations: [
    {
      slug: 'departement',
      phase: 'representatif_initial',
      names: [{ from: '1982-03-02', name: 'Département du Tarn', shortName: 'Département' }],
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
      names: [{ from: '1946-10-01', name: 'Caisse d’allocations familiales du Tarn', shortName: 'CAF' }],
    },
    {
      slug: 'cpam',
      phase: 'representatif_initial',
      names: [{ from: '1967-10-01', name: 'Caisse primaire d’assurance maladie du Tarn', shortName: 'CPAM' }],
    },
    {
      slug: 'msa',
      phase: 'representatif_initial',
      names: [{ from: '2010-04-01', name: 'Mutualité sociale agricole Midi-Pyrénées Nord', shortName: 'MSA' }],
    },
    {
      slug: 'ddetspp',
      phase: 'representatif_initial',
      names: [
        {
          from: '2021-04-01',
          name: 'Direction départementale de l’emploi, du travail, des solidarités et de la protection des populations',
          shortName: 'DDETSPP',
        },
      ],
    },
    {
      slug: 'commissaire',
      phase: 'representatif_initial',
      territory: 'Occitanie',
      names: [
        {
          from: '2019-09-01',
          name: 'Commissariat à la lutte contre la pauvreté d’Occitanie',
          shortName: 'Commissaire à la pauvreté',
        },
      ],
    },
    {
      slug: 'ars',
      phase: 'representatif_initial',
      names: [
        {
          from: '2016-01-01',
          name: 'Agence régionale de santé Occitanie, délégation du Tarn',
          shortName: 'ARS',
        },
      ],
    },
    {
      slug: 'region',
      phase: 'representatif_initial',
      territory: 'Occitanie',
      names: [{ from: '2016-09-30', name: 'Région Occitanie', shortName: 'Région' }],
    },
    {
      slug: 'mission-locale-nord',
      phase: 'representatif_initial',
      territory: 'Albi, Carmaux, Gaillac',
      names: [{ from: '1998-01-01', name: 'Mission locale Tarn Nord', shortName: 'Mission locale Nord' }],
    },
    {
      slug: 'mission-locale-sud',
      phase: 'representatif_initial',
      territory: 'Castres, Mazamet, Lavaur',
      names: [{ from: '1998-01-01', name: 'Mission locale Tarn Sud', shortName: 'Mission locale Sud' }],
    },
    {
      slug: 'cap-emploi',
      phase: 'representatif_initial',
      names: [{ from: '2018-01-01', name: 'Cap emploi Tarn', shortName: 'Cap emploi' }],
    },
    {
      slug: 'cci',
      phase: 'representatif_initial',
      names: [{ from: '2011-01-01', name: 'Chambre de commerce et d’industrie du Tarn', shortName: 'CCI' }],
    },
    {
      slug: 'cma',
      phase: 'representatif_initial',
      names: [{ from: '2021-01-01', name: 'Chambre de métiers et de l’artisanat du Tarn', shortName: 'CMA' }],
    },
    {
      slug: 'chambre-agriculture',
      phase: 'representatif_initial',
      names: [{ from: '1924-01-03', name: 'Chambre d’agriculture du Tarn', shortName: 'Chambre d’agriculture' }],
    },
    {
      slug: 'ccas',
      phase: 'elargi',
      names: [{ from: '1995-01-01', name: 'Union départementale des CCAS du Tarn', shortName: 'UDCCAS' }],
    },
  ],
  instances: tarnInstances,
  competence: {
    organisation_interne: null,
    modalites_entre_membres: 'institutionnelle',
    acquisition_numerique: 'institutionnelle',
    elargissement_consortium: 'institutionnelle',
    extension_perimetre: 'institutionnelle',
    budget: 'institutionnelle',
    bilan: 'institutionnelle',
    numerique_sans_acquisition: 'strategique',
    coordination_groupes: 'strategique',
    production: 'strategique',
    experimentation: 'strategique',
    orientation: 'strategique',
    autre: 'strategique',
  },
  people: tarnPeople,
}
