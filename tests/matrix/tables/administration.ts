import { everyone, isVisitor, named, type Person } from '../people.ts'
import type { PageRow } from './pages.ts'

/** [H35] The journal of the consortium, on a page and as a file. */
export const journalRows: PageRow[] = [
  { rule: 'H35', route: ':consortium/journal', path: '/tarn/journal', ok: ['chef'] },
  {
    rule: 'H35',
    route: ':consortium/journal',
    path: '/tarn/journal?acte=meeting.create&du=2026-01-01&apres=100000',
    ok: ['chef'],
  },
  { rule: 'H35', route: ':consortium/journal', path: '/var/journal', ok: ['chefVar'], own: '/var' },
  { rule: 'H35', route: ':consortium/journal/fichier', path: '/tarn/journal/fichier?format=csv', ok: ['chef'] },
]

/** Addresses of files: they take no form, and say so. */
export const journalFiles = ['POST :consortium/journal/fichier']

/** Services of the journal and of an empty deployment, asked by the matrix of pages. */
export const journalServices = {
  'journal.journalPage': 'pages',
  'journal.journalFile': 'pages',
  'administration.isEmpty': 'pages',
} as const

const administrateur = named('administrateur')
const signedIn = everyone.filter(person => !isVisitor(person))
const unknown = 'd4f3a1de-0000-4000-8000-00000000abcd'

const row = (route: string, path: string, ok: readonly Person[] = administrateur): PageRow => ({
  rule: 'administration',
  route: `administration${route}`,
  path: `/administration${path}`,
  ok,
})

/** Pages of the deployment: for anybody but an administrateur, they do not exist. */
export const administrationRows: PageRow[] = [
  row('', ''),
  row('/consortiums', '/consortiums'),
  row('/consortiums/nouveau', '/consortiums/nouveau'),
  row('/consortiums/:slug', '/consortiums/tarn'),
  row('/consortiums/:slug', '/consortiums/lot', []),
  row('/comptes', '/comptes'),
  row('/comptes', '/comptes?recherche=%25castagn%C3%A9&etat=actif&page=2'),
  row('/comptes/:id', `/comptes/${unknown}`, []),
  row('/comptes/:id', '/comptes/tarn', []),
  row('/comptes/:id/actes/:act', `/comptes/${unknown}/actes/suspension`, []),
  row('/comptes/:id/adresse', `/comptes/${unknown}/adresse`, []),
  row('/comptes/:id/effacement', `/comptes/${unknown}/effacement`, []),
  row('/journal', '/journal'),
  row('/journal', '/journal?acte=profile.edit&du=2026-01-01&apres=100000'),
  row('/journal/fichier', '/journal/fichier?format=csv'),
  row('/textes', '/textes'),
  row('/textes/:key', '/textes/mentions_legales'),
  row('/textes/:key', '/textes/__proto__', []),
]

/** Legal pages, and what is held about oneself. */
export const legalRows: PageRow[] = [
  ...['mentions-legales', 'donnees-personnelles', 'accessibilite'].map(route => ({
    rule: 'loi',
    route,
    path: `/${route}`,
    ok: everyone,
    open: true as const,
  })),
  { rule: 'loi', route: 'profil/donnees', path: '/profil/donnees', ok: signedIn },
  { rule: 'loi', route: 'profil/donnees/fichier', path: '/profil/donnees/fichier', ok: signedIn },
]

/** Addresses that take forms; asked in http-administration.test.ts. */
export const administrationForms: readonly string[] = [
  'administration/consortiums/nouveau',
  'administration/consortiums/:slug',
  'administration/comptes/:id',
  'administration/comptes/:id/actes/:act',
  'administration/comptes/:id/adresse',
  'administration/comptes/:id/effacement',
  'administration/textes/:key',
]

/** Addresses whose reading leaves a line, asked in http-administration.test.ts, and files, which take no form. */
export const administrationAddresses = [
  'GET administration/journal-de-securite',
  'GET administration/journal-de-securite/fichier',
  'POST administration/journal-de-securite/fichier',
  'POST administration/journal/fichier',
  'POST profil/donnees/fichier',
]

export const administrationServices = {
  'administration.deployedConsortia': 'pages',
  'administration.deployedConsortium': 'pages',
  'administration.accountList': 'pages',
  'administration.accountPage': 'pages',
  'administration.siteTextList': 'pages',
  'administration.deploymentJournalPage': 'pages',
  'administration.deploymentJournalFile': 'pages',
  'administration.siteTextToRewrite': 'pages',
  'administration.checkAdministering': 'pages',
  'siteTexts.siteText': 'pages',
  'personalData.ownData': 'pages',
  'administration.previewConsortium': 'deployment',
  'administration.createConsortiumOfText': 'deployment',
  'administration.designateChef': 'deployment',
  'administration.endAccountSessions': 'deployment',
  'administration.resendAccountInvitation': 'deployment',
  'administration.invitationToCopy': 'deployment',
  'administration.markInvitationHandedOver': 'deployment',
  'administration.nameAdministrateur': 'deployment',
  'administration.withdrawAdministrateur': 'deployment',
  'administration.eraseAccount': 'deployment',
  'administration.securityLogPage': 'deployment',
  'administration.securityLogFile': 'deployment',
  'administration.rewriteSiteText': 'deployment',
  'administration.restoreSiteText': 'deployment',
} as const
