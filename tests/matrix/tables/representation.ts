import { members, type Person } from '../people.ts'
import type { PageRow } from './pages.ts'

const row = (rule: string, route: string, path: string, ok: readonly Person[]): PageRow => ({
  rule,
  route: `:consortium/${route}`,
  path: `/tarn/${path}`,
  ok,
})

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
]

/** Addresses of files: they take no form, and say so. */
export const representationFiles = ['representation/fichier', 'annuaire/fichier'].map(
  route => `POST :consortium/${route}`,
)

/** Services of these pages, asked by the matrix of pages. */
export const representationServices = {
  'representation.representationMatrix': 'pages',
  'representation.representationFile': 'pages',
  'representation.directory': 'pages',
  'representation.directoryFile': 'pages',
  'representation.directoryAddresses': 'pages',
  'representation.organisationChart': 'pages',
} as const
