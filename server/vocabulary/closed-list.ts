import * as z from 'zod'

/** A closed list: the codes kept in the database and the French words people read. */
export type Labels<Code extends string> = Readonly<Record<Code, string>>

/** Codes of a closed list, in the order in which it was written. */
export function codesOf<Code extends string>(labels: Labels<Code>): [Code, ...Code[]] {
  return Object.keys(labels) as [Code, ...Code[]]
}

/** zod schema that accepts only the codes of a closed list, with a French message. */
export function codeSchema<Code extends string>(labels: Labels<Code>, message: string) {
  return z.enum(codesOf(labels), { error: message })
}
