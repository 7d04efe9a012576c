import { everyone, isVisitor } from '../people.ts'
import type { PageRow } from './pages.ts'

const rule = 'compte'
const signedIn = everyone.filter(person => !isVisitor(person))

/** Pages about one's own account, which everyone who signs in has; and those that a link opens, which are read without. */
export const accountRows: PageRow[] = [
  ...ownAddresses().map(([route, path]) => ({ rule, route, path, ok: signedIn })),
  { rule, route: 'mot-de-passe-oublie', path: '/mot-de-passe-oublie', ok: everyone, open: true },
  ...['invitation', 'mot-de-passe', 'changement-adresse'].flatMap(noun =>
    // One that nobody received, and one that is no token at all.
    ['bGllbi1xdWUtcGVyc29ubmUtbi1hLXJlY3UtZHUtdG91dA', 'a.b'].map(token => ({
      rule,
      route: `${noun}/:token`,
      path: `/${noun}/${token}`,
      open: true as const,
      own: token,
    })),
  ),
]

function ownAddresses(): readonly (readonly [route: string, path: string])[] {
  return [
    ['verification', '/verification'],
    ['verification', '/verification?retour=%2Ftarn&niveau=courriel'],
    ['verification', '/verification?retour=%2F%2Failleurs.example&niveau=__proto__'],
    ['profil', '/profil'],
    ['profil/mot-de-passe', '/profil/mot-de-passe'],
    ['profil/adresse', '/profil/adresse'],
    ['profil/sessions', '/profil/sessions'],
    ['profil/second-facteur', '/profil/second-facteur'],
    ['profil/second-facteur', '/profil/second-facteur?retour=%2Ftarn'],
  ]
}

/** Each of these pages takes a form. */
export const accountForms: readonly string[] = [...new Set(accountRows.map(({ route }) => route))]

/** Services about accounts; asked in http-accounts.test.ts. */
export const accountServices = {
  'accounts.sendsMail': 'pages',
  'accounts.invitationPage': 'pages',
  'accounts.passwordLinkPage': 'pages',
  'accounts.emailChangeLinkPage': 'pages',
  'accounts.verificationPage': 'pages',
  'accounts.authenticatorPage': 'pages',
  'accounts.profilePage': 'pages',
  'accounts.passwordPage': 'pages',
  'accounts.emailPage': 'pages',
  'accounts.ownSessions': 'pages',
  'accounts.acceptInvitation': 'accounts',
  'accounts.requestPassword': 'accounts',
  'accounts.resetPassword': 'accounts',
  'accounts.changePassword': 'accounts',
  'accounts.sendMailCode': 'accounts',
  'accounts.verify': 'accounts',
  'accounts.startEnrolment': 'accounts',
  'accounts.confirmEnrolment': 'accounts',
  'accounts.replaceRecoveryCodes': 'accounts',
  'accounts.removeAuthenticator': 'accounts',
  'accounts.removeAuthenticatorFor': 'accounts',
  'accounts.editProfile': 'accounts',
  'accounts.requestEmailChange': 'accounts',
  'accounts.cancelEmailChange': 'accounts',
  'accounts.confirmEmailChange': 'accounts',
  'accounts.refuseEmailChange': 'accounts',
  'accounts.changeEmailFor': 'accounts',
  'accounts.endOwnSession': 'accounts',
  'accounts.endOtherSessions': 'accounts',
  'accounts.suspendAccount': 'accounts',
  'accounts.restoreAccount': 'accounts',
} as const
