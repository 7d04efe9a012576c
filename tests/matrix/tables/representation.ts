import { members, named, type Person } from '../people.ts'
import type { PageRow } from './pages.ts'

const row = (rule: string, route: string, path: string, ok: readonly Person[]): PageRow => ({
  rule,
  route: `:consortium/${route}`,
  path: `/tarn/${path}`,
  ok,
})

const correspondant = named('correspondantCaf')
const directions = named(
  'presidentStrategique membreStrategique membreRestreint presidentInstitutionnel membreInstitutionnel',
)

/** [H2] [H38] [H44] Pages and files that say who represents whom. */
export const representationRows: PageRow[] = [
  row('H2', 'representation', 'representation', members),
  row('H2', 'representation', 'representation?jour=2026-01-01', members),
  row('H2', 'representation/fichier', 'representation/fichier?format=csv', members),
  row('H2', 'annuaire', 'annuaire', members),
  row('H2', 'annuaire', 'annuaire?par=instance&instance=parcours&adresses=1', members),
  row('H2', 'annuaire/fichier', 'annuaire/fichier?format=csv', members),
  row('H2', 'organigramme', 'organigramme', members),
  row('H2', 'organigramme', 'organigramme?vue=liste', members),
  // Who directs an institution, or speaks for one; the chef de projet for all.
  row('H39', 'ma-structure', 'ma-structure', [...directions, 'correspondantCaf', 'chef']),
  row('H39', 'ma-structure', 'ma-structure?structure=caf', named('membreInstitutionnel correspondantCaf chef')),
  row('H39', 'ma-structure', 'ma-structure?structure=nulle-part', []),
  row('H41', 'propositions', 'propositions', members),
  row('H41', 'propositions', 'propositions?etat=retournee', members),
  ...['', '?structure=caf', '?structure=caf&instance=parcours'].map(search => ({
    ...row('H40', 'propositions/nouvelle', `propositions/nouvelle${search}`, correspondant),
    forbidden: members.filter(person => person !== 'correspondantCaf'),
  })),
  { ...row('H40', 'propositions/nouvelle', 'propositions/nouvelle?structure=cpam', []), forbidden: members },
  row('H0', 'propositions/nouvelle', 'propositions/nouvelle?structure=nulle-part', []),
]

/** Addresses of files: they take no form, and say so. */
export const representationFiles = ['representation/fichier', 'annuaire/fichier'].map(
  route => `POST :consortium/${route}`,
)

/** A proposal's addresses, asked in http-proposals.test.ts; and the one that takes a new one. */
export const proposalAddresses = [
  'GET :consortium/propositions/fin',
  'POST :consortium/propositions/fin',
  'GET :consortium/propositions/:id',
  'GET :consortium/propositions/:id/reponse',
  'POST :consortium/propositions/:id/reponse',
  'GET :consortium/propositions/:id/retrait',
  'POST :consortium/propositions/:id/retrait',
]

/** Services about proposals. */
export const proposalServices = {
  'ownOrganisation.organisationActivity': 'pages',
  'proposals.proposalList': 'pages',
  'proposals.proposalChoices': 'pages',
  'proposals.proposalPage': 'proposals',
  'proposals.proposeRepresentative': 'proposals',
  'proposals.endingToPropose': 'proposals',
  'proposals.proposeEnding': 'proposals',
  'proposals.acceptProposal': 'proposals',
  'proposals.acceptEnding': 'proposals',
  'proposals.returnProposal': 'proposals',
  'proposals.withdrawProposal': 'proposals',
} as const

/** Services of these pages, asked by the matrix of pages. */
export const representationServices = {
  'representation.representationMatrix': 'pages',
  'representation.representationFile': 'pages',
  'representation.directory': 'pages',
  'representation.directoryFile': 'pages',
  'representation.directoryAddresses': 'pages',
  'representation.organisationChart': 'pages',
} as const
