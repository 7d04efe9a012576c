import { NotFound } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { authorize, can } from '#server/habilitations/authorize.ts'
import { type Entry, placesOf } from '#server/habilitations/enter.ts'
import { minutesFacts } from '#server/habilitations/load-facts.ts'
import type { Context } from '../context.ts'
import { inventedPerson } from './preview-profiles.ts'

/** Looking at the consortium as somebody whom nobody is. */
export type Preview = {
  /** What the address holds. */
  code: string
  /** « membre de « Parcours » » */
  label: string
  /** Who looks. Nothing is shown that they could not read themselves. */
  reader: Actor
  /** True when what is about to be published is shown as if it were. */
  published: boolean
  /** False for who may look at one page of minutes only (H46). */
  everywhere: boolean
}

/**
 * Lets the chef de projet look at any page (H37), and who writes minutes at their page (H46), as an invented person would
 * see it.
 *
 * @param asked.minutesId the minutes whose own page is asked for, if it is one
 * @throws NotFound, Forbidden when the reader may not look so, or the code stands for nobody
 */
export async function enterPreview(
  { db }: Context,
  { actor: reader, consortium }: Entry,
  asked: { code: string; published: boolean; minutesId: string | null },
): Promise<Entry & { preview: Preview }> {
  const here = { consortiumId: reader.consortiumId }
  const everywhere = can(reader, 'consortium', 'previewAs', here)
  if (!everywhere && asked.minutesId !== null) {
    authorize(reader, 'minutes', 'previewAs', await minutesFacts(db, reader, asked.minutesId))
  } else {
    authorize(reader, 'consortium', 'previewAs', here)
  }
  const invented = await inventedPerson(db, reader, asked.code)
  if (!invented) throw new NotFound()
  const { actor, label } = invented
  return {
    actor,
    consortium: { ...consortium, ...placesOf(actor), hasOthers: false },
    preview: { code: asked.code, label, reader, published: asked.published, everywhere },
  }
}
