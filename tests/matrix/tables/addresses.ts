import { accessAddresses } from './access.ts'
import { administrationAddresses, journalFiles } from './administration.ts'
import { decisionActs } from './decisions.ts'
import { mailAddresses } from './mails.ts'
import { mandateAddresses } from './mandates.ts'
import { meetingActs } from './meetings.ts'
import { minutesActs } from './minutes.ts'
import { pageRows, takesForms } from './pages.ts'
import { proposalAddresses, representationFiles } from './representation.ts'

/** Every address that the tables cover, as `app/routes.ts` writes it, with what may be asked of it. */
export function coveredAddresses(): string[] {
  const things = [
    ...readAndSent('reunions', Object.keys(meetingActs)),
    ...readAndSent('comptes-rendus', new Set(Object.values(minutesActs).map(({ route }) => route))),
    ...readAndSent('decisions', Object.keys(decisionActs)),
    'GET :consortium/comptes-rendus/:id/pdf',
    'POST :consortium/comptes-rendus/:id/pdf',
    ...accessAddresses,
    ...representationFiles,
    ...proposalAddresses,
    ...journalFiles,
    ...administrationAddresses,
    ...mandateAddresses,
    ...mailAddresses,
    'GET :consortium/decisions/:id/relais/:structure',
    'POST :consortium/decisions/:id/relais/:structure',
    'GET :consortium/actions/:id/avancement',
    'POST :consortium/actions/:id/avancement',
  ]
  const pages = pageRows.map(({ route }) => `GET ${route}`)
  return [...new Set([...things, ...pages, ...takesForms.map(route => `POST ${route}`)])].sort()
}

/** A thing's page, and what is done to it: each act has an address that is read and that takes a form. */
function readAndSent(noun: string, acts: Iterable<string>): string[] {
  const thing = `:consortium/${noun}/:id`
  return [`GET ${thing}`, ...[...acts].flatMap(act => [`GET ${thing}/${act}`, `POST ${thing}/${act}`])]
}

/** Routes that have no address of their own: their loaders run with each page inside them. */
export const layouts: readonly string[] = ['root', 'routes/consortium', 'routes/site']

/** What Express is made of, in order, and what each part may answer by itself. Tested in tests/http but for the last. */
export const httpParts: readonly (readonly [part: string, answers: string])[] = [
  ['query *', 'nothing'],
  ['expressInit *', 'nothing'],
  ['ignoreForwarded *', 'nothing'],
  ['<anonymous> *', 'nothing: names the request'],
  ['helmetMiddleware *', 'nothing: headers'],
  ['<anonymous> *', 'nothing: headers'],
  ['<anonymous> *', '400, 405: what no page sends'],
  ['compression *', 'nothing: the same bytes, smaller'],
  ['router *', 'files of the build, which everyone may read'],
  ['router * / serveStatic /assets', 'hashed files'],
  ['router * / <anonymous> /assets', '404'],
  ['router * / serveAtRoot *', 'the icon'],
  ['leaveAssets *', 'nothing'],
  ['get /healthz', 'whether the process is well'],
  ['<anonymous> *', '403: a form of another site'],
  ['<anonymous> *', '400, 413: a body that is too large, or holds NUL'],
  ['<anonymous> *', '503: while nobody has an account, how to begin'],
  ['<anonymous> *', 'Remix: every address of app/routes.ts'],
  ['<anonymous> *', '500, and the refusals of those above'],
]

/** What an upgrade to a WebSocket is compared with: the address of live texts, and the development server's own. */
export const socketPatterns: readonly string[] = ['/^\\/collab(?:[/?]|$)/', 'sec-websocket-protocol']
