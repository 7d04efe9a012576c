import type { MinutesPage } from '#server/domain/minutes/minutes-page.ts'
import { visibilityLabels } from '#server/vocabulary/governance.ts'

/** Completes « Visible par : ». */
export function readersSentence(page: MinutesPage): string {
  if (page.state === 'diffuse' || page.state === 'approuve') return visibilityLabels[page.visibility]
  return page.draftReaders === 'instance'
    ? 'les membres de l’instance, jusqu’à la diffusion'
    : 'les rédacteurs, jusqu’à la diffusion'
}
