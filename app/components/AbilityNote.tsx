import { list } from '#app/formats.ts'
import type { Ability } from '#server/habilitations/authorize.ts'
import { Disclosure } from './Disclosure.tsx'

/** Why an act is not offered, and who can: for who may read but not act. Nothing when it is allowed. */
export function AbilityNote({
  title,
  ability,
  people,
}: {
  title: string
  ability: Ability
  people?: readonly string[]
}) {
  if (ability.allowed || ability.status !== 403) return null
  return (
    <Disclosure summary={title}>
      <p>{ability.reason}</p>
      {people && people.length > 0 && <p>Aujourd’hui : {list(people)}.</p>}
    </Disclosure>
  )
}
