import { Link } from '@remix-run/react'
import { DescriptionList } from '#app/components/DescriptionList.tsx'
import { mediumDate } from '#app/formats.ts'
import type { ProposalView } from '#server/domain/proposals/select-proposals.ts'

/** Whom an institution proposes, for what, and why; or whose mandate would end. */
export function ProposalFacts({ slug, proposal }: { slug: string; proposal: ProposalView }) {
  const { organisation, instance, name, email, knownAs, accountId } = proposal
  return (
    <DescriptionList
      items={[
        { term: 'Structure', value: organisation.name },
        { term: 'Objet', value: proposal.kind === 'fin' && 'Fin de ce mandat, sans successeur' },
        { term: 'Instance', value: <Link to={`/${slug}/instances/${instance.slug}`}>{instance.name}</Link> },
        { term: 'Personne', value: name },
        { term: 'Qualité', value: proposal.qualite },
        { term: 'Adresse', value: email ?? (accountId && 'celle que l’espace connaît') },
        {
          term: 'Compte',
          value:
            proposal.state === 'proposee' &&
            proposal.kind === 'designation' &&
            accountId === null &&
            knownAs &&
            `Cette adresse est déjà celle de ${knownAs} : c’est son compte qui servira.`,
        },
        { term: 'Fonction', value: proposal.functionLabel },
        { term: 'Voix', value: proposal.carriesVoice ? 'porte la voix de la structure' : 'sans la voix' },
        { term: proposal.function === 'assistant' ? 'Assistance de' : 'Suppléance de', value: proposal.titulaire },
        { term: 'Remplace', value: proposal.replaces && `${proposal.replaces}, dont le mandat finira la veille` },
        { term: proposal.kind === 'fin' ? 'Siège depuis le' : 'À partir du', value: mediumDate(proposal.startsOn) },
        {
          term: proposal.kind === 'fin' ? 'Dernier jour proposé' : 'Jusqu’au',
          value: proposal.endsOn && mediumDate(proposal.endsOn),
        },
        { term: 'Message', value: proposal.message && <span className="as-typed">{proposal.message}</span> },
        { term: 'Proposée', value: `le ${mediumDate(proposal.proposedAt)} par ${proposal.proposedBy}` },
      ]}
    />
  )
}
