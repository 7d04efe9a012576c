/** The kinds of things of which one may ask who reads them, as addresses name them. */
export const accessKinds = {
  instance: 'instance',
  reunion: 'meeting',
  'compte-rendu': 'minutes',
  decision: 'decision',
  action: 'action',
  structure: 'organisation',
  mandat: 'mandate',
  proposition: 'proposal',
} as const

export type AccessKind = keyof typeof accessKinds

export function isAccessKind(word: string): word is AccessKind {
  return Object.hasOwn(accessKinds, word)
}
