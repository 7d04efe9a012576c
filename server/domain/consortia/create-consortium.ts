import { eq } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import { consortia } from '#db/schema/index.ts'
import { Invalid } from '#server/errors.ts'
import { writeJournal } from '#server/journal.ts'
import { parisDay } from '#server/vocabulary/french.ts'
import type { Context } from '../context.ts'
import type { ConsortiumDescription } from './description.ts'
import { insertDescription } from './insert-description.ts'
import { insertPeople } from './insert-people.ts'

export type CreatedConsortium = { consortiumId: string; slug: string; name: string; invited: string[] }

/**
 * Makes a consortium of its description: structures, bodies, rules and first people, each of whom receives an invitation.
 * Nothing is written unless all is. Who may ask for it is the caller's business: an administrateur, or whoever operates the
 * server.
 *
 * @param by the administrateur; null for the operator's command.
 * @throws Invalid when another consortium has this address, or somebody cannot be invited.
 */
export async function createConsortium(
  context: Context,
  tx: Transaction,
  {
    description,
    by,
    address = null,
  }: { description: ConsortiumDescription; by: string | null; address?: string | null },
): Promise<CreatedConsortium> {
  const at = context.clock.now()
  await refuseTakenSlug(tx, description.slug)
  const firstDay = description.firstDay ?? parisDay(at)
  const inserted = await insertDescription(tx, description, { createdAt: at, firstDay })
  const { consortiumId } = inserted
  const invited = await insertPeople(context, tx, description, { ...inserted, at, firstDay, by, address })
  await writeJournal(tx, {
    consortiumId,
    at,
    by,
    verb: 'consortium.create',
    subjectKind: 'consortium',
    subjectId: consortiumId,
    detail: { organisations: description.organisations.length, instances: description.instances.length },
  })
  return { consortiumId, slug: description.slug, name: description.name, invited }
}

/** @throws Invalid when another consortium has this address. */
export async function refuseTakenSlug(tx: Database | Transaction, slug: string): Promise<void> {
  const [taken] = await tx.select({ name: consortia.name }).from(consortia).where(eq(consortia.slug, slug))
  if (!taken) return
  throw new Invalid(
    `Un consortium a déjà le repère « ${slug} » : « ${taken.name} ». Choisissez un autre repère, ou modifiez ce consortium dans ses pages.`,
  )
}
