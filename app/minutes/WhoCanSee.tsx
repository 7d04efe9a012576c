import type { MinutesPage } from '#server/domain/minutes/minutes-page.ts'
import { visibilityLabels } from '#server/vocabulary/governance.ts'

/** Completes « Visible par : ». */
export function readersSentence(page: MinutesPage): string {
  if (page.state === 'diffuse' || page.state === 'approuve') return visibilityLabels[page.visibility]
  return page.draftReaders === 'instance'
    ? 'les membres de l’instance, jusqu’à la diffusion'
    : 'les rédacteurs, jusqu’à la diffusion'
}

/** « Qui peut voir ceci ? »: the rule in sentences (H15). */
export function WhoCanSee({ page }: { page: MinutesPage }) {
  const published = page.state === 'diffuse' || page.state === 'approuve'
  return (
    <>
      <p>
        {published
          ? publishedReaders[page.visibility]
          : page.draftReaders === 'instance'
            ? 'Tant qu’il n’est pas diffusé, ce compte rendu est lu par les membres et suppléants de l’instance.'
            : 'Tant qu’il n’est pas diffusé, ce compte rendu est lu par ses rédacteurs : copilotes, présidence et secrétariat de l’instance ; par les membres et suppléants quand la rédaction leur est ouverte.'}
      </p>
      <p>Le prestataire rattaché à l’instance et le chef de projet le lisent dans tous les cas.</p>
      {!published && <p>Une fois diffusé, il sera visible par {visibilityLabels[page.visibility]}.</p>}
    </>
  )
}

const publishedReaders: Record<MinutesPage['visibility'], string> = {
  instance: 'Ce compte rendu est lu par les membres de l’instance seulement, et par les invités de cette réunion.',
  niveau:
    'Ce compte rendu est lu par les membres de l’instance, par ceux des instances de même niveau ou de niveau supérieur, et par les invités de cette réunion.',
  consortium: 'Ce compte rendu est lu par tous les membres du consortium, et par les invités de cette réunion.',
}
