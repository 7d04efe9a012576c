import { eq } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import {
  actionItems,
  consortiumFunctions,
  decisionRelayAnswers,
  externalBodies,
  mandateProposals,
  mandates,
  organisations,
} from '#db/schema/index.ts'
import { Conflict } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { counted, list } from '#server/vocabulary/french.ts'
import type { Context } from '../context.ts'
import { changeOrganisation } from './change-organisation.ts'

/** Deletes an institution entered by mistake, to which nothing refers. @throws NotFound, Forbidden (H31), Conflict */
export function deleteOrganisation(context: Context, actor: Actor, slug: string): Promise<void> {
  return changeOrganisation(context, actor, slug, 'delete', async (tx, { id }) => {
    const uses = await usesOfOrganisation(tx, id)
    if (uses.length > 0) {
      throw new Conflict(
        `On ne supprime pas une structure qui a déjà servi (${list(uses)}) : enregistrez plutôt son départ, ce qui fut restera lisible.`,
      )
    }
    await tx.delete(organisations).where(eq(organisations.id, id))
    return { result: undefined }
  })
}

/** What refers to an institution, in French; empty for one that may be deleted. */
export async function usesOfOrganisation(db: Database | Transaction, id: string): Promise<string[]> {
  const uses: [number, string, string?][] = [
    [await db.$count(mandates, eq(mandates.organisationId, id)), 'mandat'],
    [
      await db.$count(consortiumFunctions, eq(consortiumFunctions.organisationId, id)),
      'fonction dans le consortium',
      'fonctions dans le consortium',
    ],
    [
      await db.$count(mandateProposals, eq(mandateProposals.organisationId, id)),
      'proposition de représentant',
      'propositions de représentant',
    ],
    [await db.$count(actionItems, eq(actionItems.ownerOrganisationId, id)), 'action à mener', 'actions à mener'],
    [
      await db.$count(decisionRelayAnswers, eq(decisionRelayAnswers.organisationId, id)),
      'décision relayée',
      'décisions relayées',
    ],
    [await db.$count(externalBodies, eq(externalBodies.organisationId, id)), 'organe externe', 'organes externes'],
  ]
  return uses.flatMap(([count, one, several]) => (count > 0 ? [counted(count, one, several)] : []))
}
