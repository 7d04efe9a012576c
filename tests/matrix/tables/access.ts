import type { CastName } from '../../cast.ts'
import { entrants, members, named, type Person } from '../people.ts'
import type { Ids } from '../world.ts'
import { actionRows, decisionRows } from './decisions.ts'
import { meetingRows } from './meetings.ts'
import { type MinutesRowKey, minutesRows } from './minutes.ts'
import type { PageRow } from './pages.ts'

/**
 * A thing of which one asks who reads it: its kind in addresses, its key, who may ask: those who read it, and they alone.
 * Of a page that others know of, they are told who reads it.
 */
export type AskedRow = {
  rule: string
  kind: string
  key: string
  reads: readonly Person[]
  forbidden?: readonly Person[]
}

const rowsOf = <Row>(rule: string, kind: string, rows: Record<string, Row>, reads: (row: Row) => readonly Person[]) =>
  Object.entries(rows).map(([key, row]): AskedRow => ({ rule, kind, key, reads: reads(row) }))

const pages = (rule: string, keys: string, who: Pick<AskedRow, 'reads' | 'forbidden'>) =>
  keys.split(' ').map((key): AskedRow => ({ rule, kind: 'page', key, ...who }))
const chefsOwn: Pick<AskedRow, 'reads' | 'forbidden'> = {
  reads: ['chef'],
  forbidden: [...members.filter(who => who !== 'chef'), 'invite'],
}

/** « Qui peut voir ceci ? » of the pages about no thing in particular. */
export const askedPages: readonly AskedRow[] = [
  ...pages('H1', 'reunions', { reads: entrants }),
  ...pages('H2', 'instances decisions annuaire organigramme representation structures competences', { reads: members }),
  ...pages('H32', 'gestion', chefsOwn),
  ...pages('H33', 'visibilites organes-externes', chefsOwn),
  ...pages('H34', 'personnes', chefsOwn),
  ...pages('H50', 'consortium', chefsOwn),
  ...pages('H35', 'journal', { reads: ['chef'] }),
  ...pages('H36', 'courriels', { reads: ['chef'] }),
  ...pages('H37', 'apercu', chefsOwn),
  ...pages('H0', 'constructor accueil nulle-part', { reads: [] }),
]

const strategicReaders = named('chef presidentStrategique membreStrategique')

/** « Qui peut voir ceci ? » of everything that the other tables name. */
export const askedRows: readonly AskedRow[] = [
  ...rowsOf('H6', 'reunion', meetingRows, ({ knows }) => knows),
  ...rowsOf('H15', 'compte-rendu', minutesRows, ({ reads }) => reads),
  ...rowsOf('H27', 'decision', decisionRows, ({ reads }) => reads),
  ...rowsOf('H25', 'action', actionRows, ({ reads }) => reads),
  { rule: 'H3', kind: 'instance', key: 'parcours', reads: members },
  { rule: 'H3', kind: 'instance', key: 'departementale', reads: [] },
  { rule: 'H38', kind: 'structure', key: 'caf', reads: members },
  { rule: 'H44', kind: 'mandat', key: 'membre', reads: members },
  { rule: 'H44', kind: 'mandat', key: 'copiloteVar', reads: [] },
  // Of a mandate that takes over another, whose holder does not sign in; and of one that takes over none.
  { rule: 'H45', kind: 'passation', key: 'successor', reads: ['chef'] },
  { rule: 'H45', kind: 'passation', key: 'membre', reads: [] },
  { rule: 'H53', kind: 'fonction', key: 'correspondant', reads: members },
  { rule: 'H53', kind: 'fonction', key: 'chefVar', reads: [] },
  { rule: 'H41', kind: 'proposition', key: 'ofTheCaf', reads: named('chef correspondantCaf') },
  { rule: 'H47', kind: 'presence', key: 'ofThePresident', reads: [...strategicReaders, 'assistantDossier'] },
  { rule: 'H47', kind: 'presence', key: 'ofAMember', reads: strategicReaders },
  // Whoever assists is not expected, nor whoever sits elsewhere.
  { rule: 'H0', kind: 'presence', key: 'ofAnAssistant', reads: [] },
  { rule: 'H0', kind: 'presence', key: 'fromElsewhere', reads: [] },
  ...askedPages,
]

/** The identifiers of what has none in the world of the matrix, found by `moreIds`. */
export type MoreIds = Record<
  | 'parcours'
  | 'departementale'
  | 'caf'
  | 'membre'
  | 'copiloteVar'
  | 'successor'
  | 'correspondant'
  | 'chefVar'
  | 'ofTheCaf'
  | 'ofThePresident'
  | 'ofAMember'
  | 'ofAnAssistant'
  | 'fromElsewhere',
  string
>

export function idOfAsked({ kind, key }: Pick<AskedRow, 'kind' | 'key'>, ids: Ids, more: MoreIds): string {
  if (kind === 'page') return key
  const lists: Record<string, Readonly<Record<string, string>>> = {
    reunion: ids.meetings,
    'compte-rendu': ids.minutes,
    decision: ids.decisions,
    action: ids.actions,
  }
  const ofKind: Readonly<Record<string, string>> = lists[kind] ?? more
  return ofKind[key] ?? ''
}

/** [H37] [H46] Each invented person reads what this person of the cast reads. */
export const inventedLike: Record<string, CastName> = {
  'membre.parcours': 'membre',
  'suppleant.parcours': 'suppleant',
  'copilote.parcours': 'copilote1',
  'membre.offre': 'membreOffre',
  'copilote.numerique': 'copiloteNumerique',
  'membre.strategique': 'membreStrategique',
  'president.strategique': 'presidentStrategique',
  'assistant-dossier.strategique': 'assistantDossier',
  'membre.restreint': 'membreRestreint',
  'membre.institutionnelle': 'membreInstitutionnel',
  'secretaire.institutionnelle': 'secretaireInstitutionnel',
  'assistant.institutionnelle': 'assistante',
  'correspondant.caf': 'correspondantCaf',
  observateur: 'observateur',
}

/** Minutes that are looked at as somebody else: each sort of state, in each sort of body. */
export const lookedAt: readonly MinutesRowKey[] = [
  'parcoursHeld',
  'parcoursProofread',
  'parcoursValidated',
  'parcoursDistributed',
  'strategicHeld',
  'strategicDistributed',
  'restrictedDistributed',
  'institutionalProofread',
  'nationalDistributed',
  'varDistributed',
]

/** [H37] As whom the chef de projet may look; an invented person changes nothing for who may not. */
export const accessPages: PageRow[] = [
  {
    rule: 'H37',
    route: ':consortium/apercu',
    path: '/tarn/apercu',
    ok: ['chef'],
    forbidden: [...members.filter(who => who !== 'chef'), 'invite'],
  },
  ...['/tarn/accueil', '/tarn/decisions', '/tarn/instances/parcours', '/tarn/reunions'].map(path => ({
    rule: 'H37',
    route: `:consortium/${path === '/tarn/instances/parcours' ? 'instances/:slug' : path.split('/')[2]}`,
    path: `${path}?apercu=membre.parcours`,
    ok: named('chef'),
    forbidden: [...members.filter(who => who !== 'chef'), 'invite' as const],
  })),
  // Nobody's code; a body of the neighbour; nothing at all.
  ...['ministre', 'membre.departementale', 'membre.', '', 'president.constructor', 'constructor.parcours'].map(
    code => ({
      rule: 'H37',
      route: ':consortium/accueil',
      path: `/tarn/accueil?apercu=${code}`,
      forbidden: [...members.filter(who => who !== 'chef'), 'invite' as const],
    }),
  ),
]

/** Addresses of this area that have a test of their own. */
export const accessAddresses = ['GET :consortium/acces/:kind/:id']

export const accessServices = {
  'access.accessPage': 'access',
  'access.previewPage': 'pages',
  'access.enterPreview': 'access',
  'access.minutesPreview': 'access',
} as const
