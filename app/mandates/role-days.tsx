import { Badge } from '#app/components/StateBadge.tsx'
import { mediumDate } from '#app/formats.ts'
import type { PersonState } from '#server/domain/governance/people-list.ts'

type Days = { startsOn: string; endsOn: string | null }

/** « du 1er mars 2026 au 12 mai 2027 », « depuis le 1er mars 2026 ». */
export function daysOf({ startsOn, endsOn }: Days, state: PersonState): string {
  if (endsOn !== null) return `du ${mediumDate(startsOn)} au ${mediumDate(endsOn)}`
  return state === 'a_venir' ? `à partir du ${mediumDate(startsOn)}` : `depuis le ${mediumDate(startsOn)}`
}

/** Where a mandate, a function or a person stands today. */
export function RoleState({ state }: { state: PersonState }) {
  const { icon, tone, label } = looks[state]
  return (
    <Badge icon={icon} tone={tone}>
      {label}
    </Badge>
  )
}

const looks = {
  en_cours: { icon: 'circle-check', tone: 'success', label: 'En cours' },
  a_venir: { icon: 'clock', tone: 'info', label: 'À venir' },
  termine: { icon: 'circle', tone: 'neutral', label: 'Terminé' },
} as const
