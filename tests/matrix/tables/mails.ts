import type { PageRow } from './pages.ts'

/** [H36] The list of outgoing mails; the mails of invented people, that only a demonstration shows. */
export const mailRows: PageRow[] = [
  { rule: 'H36', route: ':consortium/courriels', path: '/tarn/courriels', ok: ['chef'] },
  {
    rule: 'H36',
    route: ':consortium/courriels',
    path: '/tarn/courriels?etat=abandonne&sorte=mandat&personne=x',
    ok: ['chef'],
  },
  { rule: 'H36', route: ':consortium/courriels', path: '/var/courriels', ok: ['chefVar'], own: '/var' },
  { rule: 'H0', route: 'courriels-de-demonstration', path: '/courriels-de-demonstration' },
]

/** A mail and what is done to it; a presence at a meeting: asked in http-mails.test.ts. */
export const mailAddresses = [
  'GET :consortium/courriels/:id',
  'POST :consortium/courriels/:id',
  'GET :consortium/reunions/:id/ma-presence',
  'POST :consortium/reunions/:id/ma-presence',
]

/** Takes a form; whose answers are in http-mails.test.ts. */
export const mailForms = ['courriels-de-demonstration']

export const mailServices = {
  'mails.outgoingMailsPage': 'pages',
  'mails.demonstrationMails': 'pages',
  'mails.demonstrationMail': 'mails',
  'mails.mailPage': 'mails',
  'mails.mailToCopy': 'mails',
  'mails.markHandedOver': 'mails',
  'mails.retryMail': 'mails',
  'mails.abandonMail': 'mails',
  'meetings.ownPresences': 'mails',
  'meetings.answerPresence': 'mails',
} as const
