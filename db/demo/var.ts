import {
  type ConsortiumData,
  copilote,
  copiloteSansVoix,
  demoConsortium,
  membre,
  membreSansVoix,
  type PersonData,
  president,
} from './data.ts'

/** The people of the Var, beside the chef de projet of its file: all invented. */
const varPeople: readonly PersonData[] = [
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
]

/** The consortium of the Var, small: a second tenant, with other bodies and other rules. */
export const varConsortium: ConsortiumData = demoConsortium('var', varPeople)
