import { eq } from 'drizzle-orm'
import { consortia } from '#db/schema/index.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { can } from '#server/habilitations/authorize.ts'
import type { Context } from '../context.ts'

/** What the frame of every page shows: the consortium and which headings this person has. */
export type ConsortiumFrame = {
  slug: string
  name: string
  territory: string
  /** False for an invité, who sees one meeting and not the consortium. */
  readsConsortium: boolean
}

export async function consortiumFrame(context: Context, actor: Actor): Promise<ConsortiumFrame> {
  const [row] = await context.db.select().from(consortia).where(eq(consortia.id, actor.consortiumId))
  if (!row) throw new Error('an actor belongs to a consortium')
  return {
    slug: row.slug,
    name: row.name,
    territory: row.territory,
    readsConsortium: can(actor, 'consortium', 'read', { consortiumId: actor.consortiumId }),
  }
}
