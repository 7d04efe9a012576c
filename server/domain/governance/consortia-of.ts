import { asc, eq, inArray } from 'drizzle-orm'
import { consortia, consortiumFunctions, mandates } from '#db/schema/index.ts'
import { loadActor } from '#server/habilitations/actor.ts'
import { can } from '#server/habilitations/authorize.ts'
import type { Context } from '../context.ts'

export type ConsortiumEntry = { slug: string; name: string; territory: string }

/** The consortia that a person may enter today, by name. */
export async function consortiaOf(context: Context, accountId: string): Promise<ConsortiumEntry[]> {
  const byMandate = context.db
    .select({ id: mandates.consortiumId })
    .from(mandates)
    .where(eq(mandates.accountId, accountId))
  const byFunction = context.db
    .select({ id: consortiumFunctions.consortiumId })
    .from(consortiumFunctions)
    .where(eq(consortiumFunctions.accountId, accountId))
  const candidates = await context.db
    .select()
    .from(consortia)
    .where(inArray(consortia.id, byMandate.union(byFunction)))
    .orderBy(asc(consortia.name))

  const entries: ConsortiumEntry[] = []
  for (const { id, slug, name, territory } of candidates) {
    const actor = await loadActor(context.db, { accountId, consortiumId: id, now: context.clock.now() })
    if (can(actor, 'consortium', 'enter', { consortiumId: id })) entries.push({ slug, name, territory })
  }
  return entries
}
