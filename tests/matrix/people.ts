import { type CastName, castNames } from '../cast.ts'

/** The cast, and two who hold no session of this deployment. */
export type Person = CastName | 'signedOut' | 'otherDeployment'

/** Those for whom every address but a few leads to signing in: the session of a suspended account counts for nothing. */
export const visitors = ['signedOut', 'otherDeployment', 'suspendu'] as const satisfies readonly Person[]

/** Those who sign in and may enter no page of the Tarn. */
export const outsiders = [
  'ancien',
  'futur',
  'administrateur',
  'copiloteVar',
  'chefVar',
] as const satisfies readonly Person[]

/** Everyone, in the order in which tables name them. */
export const everyone: readonly Person[] = [...castNames, 'signedOut', 'otherDeployment']

/** Those who may enter the Tarn (H1). */
export const entrants: readonly Person[] = castNames.filter(
  name => ![...visitors, ...outsiders].some(other => other === name),
)

/** Those who are members of the Tarn: all who enter, but for the invité of a meeting (H2). */
export const members: readonly Person[] = entrants.filter(name => name !== 'invite')

export function isVisitor(who: Person): boolean {
  return visitors.some(visitor => visitor === who)
}

/** « copilote1 membre » as a list. @throws when a name is nobody's */
export function named(names: string): Person[] {
  return names
    .split(/\s+/)
    .filter(Boolean)
    .map(name => {
      const person = everyone.find(each => each === name)
      if (!person) throw new Error(`nobody of the matrix is called ${name}`)
      return person
    })
}
