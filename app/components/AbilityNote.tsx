import type { Ability } from '#server/habilitations/authorize.ts'
import { Disclosure } from './Disclosure.tsx'

/** Why an act is not offered, and who can: for who may read but not act. Nothing when it is allowed. */
export function AbilityNote({ title, ability }: { title: string; ability: Ability }) {
  if (ability.allowed || ability.status !== 403) return null
  return (
    <Disclosure summary={title}>
      <p>{ability.reason}</p>
    </Disclosure>
  )
}
