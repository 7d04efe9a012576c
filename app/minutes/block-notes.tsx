import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { DueDate } from '#app/actions/DueDate.tsx'
import { StateBadge } from '#app/components/StateBadge.tsx'
import type { MinutesPage } from '#server/domain/minutes/minutes-page.ts'

/** What became of each decision and action of a sealed text, at the foot of its block. */
export function blockNotes({
  slug,
  page,
  now,
}: {
  slug: string
  page: MinutesPage
  now: Date
}): Record<string, ReactNode> {
  if (!page.sealed) return {}
  const decisions = page.outcomes.decisions.flatMap(decision =>
    decision.id && decision.state
      ? [
          [
            decision.blockId,
            <>
              <StateBadge of="decision" state={decision.state} />{' '}
              <Link to={`/${slug}/decisions/${decision.id}`}>
                {decision.number ? `Décision ${decision.number}` : 'Voir la décision'}
              </Link>
            </>,
          ] as const,
        ]
      : [],
  )
  const actions = page.outcomes.actions.flatMap(action =>
    action.state
      ? [
          [
            action.blockId,
            <>
              <StateBadge of="action" state={action.state} /> <DueDate action={action} now={now} />
            </>,
          ] as const,
        ]
      : [],
  )
  return Object.fromEntries([...decisions, ...actions])
}
