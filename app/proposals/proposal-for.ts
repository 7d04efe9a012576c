import type { LoaderFunctionArgs } from '@remix-run/node'
import { reading, type Work } from '#app/request.ts'
import type { ProposalView } from '#server/domain/proposals/select-proposals.ts'

type Act = 'answer' | 'withdraw'

/** The proposal of an address, for a page that leads to an act on it, and what would follow from an end. @throws the page that says who can; first, where the second factor is given */
export function proposalFor(args: LoaderFunctionArgs, act: Act) {
  return reading(args, async work => {
    const proposal = await proposalToChange(work, act)
    if (act === 'answer') work.services.checkVerification(work.actor, 'forte')
    const { services, actor } = work
    const ends = act === 'answer' && proposal.state === 'proposee' ? proposal.endsMandateId : null
    const follows = ends === null ? null : await services.mandates.endingConsequences(actor, ends)
    return { slug: work.slug, proposal, follows }
  })
}

/**
 * The proposal of an address, if the person may act on it or came too late to: the page then says who answered.
 * @throws NotFound, Forbidden
 */
export async function proposalToChange({ services, actor, param }: Work, act: Act): Promise<ProposalView> {
  const proposal = await services.proposals.proposalPage(actor, param('id'))
  const ability = proposal.can[act]
  if (!ability.allowed && ability.status === 403) services.checkAbility(ability)
  return proposal
}

/** « Mme Claire Vidal », « Fin du mandat de Mme Claire Vidal » */
export function titleOf({ kind, name }: Pick<ProposalView, 'kind' | 'name'>): string {
  return kind === 'fin' ? `Fin du mandat de ${name}` : name
}

/** What stands above the pages of a proposal. */
export function aboveProposal(slug: string, proposal?: ProposalView) {
  const all = { label: 'Propositions', to: `/${slug}/propositions` }
  if (!proposal) return [all]
  return [all, { label: titleOf(proposal), to: `/${slug}/propositions/${proposal.id}` }]
}
