import { Link } from '@remix-run/react'
import { Notice } from '#app/components/Notice.tsx'
import { mediumDate } from '#app/formats.ts'
import type { ProposalView } from '#server/domain/proposals/select-proposals.ts'

/** What became of a proposal, by whom and why; nothing while it waits. */
export function GivenAnswer({ slug, proposal }: { slug: string; proposal: ProposalView }) {
  const { state, answeredAt, answeredBy, reason } = proposal
  const when = answeredAt && `par ${answeredBy}, le ${mediumDate(answeredAt)}`
  if (state === 'retournee') {
    return (
      <Notice tone="warning" title={`Proposition retournée ${when}`}>
        <p className="as-typed">{reason}</p>
      </Notice>
    )
  }
  if (state === 'acceptee') {
    return (
      <Notice tone="success" title={`Proposition acceptée ${when}`}>
        <p>
          <Link
            to={`/${slug}/representation?jour=${(proposal.kind === 'fin' && proposal.endsOn) || proposal.startsOn}`}
          >
            Voir le tableau de représentation
          </Link>
        </p>
      </Notice>
    )
  }
  return state === 'retiree' ? <Notice>Proposition retirée {when}.</Notice> : null
}
