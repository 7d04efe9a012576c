import type { Actor } from '#server/habilitations/actor.ts'
import { authorize } from '#server/habilitations/authorize.ts'
import type { Context } from '../context.ts'
import { everyPreviewChoice, type PreviewDirectory } from './preview-profiles.ts'

/** As whom the chef de projet may look at the consortium, for a structure if one is chosen. @throws Forbidden (H37) */
export async function previewPage(
  { db }: Context,
  actor: Actor,
  wanted: { structure?: string } = {},
): Promise<PreviewDirectory> {
  authorize(actor, 'consortium', 'previewAs', { consortiumId: actor.consortiumId })
  return everyPreviewChoice(db, actor, wanted.structure)
}
