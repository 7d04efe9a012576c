import type { Labels } from './closed-list.ts'

export type ActionState = 'a_faire' | 'en_cours' | 'faite' | 'abandonnee'

export const actionStateLabels: Labels<ActionState> = {
  a_faire: 'À faire',
  en_cours: 'En cours',
  faite: 'Faite',
  abandonnee: 'Abandonnée',
}

/** Who owns an action: a mandate of the consortium (a person), an institution or an instance. */
export type ActionOwnerKind = 'personne' | 'organisation' | 'instance'

export const actionOwnerKindLabels: Labels<ActionOwnerKind> = {
  personne: 'Une personne',
  organisation: 'Une structure',
  instance: 'Une instance',
}
