import type { Actor } from '#server/habilitations/actor.ts'
import { authorize } from '#server/habilitations/authorize.ts'
import type { Context } from '../context.ts'
import { everyPreviewChoice } from './preview-profiles.ts'

/** As whom the chef de projet may look at the consortium. @throws Forbidden (H37) */
export async function previewPage({ db }: Context, actor: Actor) {
  authorize(actor, 'consortium', 'previewAs', { consortiumId: actor.consortiumId })
  return { groups: await everyPreviewChoice(db, actor) }
}
