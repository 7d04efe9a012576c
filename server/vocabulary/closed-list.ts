/** A closed list: the codes kept in the database and the French words people read. */
export type Labels<Code extends string> = Readonly<Record<Code, string>>

/** Codes of a closed list, in the order in which it was written. */
export function codesOf<Code extends string>(labels: Labels<Code>): [Code, ...Code[]] {
  return Object.keys(labels) as [Code, ...Code[]]
}
