import { and, eq } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import { instances } from '#db/schema/index.ts'
import { Invalid, NotFound } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { authorize } from '#server/habilitations/authorize.ts'
import { columnsOf } from '#server/habilitations/columns.ts'
import { slugOrNone } from '#server/habilitations/load-facts.ts'
import { mediumDate } from '#server/vocabulary/french.ts'
import type { Context } from '../context.ts'
import { changeShape, type ShapeChange } from '../governance/change-shape.ts'

export type InstanceRow = typeof instances.$inferSelect

/** The instance of an address, for who may read it. @throws NotFound (H3) */
export async function instanceOf(db: Database | Transaction, actor: Actor, slug: string): Promise<InstanceRow> {
  const [row] = await db
    .select({ instance: instances, facts: columnsOf.instance })
    .from(instances)
    .where(and(eq(instances.slug, slugOrNone(slug)), eq(instances.consortiumId, actor.consortiumId)))
  if (!row) throw new NotFound()
  authorize(actor, 'instance', 'read', row.facts)
  return row.instance
}

/**
 * As `changeShape`, on one instance as it stands once the consortium's shape is locked.
 * @throws NotFound, Forbidden (H32)
 */
export async function changeInstance<Result = void>(
  context: Context,
  actor: Actor,
  slug: string,
  verb: string,
  work: (tx: Transaction, instance: InstanceRow) => Promise<{ result: Result; detail?: ShapeChange<Result>['detail'] }>,
): Promise<Result> {
  await instanceOf(context.db, actor, slug)
  return changeShape(context, actor, 'editInstances', async tx => {
    const instance = await instanceOf(tx, actor, slug)
    const done = await work(tx, instance)
    return { verb: `instance.${verb}`, subjectKind: 'instance', subjectId: instance.id, ...done }
  })
}

/** A body that is dissolved meets no more after its last day. @throws Invalid */
export function checkStillMeets({ endsOn }: Pick<InstanceRow, 'endsOn'>, day: string): void {
  if (endsOn === null || day <= endsOn) return
  const message = `L’instance est dissoute le ${mediumDate(endsOn)} : elle ne se réunit plus après.`
  throw new Invalid(message, { day: [message] })
}
