import type { Context } from '#server/domain/context.ts'
import { type Actor, loadActor } from './actor.ts'
import { authorize } from './authorize.ts'
import { consortiumIdOf } from './load-facts.ts'

/**
 * The person of a session, in the consortium of an address: what every page and every act begins with.
 * @throws NotFound when the consortium does not exist or is not theirs, with the same work.
 */
export async function enterConsortium(context: Context, accountId: string, slug: string): Promise<Actor> {
  const consortiumId = await consortiumIdOf(context.db, slug)
  const actor = await loadActor(context.db, { accountId, consortiumId, now: context.clock.now() })
  return authorize(actor, 'consortium', 'enter', { consortiumId })
}
