import { PlainList } from '#app/components/PlainList.tsx'
import { inkOn } from './extensions/carets.ts'

/** Someone who has the text open. */
export interface LivePerson {
  name: string
  organisation: string
  /** `#rrggbb`, that of their caret. */
  color: string
  /** Their caret is in the text. */
  writing: boolean
}

/** Who is here: a disc in the colour of the caret, the name, the institution. */
export function PresenceList({ people }: { people: readonly LivePerson[] }) {
  return (
    <PlainList>
      {people.map(({ name, organisation, color, writing }) => (
        <li key={`${name} ${organisation}`} className="presence">
          <span className="presence-mark" style={{ background: color, color: inkOn(color) }} aria-hidden="true">
            {initials(name)}
          </span>
          <span>
            {name}
            {organisation && `, ${organisation}`}
            {writing && <span className="soft"> écrit</span>}
          </span>
        </li>
      ))}
    </PlainList>
  )
}

/** « CV » for « Mme Claire Vidal ». */
export function initials(name: string): string {
  const words = name.replace(/^(Mme|M\.)\s+/, '').split(/[\s-]+/)
  return [words[0], words.length > 1 ? words.at(-1) : ''].map(word => word?.charAt(0).toUpperCase() ?? '').join('')
}
