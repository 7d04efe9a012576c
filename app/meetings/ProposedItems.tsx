import { ButtonLink, ButtonRow } from '#app/components/Button.tsx'
import type { IconName } from '#app/components/Icon.tsx'
import { PlainList } from '#app/components/PlainList.tsx'
import { Section } from '#app/components/Section.tsx'
import { Badge, type Tone } from '#app/components/StateBadge.tsx'
import { counted, mediumDate } from '#app/formats.ts'
import type { ItemProposal } from '#server/domain/meetings/item-proposals.ts'
import type { MeetingPage } from '#server/domain/meetings/meeting-page.ts'
import { type ItemProposalState, itemProposalStateLabels } from '#server/vocabulary/meetings.ts'

/** Items that members propose for the agenda, what became of them, and the way to propose another (H49). */
export function ProposedItems({ base, page }: { base: string; page: MeetingPage }) {
  const proposals = page.proposals ?? []
  const waiting = proposals.filter(({ state, yours }) => state === 'proposee' && (page.can.edit.allowed || yours))
  if (proposals.length === 0 && !page.can.proposeItem.allowed) return null
  return (
    <Section title="Points proposés" headingLevel={3} count={proposals.length || undefined}>
      {proposals.length > 0 && (
        <PlainList className="agenda">
          {proposals.map(proposal => (
            <ProposedItem key={proposal.id} proposal={proposal} />
          ))}
        </PlainList>
      )}
      <ButtonRow>
        {waiting.length > 0 && (
          <ButtonLink to={`${base}/points`} icon="agenda">
            {page.can.edit.allowed
              ? `Répondre à ${counted(waiting.length, 'point proposé', 'points proposés')}`
              : 'Retirer mon point'}
          </ButtonLink>
        )}
        {page.can.proposeItem.allowed && (
          <ButtonLink to={`${base}/point`} variant="quiet" icon="proposal">
            Proposer un point
          </ButtonLink>
        )}
      </ButtonRow>
    </Section>
  )
}

function ProposedItem({ proposal }: { proposal: ItemProposal }) {
  return (
    <li>
      <span className="agenda-title">{proposal.title}</span>
      <ProposalFacts proposal={proposal} />
      {proposal.answer && <span>Écarté : {proposal.answer}</span>}
    </li>
  )
}

/** Who proposes it, when, why, and where it stands. */
export function ProposalFacts({ proposal }: { proposal: ItemProposal }) {
  return (
    <>
      <span className="soft">
        {proposal.yours ? 'Proposé par vous' : `Proposé par ${proposal.proposedBy}`}, le{' '}
        {mediumDate(proposal.proposedAt)}{' '}
        <Badge {...looks[proposal.state]}>{itemProposalStateLabels[proposal.state]}</Badge>
      </span>
      {proposal.reason && <span className="soft">{proposal.reason}</span>}
    </>
  )
}

const looks: Record<ItemProposalState, { icon: IconName; tone: Tone }> = {
  proposee: { icon: 'proposal', tone: 'info' },
  inscrite: { icon: 'agenda', tone: 'success' },
  ecartee: { icon: 'circle-cross', tone: 'neutral' },
  retiree: { icon: 'withdrawn', tone: 'neutral' },
}
