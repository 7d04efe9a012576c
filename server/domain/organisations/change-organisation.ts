import { and, asc, eq } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import { organisationNames, organisations } from '#db/schema/index.ts'
import { NotFound } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { authorize } from '#server/habilitations/authorize.ts'
import { columnsOf } from '#server/habilitations/columns.ts'
import { slugOrNone } from '#server/habilitations/load-facts.ts'
import type { Context } from '../context.ts'
import { changeShape, type ShapeChange } from '../governance/change-shape.ts'

export type OrganisationRow = typeof organisations.$inferSelect
export type OrganisationNameRow = typeof organisationNames.$inferSelect

/** The institution of an address, for who may read it. @throws NotFound (H38) */
export async function organisationOf(db: Database | Transaction, actor: Actor, slug: string): Promise<OrganisationRow> {
  const [row] = await db
    .select({ organisation: organisations, facts: columnsOf.organisation })
    .from(organisations)
    .where(and(eq(organisations.slug, slugOrNone(slug)), eq(organisations.consortiumId, actor.consortiumId)))
  if (!row) throw new NotFound()
  authorize(actor, 'organisation', 'read', row.facts)
  return row.organisation
}

/** The dated names of an institution, oldest first. */
export function namesOf(db: Database | Transaction, organisationId: string): Promise<OrganisationNameRow[]> {
  return db
    .select()
    .from(organisationNames)
    .where(eq(organisationNames.organisationId, organisationId))
    .orderBy(asc(organisationNames.startsOn))
}

/** The name in use on a day; before the first one, the first one. */
export function nameOn<Name extends { startsOn: string }>(names: readonly Name[], day: string): Name {
  const name = names.findLast(each => each.startsOn <= day) ?? names[0]
  if (!name) throw new Error('an institution has a name')
  return name
}

/**
 * As `changeShape`, on one institution as it stands once the consortium's shape is locked.
 * @throws NotFound, Forbidden (H31)
 */
export async function changeOrganisation<Result = void>(
  context: Context,
  actor: Actor,
  slug: string,
  verb: string,
  work: (
    tx: Transaction,
    organisation: OrganisationRow,
  ) => Promise<{ result: Result; detail?: ShapeChange<Result>['detail'] }>,
): Promise<Result> {
  await organisationOf(context.db, actor, slug)
  return changeShape(context, actor, 'editOrganisations', async tx => {
    const organisation = await organisationOf(tx, actor, slug)
    const done = await work(tx, organisation)
    return { verb: `organisation.${verb}`, subjectKind: 'organisation', subjectId: organisation.id, ...done }
  })
}
