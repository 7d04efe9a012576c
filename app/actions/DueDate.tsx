import { Badge } from '#app/components/StateBadge.tsx'
import { capitalised, daysUntil, deadline, mediumDate } from '#app/formats.ts'
import type { ActionState } from '#server/vocabulary/actions.ts'

/** « Échéance le 12 mars 2027 », and how soon or how late as long as it is to do. */
export function DueDate({ action, now }: { action: { dueOn: string | null; state: ActionState | null }; now: Date }) {
  if (action.dueOn === null) return null
  const open = action.state === null || action.state === 'a_faire' || action.state === 'en_cours'
  const late = open && daysUntil(action.dueOn, now) < 0
  return (
    <>
      <span>{`Échéance le ${mediumDate(action.dueOn)}${open && !late ? `, ${deadline(action.dueOn, now)}` : ''}`}</span>{' '}
      {late && (
        <Badge icon="clock" tone="danger">
          {capitalised(deadline(action.dueOn, now))}
        </Badge>
      )}
    </>
  )
}
