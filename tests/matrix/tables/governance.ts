import { members, type Person } from '../people.ts'
import type { PageRow } from './pages.ts'

const others: readonly Person[] = members.filter(who => who !== 'chef')

/** A page that leads to an act of the chef de projet: the other members are told who can. */
const chefsOnly = (rule: string, route: string, path: string, own?: string): PageRow => ({
  rule,
  route: `:consortium/${route}`,
  path: `/tarn/${path}`,
  ok: ['chef'],
  forbidden: others,
  own,
})

const structureActs = ['modification', 'noms', 'depart', 'suppression'] as const

/** [H31]…[H33] [H38] Pages by which the consortium's shape is read and administered. */
export const governanceRows: PageRow[] = [
  { rule: 'H32', route: ':consortium/gestion', path: '/tarn/gestion', ok: ['chef'] },
  { rule: 'H32', route: ':consortium/gestion', path: '/var/gestion', ok: ['chefVar'], own: '/var' },
  { rule: 'H2', route: ':consortium/structures', path: '/tarn/structures', ok: members },
  chefsOnly('H31', 'structures/nouvelle', 'structures/nouvelle'),
  { rule: 'H38', route: ':consortium/structures/:slug', path: '/tarn/structures/caf', ok: members },
  ...structureActs.map(act => chefsOnly('H31', `structures/:slug/${act}`, `structures/caf/${act}`)),
  chefsOnly('H31', 'structures/:slug/depart', 'structures/caf/depart?le=2027-04-30'),
  // One of the Var, and one that nobody has.
  ...['ddets', 'aucun'].flatMap((own): PageRow[] =>
    ['', ...structureActs.map(act => `/${act}`)].map(act => ({
      rule: 'H0',
      route: `:consortium/structures/:slug${act}`,
      path: `/tarn/structures/${own}${act}`,
      own,
    })),
  ),
]

/** An act on the consortium's shape, by its form: only the chef de projet does it. */
export type GovernanceAct = {
  rule: string
  route: string
  path: string
  form: Readonly<Record<string, string>>
  /** Where it leads; or, where what is sent is refused even to the chef de projet, with which status. */
  then: string | number
}

const structure = { name: 'Chambre nouvelle', shortName: 'CNV', phase: 'elargi' }

export const governanceActs: readonly GovernanceAct[] = [
  act('H31', 'structures/nouvelle', structure, '/tarn/structures/cnv'),
  act('H31', 'structures/:slug/modification', { phase: 'elargi', version: 'vu hier' }, 409),
  act(
    'H31',
    'structures/:slug/noms',
    { act: 'ajouter', ...structure, startsOn: '2027-05-01', version: 'vu hier' },
    409,
  ),
  act('H31', 'structures/:slug/depart', { act: 'partir', lastDay: '2027-05-01', version: 'vu hier' }, 409),
  act('H31', 'structures/:slug/depart', { act: 'annuler' }, 409),
  act('H31', 'structures/:slug/suppression', { a: 'b' }, 409),
]

function act(rule: string, route: string, form: Record<string, string>, then: string | number): GovernanceAct {
  return { rule, route: `:consortium/${route}`, path: `/tarn/${route.replace(':slug', slugIn(route))}`, form, then }
}

function slugIn(route: string): string {
  return route.startsWith('structures/') ? 'caf' : 'parcours'
}

/** Addresses of these pages that take forms. */
export const governanceForms: readonly string[] = [...new Set(governanceActs.map(({ route }) => route))]

/** Services of the consortium's shape, asked by its matrix, and by the services' own. */
export const governanceServices = {
  'governance.managementPage': 'pages',
  'organisations.organisationList': 'pages',
  'organisations.organisationPage': 'pages',
  'organisations.newOrganisation': 'pages',
  'organisations.organisationToEdit': 'pages',
  'organisations.departurePreview': 'pages',
  'organisations.createOrganisation': 'governance',
  'organisations.editOrganisation': 'governance',
  'organisations.changeOrganisationNames': 'governance',
  'organisations.leaveConsortium': 'governance',
  'organisations.cancelDeparture': 'governance',
  'organisations.deleteOrganisation': 'governance',
} as const
