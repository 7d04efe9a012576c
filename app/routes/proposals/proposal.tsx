import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { accessPath } from '#app/access-path.ts'
import { AbilityNote } from '#app/components/AbilityNote.tsx'
import { ButtonLink } from '#app/components/Button.tsx'
import { Flash } from '#app/components/Flash.tsx'
import { Page } from '#app/components/Page.tsx'
import { StateBadge } from '#app/components/StateBadge.tsx'
import { pageTitle } from '#app/page-title.ts'
import { GivenAnswer } from '#app/proposals/GivenAnswer.tsx'
import { ProposalFacts } from '#app/proposals/ProposalFacts.tsx'
import { aboveProposal, titleOf } from '#app/proposals/proposal-for.ts'
import { reading } from '#app/request.ts'
import type { ProposalView } from '#server/domain/proposals/select-proposals.ts'

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, ...(data ? [`Proposition : ${titleOf(data.proposal)}`, data.proposal.instance.shortName] : []))

/** A proposal and what became of it (H41). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug, param }) => ({
    slug,
    proposal: await services.proposals.proposalPage(actor, param('id')),
  }))
}

export default function Proposal() {
  const { slug, proposal } = useLoaderData<typeof loader>()
  return (
    <Page
      title={`Proposition : ${titleOf(proposal)}`}
      level={proposal.instance.level}
      lead={proposal.instance.name}
      badges={<StateBadge of="proposal" state={proposal.state} />}
      breadcrumb={aboveProposal(slug)}
      visibleBy="les correspondants de la structure et le chef de projet"
      access={accessPath(slug, 'proposition', proposal.id)}
      width="narrow"
      notice={
        <>
          <Flash />
          <GivenAnswer slug={slug} proposal={proposal} />
        </>
      }
      primaryAction={<NextStep slug={slug} proposal={proposal} />}
      otherActions={
        proposal.can.withdraw.allowed && (
          <ButtonLink to={`/${slug}/propositions/${proposal.id}/retrait`} variant="quiet" icon="withdrawn">
            Retirer la proposition
          </ButtonLink>
        )
      }
    >
      <ProposalFacts slug={slug} proposal={proposal} />
      <AbilityNote title="Qui peut répondre à cette proposition ?" ability={proposal.can.answer} />
    </Page>
  )
}

function NextStep({ slug, proposal }: { slug: string; proposal: ProposalView }) {
  if (proposal.can.answer.allowed) {
    return (
      <ButtonLink to={`/${slug}/propositions/${proposal.id}/reponse`} variant="primary" icon="decision">
        Répondre à la proposition
      </ButtonLink>
    )
  }
  const ofMandate = proposal.endsMandateId
  if (!proposal.can.proposeAgain || (proposal.kind === 'fin' && ofMandate === null)) return null
  const form = ofMandate === null ? 'nouvelle?' : `fin?mandat=${ofMandate}&`
  return (
    <ButtonLink to={`/${slug}/propositions/${form}reprendre=${proposal.id}`} variant="primary" icon="pencil">
      Corriger et proposer de nouveau
    </ButtonLink>
  )
}
