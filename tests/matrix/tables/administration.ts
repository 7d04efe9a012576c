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
