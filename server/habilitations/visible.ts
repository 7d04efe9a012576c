import type { SQL } from 'drizzle-orm'
import type { Actor } from './actor.ts'
import { columnsOf } from './columns.ts'
import { allOf, anyOf, sameConsortium } from './conditions.ts'
import type { Columns, FactsOf, Resource } from './facts.ts'
import { type ActionOn, ruleOf } from './rules.ts'

/**
 * SQL condition: the rows of a kind of thing on which the actor may act. Second reading of the table; every list, count,
 * search, feed and export goes through it. The query joins the tables that `columnsOf` names for this resource.
 */
export function visibleTo<R extends Resource>(actor: Actor, resource: R, action: ActionOn<R>): SQL {
  const columns = columnsOf[resource] as unknown as Columns<FactsOf[R]>
  const cases = ruleOf(resource, action).cases.map(({ when, who }) =>
    allOf([when.toSql(actor, columns), anyOf(who.map(condition => condition.toSql(actor, columns)))]),
  )
  return allOf([sameConsortium.toSql(actor, columns), anyOf(cases)])
}
