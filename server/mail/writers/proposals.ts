import { eq } from 'drizzle-orm'
import { consortia } from '#db/schema/index.ts'
import type { Context } from '#server/domain/context.ts'
import { proposalPage } from '#server/domain/proposals/proposal-pages.ts'
import type { ProposalView } from '#server/domain/proposals/select-proposals.ts'
import { NotFound } from '#server/errors.ts'
import { loadActor } from '#server/habilitations/actor.ts'
import { mediumDate } from '#server/vocabulary/french.ts'
import type { MailContent, MailToWrite, MailWriter } from '../content.ts'

type Words = { label: string; subject: string; paragraphs: string[] }

/** Tells the chefs de projet of a proposal that waits for them; nothing once it was answered or withdrawn. */
export const proposalReceivedWriter: MailWriter = writer(proposal => {
  if (!proposal.can.answer.allowed) return null
  const paragraphs = [`${proposal.proposedBy} propose ${whom(proposal)}.`]
  if (proposal.replaces) paragraphs.push(`Cette personne remplacerait ${proposal.replaces}.`)
  const what = proposal.kind === 'fin' ? 'Fin de mandat proposée' : 'Représentant proposé'
  return { label: 'Examiner la proposition', subject: `${what} : ${proposal.instance.name}`, paragraphs }
})

/** Tells the correspondant who proposed that the mandate is made. */
export const proposalAcceptedWriter: MailWriter = writer(proposal =>
  proposal.state === 'acceptee'
    ? {
        label: 'Voir la proposition',
        subject: `Proposition acceptée : ${proposal.instance.name}`,
        paragraphs: [`${proposal.answeredBy} a accepté votre proposition : ${whom(proposal)}.`],
      }
    : null,
)

/** Tells the correspondant who proposed that it comes back, and why. */
export const proposalReturnedWriter: MailWriter = writer(proposal =>
  proposal.state === 'retournee'
    ? {
        label: 'Lire le motif et proposer de nouveau',
        subject: `Proposition retournée : ${proposal.instance.name}`,
        paragraphs: [
          `${proposal.answeredBy} vous retourne votre proposition : ${whom(proposal)}.`,
          'Son motif est sur la page de la proposition, d’où vous pouvez la corriger et proposer de nouveau.',
        ],
      }
    : null,
)

/** Writes from the proposal as it now stands, for somebody who may still read it (H41). */
function writer(words: (proposal: ProposalView) => Words | null): MailWriter {
  return async (context, mail): Promise<MailContent | null> => {
    const read = await readBy(context, mail)
    const written = read && words(read.proposal)
    if (!read || !written) return null
    const { label, ...content } = written
    return { ...content, link: { label, path: `/${read.slug}/propositions/${read.proposal.id}` } }
  }
}

async function readBy(context: Context, { accountId, consortiumId, about }: MailToWrite) {
  if (consortiumId === null) return null
  const [consortium] = await context.db
    .select({ slug: consortia.slug })
    .from(consortia)
    .where(eq(consortia.id, consortiumId))
  const actor = await loadActor(context.db, { accountId, consortiumId, now: context.clock.now() })
  try {
    const proposal = await proposalPage(context, actor, about.proposalId ?? '')
    return consortium ? { slug: consortium.slug, proposal } : null
  } catch (error) {
    if (error instanceof NotFound) return null
    throw error
  }
}

/**
 * « Mme Claire Vidal, directrice adjointe, comme membre de « Parcours » pour la CAF, à partir du 1er avril 2027 »; or « la fin du
 * mandat de … le 30 juin 2027 ».
 */
function whom({ kind, name, qualite, functionLabel, instance, organisation, startsOn, endsOn }: ProposalView): string {
  const until = endsOn === null ? '' : ` jusqu’au ${mediumDate(endsOn)}`
  if (kind === 'fin' && endsOn !== null) {
    return `la fin du mandat de ${name} dans l’instance « ${instance.name} » pour ${organisation.name} (${functionLabel}), le ${mediumDate(endsOn)}`
  }
  return `${name}, ${qualite}, dans l’instance « ${instance.name} » pour ${organisation.name} (${functionLabel}), à partir du ${mediumDate(startsOn)}${until}`
}
