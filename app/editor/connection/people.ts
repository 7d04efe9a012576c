import type { LiveTextPresence } from '#server/vocabulary/live-texts.ts'
import { caretColor } from '../extensions/carets.ts'
import type { LivePerson } from '../PresenceList.tsx'

/** Who has the text open besides oneself, once each however many tabs they have; those who write first. */
export function peopleOf(states: ReadonlyMap<number, unknown>, ownClientId: number): LivePerson[] {
  const people = new Map<string, LivePerson>()
  for (const [clientId, state] of states) {
    const person = clientId === ownClientId ? null : readPerson(state)
    if (!person) continue
    const key = `${person.name} ${person.organisation}`
    people.set(key, { ...person, writing: person.writing || (people.get(key)?.writing ?? false) })
  }
  return [...people.values()].sort(
    (a, b) => Number(b.writing) - Number(a.writing) || a.name.localeCompare(b.name, 'fr'),
  )
}

function readPerson(state: unknown): LivePerson | null {
  const { user, cursor } = (state ?? {}) as Partial<LiveTextPresence>
  if (typeof user?.name !== 'string') return null
  return {
    name: user.name,
    organisation: typeof user.organisation === 'string' ? user.organisation : '',
    color: caretColor(user.color),
    writing: cursor !== null && cursor !== undefined,
  }
}
