import { data } from '@remix-run/node'
import type { Ability } from '#server/habilitations/authorize.ts'

/** Goes on only when the act is possible. @throws the page that says why it is not, and who can */
export function requirePossible(ability: Ability): void {
  if (!ability.allowed) throw data({ message: ability.reason }, { status: ability.status })
}
