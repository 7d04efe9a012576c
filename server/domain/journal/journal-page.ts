import type { Actor } from '#server/habilitations/actor.ts'
import { authorize } from '#server/habilitations/authorize.ts'
import type { Context } from '../context.ts'
import { objectsOf } from './journal-objects.ts'
import { type JournalFilter, type JournalPage, type JournalScope, pageOfJournal } from './read-journal.ts'

/** The journal of the consortium, the latest first (H35). @throws NotFound for who is no chef de projet */
export async function journalPage(context: Context, actor: Actor, filter: JournalFilter = {}): Promise<JournalPage> {
  return pageOfJournal(context, journalOf(context, actor), filter)
}

/** The journal of the actor's consortium, for who may read it (H35). @throws NotFound */
export function journalOf(context: Context, actor: Actor): JournalScope {
  const { consortiumId } = actor
  authorize(actor, 'consortium', 'readJournal', { consortiumId })
  return { consortiumId, objectsOf: lines => objectsOf(context, actor, lines) }
}
