import { and, eq, gte, isNotNull } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { among, first } from '#db/lists.ts'
import { instances, mandates } from '#db/schema/index.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { visibleTo } from '#server/habilitations/visible.ts'
import { mostAwaiting } from './how-many.ts'

/** Days for which the home page leads a new holder to the handover. */
export const handoverForDays = 60

/** One's own mandates that take over another's since a day (H45). */
export function handovers(db: Database, actor: Actor, since: string) {
  return db
    .select({ id: mandates.id, instance: instances.name, startsOn: mandates.startsOn })
    .from(mandates)
    .innerJoin(instances, eq(instances.id, mandates.instanceId))
    .where(
      and(
        visibleTo(actor, 'mandate', 'readHandover'),
        among(mandates.id, actor.mandateIds),
        isNotNull(mandates.replacesMandateId),
        gte(mandates.startsOn, since),
      ),
    )
    .limit(first(mostAwaiting))
}
