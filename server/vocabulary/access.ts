/** The kinds of things of which one may ask who reads them, as addresses name them. */
export const accessKinds = {
  instance: 'instance',
  reunion: 'meeting',
  presence: 'presence',
  'compte-rendu': 'minutes',
  decision: 'decision',
  action: 'action',
  structure: 'organisation',
  mandat: 'mandate',
  passation: 'mandate',
  fonction: 'consortiumFunction',
  proposition: 'proposal',
  page: 'consortium',
} as const

export type AccessKind = keyof typeof accessKinds

export function isAccessKind(word: string): word is AccessKind {
  return Object.hasOwn(accessKinds, word)
}

/** The pages of a consortium that are about no thing in particular, by the first part of their address: their titles. */
export const consortiumPages = {
  instances: 'Instances',
  reunions: 'Réunions',
  decisions: 'Registre des décisions',
  annuaire: 'Annuaire',
  organigramme: 'Organigramme',
  representation: 'Représentation',
  structures: 'Structures',
  competences: 'Règles de compétence',
  visibilites: 'Visibilités par défaut',
  'organes-externes': 'Organes externes',
  gestion: 'Gestion du consortium',
  consortium: 'Le consortium',
  personnes: 'Personnes et mandats',
  journal: 'Journal',
  courriels: 'Courriels sortants',
  apercu: 'Voir comme une autre personne',
} as const

export type ConsortiumPage = keyof typeof consortiumPages

export function isConsortiumPage(word: string): word is ConsortiumPage {
  return Object.hasOwn(consortiumPages, word)
}

/** How addresses name the presence of the holder of a mandate at a meeting. */
export function presenceId(meetingId: string, mandateId: string): string {
  return `${meetingId}.${mandateId}`
}
