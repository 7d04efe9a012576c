import { eq, or } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import {
  actionItems,
  competenceRules,
  decisions,
  instances,
  mandateProposals,
  mandates,
  meetings,
  prestataireAttachments,
} from '#db/schema/index.ts'
import { Conflict } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { counted, list } from '#server/vocabulary/french.ts'
import type { Context } from '../context.ts'
import { changeInstance } from './change-instance.ts'

/** Deletes an instance created by mistake, in which nothing stands. @throws NotFound, Forbidden (H32), Conflict */
export function deleteInstance(context: Context, actor: Actor, slug: string): Promise<void> {
  return changeInstance(context, actor, slug, 'delete', async (tx, { id }) => {
    const uses = await usesOfInstance(tx, id)
    if (uses.length > 0) {
      throw new Conflict(
        `On ne supprime pas une instance qui a déjà servi (${list(uses)}) : dissolvez-la plutôt, ce qui fut restera lisible.`,
      )
    }
    await tx.delete(instances).where(eq(instances.id, id))
    return { result: undefined }
  })
}

/** What stands in an instance, in French; empty for one that may be deleted. */
export async function usesOfInstance(db: Database | Transaction, id: string): Promise<string[]> {
  const uses: [number, string, string?][] = [
    [await db.$count(mandates, eq(mandates.instanceId, id)), 'mandat'],
    [await db.$count(meetings, eq(meetings.instanceId, id)), 'réunion'],
    [
      await db.$count(decisions, or(eq(decisions.proposingInstanceId, id), eq(decisions.competentInstanceId, id))),
      'décision',
    ],
    [await db.$count(actionItems, eq(actionItems.ownerInstanceId, id)), 'action à mener', 'actions à mener'],
    [
      await db.$count(competenceRules, eq(competenceRules.instanceId, id)),
      'règle de compétence',
      'règles de compétence',
    ],
    [
      await db.$count(prestataireAttachments, eq(prestataireAttachments.instanceId, id)),
      'prestataire rattaché',
      'prestataires rattachés',
    ],
    [
      await db.$count(mandateProposals, eq(mandateProposals.instanceId, id)),
      'proposition de représentant',
      'propositions de représentant',
    ],
    [await db.$count(instances, eq(instances.parentId, id)), 'instance rattachée', 'instances rattachées'],
  ]
  return uses.flatMap(([count, one, several]) => (count > 0 ? [counted(count, one, several)] : []))
}
