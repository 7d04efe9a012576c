import { defaultMinutesVisibility } from '#server/vocabulary/governance.ts'
import { unknownId } from '../checks.ts'
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
const instanceActs = ['reglages', 'dissolution', 'suppression'] as const

/** [H31]…[H33] [H38] Pages by which the consortium's shape is read and administered. */
export const governanceRows: PageRow[] = [
  { rule: 'H32', route: ':consortium/gestion', path: '/tarn/gestion', ok: ['chef'] },
  { rule: 'H32', route: ':consortium/gestion', path: '/var/gestion', ok: ['chefVar'], own: '/var' },
  chefsOnly('H50', 'consortium', 'consortium'),
  { rule: 'H2', route: ':consortium/structures', path: '/tarn/structures', ok: members },
  chefsOnly('H31', 'structures/nouvelle', 'structures/nouvelle'),
  { rule: 'H38', route: ':consortium/structures/:slug', path: '/tarn/structures/caf', ok: members },
  ...structureActs.map(act => chefsOnly('H31', `structures/:slug/${act}`, `structures/caf/${act}`)),
  chefsOnly('H31', 'structures/:slug/depart', 'structures/caf/depart?le=2027-04-30'),
  chefsOnly('H32', 'instances/nouvelle', 'instances/nouvelle'),
  ...instanceActs.map(act => chefsOnly('H32', `instances/:slug/${act}`, `instances/parcours/${act}`)),
  chefsOnly('H32', 'instances/:slug/dissolution', 'instances/parcours/dissolution?le=2027-04-30'),
  { rule: 'H2', route: ':consortium/competences', path: '/tarn/competences', ok: members },
  chefsOnly('H33', 'visibilites', 'visibilites'),
  chefsOnly('H33', 'organes-externes', 'organes-externes'),
  // Nobody has this one: the members are told who administers such bodies, and no more.
  ...['', '/suppression'].map(
    (act): PageRow => ({
      rule: 'H33',
      route: `:consortium/organes-externes/:id${act}`,
      path: `/tarn/organes-externes/${unknownId}${act}`,
      forbidden: others,
    }),
  ),
  // One of the Var, and one that nobody has.
  ...['departementale', 'administration'].flatMap((own): PageRow[] =>
    instanceActs.map(act => ({
      rule: 'H0',
      route: `:consortium/instances/:slug/${act}`,
      path: `/tarn/instances/${own}/${act}`,
      own,
    })),
  ),
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

const instance = {
  name: 'Groupe logement',
  shortName: 'Logement',
  code: 'LOG',
  level: 'operationnel',
  kind: 'groupe_operationnel',
  validatorRule: 'presidence',
  draftReaders: 'instance',
  minutesVisibility: 'niveau',
}
const structure = { name: 'Chambre nouvelle', shortName: 'CNV', phase: 'elargi' }

export const governanceActs: readonly GovernanceAct[] = [
  act('H50', 'consortium', { name: 'SPIE', territory: 'Tarn', version: 'vu hier' }, 409),
  act('H50', 'consortium', { name: '', territory: 'Tarn', version: 'vu hier' }, 422),
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
  act('H32', 'instances/nouvelle', instance, '/tarn/instances/logement'),
  act('H32', 'instances/:slug/reglages', { ...instance, code: 'PARC', version: 'vu hier' }, 200),
  act('H32', 'instances/:slug/reglages', { ...instance, validatorRule: 'tous_les_copilotes', version: 'vu hier' }, 409),
  act('H32', 'instances/:slug/reglages', { ...instance, name: '' }, 422),
  act('H32', 'instances/:slug/dissolution', { act: 'dissoudre', lastDay: '2027-05-01', version: 'vu hier' }, 409),
  act('H32', 'instances/:slug/dissolution', { act: 'annuler' }, 409),
  act('H32', 'instances/:slug/suppression', { a: 'b' }, 409),
  act('H33', 'competences', { act: 'retirer', ruleId: unknownId, version: 'vu hier' }, 409),
  act('H33', 'visibilites', { version: 'vu hier' }, 422),
  act('H33', 'visibilites', { ...defaultMinutesVisibility, version: 'vu hier' }, 409),
  act('H33', 'organes-externes', { name: 'Commission du logement' }, '/tarn/organes-externes'),
]

function act(rule: string, route: string, form: Record<string, string>, then: string | number): GovernanceAct {
  return { rule, route: `:consortium/${route}`, path: `/tarn/${route.replace(':slug', slugIn(route))}`, form, then }
}

function slugIn(route: string): string {
  return route.startsWith('structures/') ? 'caf' : 'parcours'
}

/** Addresses of these pages that take forms. */
export const governanceForms: readonly string[] = [
  ...new Set(governanceActs.map(({ route }) => route)),
  ':consortium/organes-externes/:id',
  ':consortium/organes-externes/:id/suppression',
]

/** Services of the consortium's shape, asked by its matrix, and by the services' own. */
export const governanceServices = {
  'governance.managementPage': 'pages',
  'consortia.consortiumPage': 'pages',
  'consortia.editConsortium': 'governance',
  'organisations.organisationList': 'pages',
  'organisations.organisationPage': 'pages',
  'organisations.newOrganisation': 'pages',
  'organisations.organisationToEdit': 'pages',
  'organisations.departurePreview': 'pages',
  'instances.newInstance': 'pages',
  'instances.instanceSettings': 'pages',
  'instances.dissolutionPreview': 'pages',
  'competence.competencePage': 'pages',
  'competence.competentChoices': 'pages',
  'competence.defaultVisibilities': 'pages',
  'competence.externalBodiesPage': 'pages',
  'competence.externalBody': 'pages',
  'instances.createInstance': 'governance',
  'instances.instanceConsequences': 'governance',
  'instances.editInstance': 'governance',
  'instances.dissolveInstance': 'governance',
  'instances.cancelDissolution': 'governance',
  'instances.deleteInstance': 'governance',
  'competence.changeCompetence': 'governance',
  'competence.setDefaultVisibilities': 'governance',
  'competence.createExternalBody': 'governance',
  'competence.changeExternalBody': 'governance',
  'competence.deleteExternalBody': 'governance',
  'organisations.createOrganisation': 'governance',
  'organisations.editOrganisation': 'governance',
  'organisations.changeOrganisationNames': 'governance',
  'organisations.leaveConsortium': 'governance',
  'organisations.cancelDeparture': 'governance',
  'organisations.deleteOrganisation': 'governance',
} as const
