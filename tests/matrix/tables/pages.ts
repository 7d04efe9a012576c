import type { Outcome } from '../checks.ts'
import { entrants, everyone, isVisitor, members, named, type Person } from '../people.ts'
import { accessPages } from './access.ts'
import { accountForms, accountRows } from './accounts.ts'
import { administrationForms, administrationRows, journalRows, legalRows } from './administration.ts'
import { type Body, writersOf } from './bodies.ts'
import { governanceForms, governanceRows } from './governance.ts'
import { mailForms, mailRows } from './mails.ts'
import { representationRows } from './representation.ts'

/** An address that names no meeting, minutes, decision or action: who is answered what; everyone else gets 404. */
export type PageRow = {
  rule: string
  /** As `app/routes.ts` writes it. */
  route: string
  path: string
  ok?: readonly Person[]
  forbidden?: readonly Person[]
  to?: readonly (readonly [where: string, who: readonly Person[]])[]
  /** Read without signing in. */
  open?: true
  /** The part of the address that names an instance or a consortium that may not exist. */
  own?: string
}

const signedIn = everyone.filter(person => !isVisitor(person))
const except = (people: readonly Person[], ...some: readonly Person[]) => people.filter(each => !some.includes(each))
const bodies: readonly Body[] = ['parcours', 'offre', 'numerique', 'strategique', 'restreint', 'institutionnelle']

/** [H1]…[H5] The consortium's own pages. */
const consortiumRows: PageRow[] = [
  { rule: 'H1', route: ':consortium/accueil', path: '/tarn/accueil', ok: entrants },
  { rule: 'H1', route: ':consortium/reunions', path: '/tarn/reunions', ok: entrants },
  { rule: 'H1', route: ':consortium/reunions', path: '/tarn/reunions?quand=passees&instance=restreint', ok: entrants },
  { rule: 'H1', route: ':consortium/instances', path: '/tarn/instances', to: [['/tarn', entrants]] },
  { rule: 'H2', route: ':consortium', path: '/tarn', ok: members },
  { rule: 'H2', route: ':consortium/decisions', path: '/tarn/decisions', ok: members },
  { rule: 'H2', route: ':consortium/decisions', path: '/tarn/decisions?etat=proposee&page=2', ok: members },
  ...['parcours', 'restreint', 'institutionnelle', 'national-2'].map(slug => ({
    rule: 'H3',
    route: ':consortium/instances/:slug',
    path: `/tarn/instances/${slug}`,
    ok: members,
  })),
  // One of the Var, and one that nobody has.
  { rule: 'H0', route: ':consortium/instances/:slug', path: '/tarn/instances/departementale', own: 'departementale' },
  { rule: 'H0', route: ':consortium/instances/:slug', path: '/tarn/instances/nulle-part', own: 'nulle-part' },
  // Whoever may create meetings of one instance alone is led to it.
  {
    rule: 'H5',
    route: ':consortium/reunions/nouvelle',
    path: '/tarn/reunions/nouvelle',
    ok: ['chef'],
    to: [
      ['/tarn/reunions/nouvelle?instance=parcours', named('copilote1 copilote2')],
      ['/tarn/reunions/nouvelle?instance=offre', named('copiloteOffre')],
      ['/tarn/reunions/nouvelle?instance=numerique', named('copiloteNumerique')],
      ['/tarn/reunions/nouvelle?instance=strategique', named('presidentStrategique')],
      ['/tarn/reunions/nouvelle?instance=institutionnelle', named('presidentInstitutionnel secretaireInstitutionnel')],
    ],
    forbidden: named(`membre suppleant membreOffre membreStrategique membreRestreint membreInstitutionnel
      assistante assistantDossier prestataire observateur correspondantCaf`),
  },
  ...bodies.map(body => ({
    rule: 'H5',
    route: ':consortium/reunions/nouvelle',
    path: `/tarn/reunions/nouvelle?instance=${body}&reprendre=1`,
    ok: writersOf(body),
    forbidden: except(members, ...writersOf(body)),
  })),
  { rule: 'H0', route: ':consortium/reunions/nouvelle', path: '/tarn/reunions/nouvelle?instance=departementale' },
  { rule: 'H0', route: ':consortium/*', path: '/tarn/budget' },
  { rule: 'H0', route: ':consortium/*', path: '/tarn/reunions/a/b/c' },
  // The neighbour, and a consortium that does not exist.
  { rule: 'H1', route: ':consortium/accueil', path: '/var/accueil', ok: named('copiloteVar chefVar'), own: '/var' },
  { rule: 'H2', route: ':consortium', path: '/var', ok: named('copiloteVar chefVar'), own: '/var' },
  { rule: 'H0', route: ':consortium/accueil', path: '/lot/accueil', own: '/lot' },
  { rule: 'H0', route: ':consortium', path: '/lot', own: '/lot' },
]

/** Pages of the site, around the consortia. */
const siteRows: PageRow[] = [
  {
    rule: 'entrée',
    route: '',
    path: '/',
    to: [
      ['/tarn/accueil', entrants],
      ['/var/accueil', named('copiloteVar chefVar')],
      ['/consortiums', named('ancien futur')],
      ['/administration', named('administrateur')],
    ],
  },
  { rule: 'entrée', route: 'consortiums', path: '/consortiums', ok: signedIn },
  {
    rule: 'entrée',
    route: 'connexion',
    path: '/connexion',
    ok: everyone.filter(isVisitor),
    to: [['/', signedIn]],
    open: true,
  },
  // The address alone ends no session.
  { rule: 'entrée', route: 'deconnexion', path: '/deconnexion', to: [['/', everyone]], open: true },
]

export const pageRows: readonly PageRow[] = [
  ...consortiumRows,
  ...governanceRows,
  ...representationRows,
  ...journalRows,
  ...mailRows,
  ...administrationRows,
  ...legalRows,
  ...accessPages,
  ...siteRows,
  ...accountRows,
]

/** What an address answers to somebody who reads it. */
export function onPage(who: Person, row: PageRow): Outcome {
  const signInFirst = { to: `/connexion?retour=${encodeURIComponent(row.path)}` }
  if (isVisitor(who) && !row.open) return signInFirst
  const to = row.to?.find(([, people]) => people.includes(who))
  if (to) return { to: to[0] }
  if (row.ok?.includes(who)) return 200
  return row.forbidden?.includes(who) ? 403 : 404
}

/** Addresses that take forms: creating a meeting, signing in, signing out. The others of this table take none. */
export const takesForms: readonly string[] = [
  ...administrationForms,
  ':consortium/reunions/nouvelle',
  ':consortium/propositions/nouvelle',
  'connexion',
  'deconnexion',
  ':consortium/*',
  ...governanceForms,
  ...accountForms,
  ...mailForms,
]
