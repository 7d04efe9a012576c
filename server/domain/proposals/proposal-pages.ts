import { and, eq } from 'drizzle-orm'
import { mandateProposals } from '#db/schema/index.ts'
import { NotFound } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { authorize, can } from '#server/habilitations/authorize.ts'
import { uuidOrNone } from '#server/habilitations/load-facts.ts'
import { visibleTo } from '#server/habilitations/visible.ts'
import type { ProposalState } from '#server/vocabulary/governance.ts'
import type { Context } from '../context.ts'
import { type PageOf, pageOf, placeIn, slice, type Wanted } from '../page-of.ts'
import { type ProposalView, proposalView, selectProposals } from './select-proposals.ts'

/** One proposal. @throws NotFound (H41) */
export async function proposalPage(context: Context, actor: Actor, proposalId: string): Promise<ProposalView> {
  const [row] = await selectProposals(
    context.db,
    actor,
    and(visibleTo(actor, 'proposal', 'read'), eq(mandateProposals.id, uuidOrNone(proposalId))),
  )
  if (!row) throw new NotFound()
  return proposalView(actor, row)
}

export type ProposalList = PageOf<ProposalView> & {
  /** True for a correspondant, who may make one; and for who answers them. */
  mayPropose: boolean
  mayAnswer: boolean
}

/** The proposals that the person may read, the latest first. @throws NotFound (H2, H41) */
export async function proposalList(
  context: Context,
  actor: Actor,
  filter: Wanted & { state?: ProposalState } = {},
): Promise<ProposalList> {
  const facts = { consortiumId: actor.consortiumId }
  authorize(actor, 'consortium', 'read', facts)
  const place = placeIn(filter)
  const order = { at: mandateProposals.proposedAt, id: mandateProposals.id, latestFirst: true }
  const { where, orderBy, limit } = slice(order, place)
  const readable = visibleTo(actor, 'proposal', 'read')
  const wanted = filter.state && eq(mandateProposals.state, filter.state)
  const rows = await selectProposals(context.db, actor, and(readable, wanted, where))
    .orderBy(...orderBy)
    .limit(limit)
  const page = pageOf(
    rows.map(row => proposalView(actor, row)),
    proposal => proposal.proposedAt,
    place,
  )
  return {
    ...page,
    mayPropose: actor.correspondantOf.length > 0,
    mayAnswer: can(actor, 'consortium', 'editMandates', facts),
  }
}
