import type { Outcome } from '../checks.ts'
import { entrants, isVisitor, members, type Person } from '../people.ts'

/** Identifiers of the Tarn that the rows name; `unknown` in their stead. */
export type MandateIds = {
  person: string
  neverSignedIn: string
  mandate: string
  mistake: string
  fn: string
  attachment: string
  instance: string
  organisation: string
  /** A mandate that takes over another, of somebody who does not sign in. */
  takesOver: string
  /** What the forms of corrections have seen. */
  seenMandate: string
  seenFunction: string
}

/** Who reads first: who may not designate is told so (H34), unless the thing is one that members (H44) or its holder (H45) alone may see. */
type First = 'designates' | 'member' | 'holder'

export type MandateRow = {
  route: string
  path: (ids: MandateIds) => string
  first: First
  /** What the chef de projet gets by reading; 405 where nothing is read. */
  read?: Outcome
  /** Everyone of the consortium reads it. */
  everyone?: true
  /** Nothing has this address. */
  nothing?: true
  /** Who enters is led back: the address only receives a form. */
  leadsBack?: true
  form?: (ids: MandateIds) => Record<string, string>
  /** What the chef de projet gets by sending a form that does nothing by itself: the preview, or what is wrong. */
  stays?: number
  /** Where the chef de projet is led once it is done. */
  done?: (ids: MandateIds) => string
}

const role = (ids: MandateIds) => ({
  civilite: 'madame',
  qualite: 'directrice',
  organisationId: ids.organisation,
  startsOn: '2027-03-12',
})
const atOnce = () => ({ when: 'maintenant' })
const somebody = { email: 'noemie.lacaze@caf.test', givenName: 'Noémie', familyName: 'Lacaze' }

/** [H34] [H44] Every address of people, mandates and functions. */
export const mandateRows: readonly MandateRow[] = [
  { route: 'personnes', path: () => 'personnes', first: 'designates' },
  { route: 'personnes', path: () => 'personnes?structure=caf&etat=jamais&page=2', first: 'designates' },
  { route: 'personnes/modele', path: () => 'personnes/modele?format=csv', first: 'designates' },
  {
    route: 'personnes/nouvelles',
    path: () => 'personnes/nouvelles',
    first: 'designates',
    form: () => ({ step: 'confirmer', seen: '' }),
    stays: 409,
  },
  {
    route: 'personnes/fichier',
    path: () => 'personnes/fichier',
    first: 'designates',
    form: () => ({ file: '' }),
    stays: 422,
  },
  { route: 'personnes/:id', path: ({ person }) => `personnes/${person}`, first: 'designates' },
  {
    route: 'personnes/:id/modification',
    path: ({ neverSignedIn }) => `personnes/${neverSignedIn}/modification`,
    first: 'designates',
    form: () => ({ ...somebody, phone: '' }),
    done: ({ neverSignedIn }) => `personnes/${neverSignedIn}`,
  },
  {
    route: 'personnes/:id/invitation',
    path: ({ neverSignedIn }) => `personnes/${neverSignedIn}/invitation`,
    first: 'designates',
    leadsBack: true,
    form: () => ({}),
    done: ({ neverSignedIn }) => `personnes/${neverSignedIn}`,
  },
  {
    route: 'personnes/:id/retrait',
    path: ({ person }) => `personnes/${person}/retrait`,
    first: 'designates',
    form: atOnce,
    done: ({ person }) => `personnes/${person}`,
  },
  { route: 'mandats/nouveau', path: () => 'mandats/nouveau', first: 'designates' },
  {
    route: 'mandats/nouveau',
    path: () => 'mandats/nouveau?instance=offre',
    first: 'designates',
    form: ids => ({ ...somebody, ...role(ids), function: 'membre' }),
    done: () => 'personnes/',
  },
  { route: 'mandats/:id', path: ({ mandate }) => `mandats/${mandate}`, first: 'member', everyone: true },
  {
    route: 'mandats/:id/modification',
    path: ({ mandate }) => `mandats/${mandate}/modification`,
    first: 'member',
    form: ids => ({ ...role(ids), function: 'membre', seen: ids.seenMandate }),
    done: ({ mandate }) => `mandats/${mandate}`,
  },
  {
    route: 'mandats/:id/fin',
    path: ({ mandate }) => `mandats/${mandate}/fin`,
    first: 'member',
    form: atOnce,
    done: () => 'personnes/',
  },
  { route: 'mandats/:id/passation', path: ({ takesOver }) => `mandats/${takesOver}/passation`, first: 'holder' },
  { route: 'mandats/:id/passation', path: () => 'mandats/rien/passation', first: 'holder', nothing: true },
  {
    route: 'mandats/:id/suppression',
    path: ({ mistake }) => `mandats/${mistake}/suppression`,
    first: 'designates',
    leadsBack: true,
    form: () => ({}),
    done: () => 'personnes',
  },
  {
    route: 'fonctions/nouvelle',
    path: () => 'fonctions/nouvelle',
    first: 'designates',
    form: ids => ({ ...somebody, ...role(ids), function: 'observateur' }),
    done: () => 'personnes/',
  },
  {
    route: 'fonctions/:id',
    path: ({ fn }) => `fonctions/${fn}`,
    first: 'designates',
    form: ids => ({ ...role(ids), startsOn: '2026-01-01', seen: ids.seenFunction }),
    done: ({ fn }) => `fonctions/${fn}`,
  },
  {
    route: 'fonctions/:id/fin',
    path: ({ fn }) => `fonctions/${fn}/fin`,
    first: 'designates',
    form: atOnce,
    done: () => 'personnes/',
  },
  {
    route: 'fonctions/:id/rattachement',
    path: ({ fn }) => `fonctions/${fn}/rattachement`,
    first: 'designates',
    form: ids => ({ instanceId: ids.instance, startsOn: '2027-03-12' }),
    done: ({ fn }) => `fonctions/${fn}`,
  },
  {
    route: 'rattachements/:id/fin',
    path: ({ attachment }) => `rattachements/${attachment}/fin`,
    first: 'designates',
    form: atOnce,
    done: ({ fn }) => `fonctions/${fn}`,
  },
]

/** What is answered to somebody who reads an address of the table, or sends its form. */
export function onMandate(who: Person, row: MandateRow, known: boolean, sends: boolean): Outcome | 'sign in' | 'done' {
  if (isVisitor(who)) return 'sign in'
  if (!entrants.includes(who)) return 404
  if (row.leadsBack && !sends) return { to: '/tarn/accueil' }
  if (row.nothing) return 404
  if (who === 'chef') {
    if (!known) return 404
    return sends ? (row.stays ?? 'done') : 200
  }
  if (row.first === 'holder') return 404
  if (row.first === 'member' && (!known || !members.includes(who))) return 404
  return row.everyone && !sends ? 200 : 403
}

/** Addresses as `app/routes.ts` writes them, with what may be asked. */
export const mandateAddresses: readonly string[] = [
  ...mandateRows.flatMap(({ route, form }) => [
    `GET :consortium/${route}`,
    ...(form ? [`POST :consortium/${route}`] : []),
  ]),
  // A file takes no form, and says so.
  'POST :consortium/personnes/modele',
]

/** Services about people, mandates and functions; asked in http-mandates.test.ts. */
export const mandateServices = {
  'people.peopleList': 'mandates',
  'people.personPage': 'mandates',
  'people.removePerson': 'mandates',
  'people.correctPerson': 'mandates',
  'people.resendInvitation': 'mandates',
  'mandates.mandatePage': 'mandates',
  'mandates.mandateChoices': 'mandates',
  'mandates.endingConsequences': 'mandates',
  'mandates.createMandate': 'mandates',
  'mandates.editMandate': 'mandates',
  'mandates.endMandate': 'mandates',
  'mandates.eraseMistakenMandate': 'mandates',
  'mandates.giveFunction': 'mandates',
  'mandates.editFunction': 'mandates',
  'mandates.endFunction': 'mandates',
  'mandates.attachPrestataire': 'mandates',
  'mandates.detachPrestataire': 'mandates',
  'mandates.functionChoices': 'mandates',
  'mandates.functionPage': 'mandates',
  'mandates.attachmentPage': 'mandates',
  'mandates.handoverPage': 'mandates',
  'people.previewPaste': 'mandates',
  'people.previewFile': 'mandates',
  'people.previewImport': 'mandates',
  'people.confirmImport': 'mandates',
  'people.importTemplate': 'mandates',
} as const
