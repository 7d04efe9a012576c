import { and, eq, inArray, type Placeholder, type SQL, type SQLWrapper } from 'drizzle-orm'
import { type AnyPgColumn, unionAll } from 'drizzle-orm/pg-core'
import type { Database } from '#db/client.ts'
import { decisions } from '#db/schema/index.ts'

/**
 * SQL: the decision is among the first ones that an instance proposed, or among the first ones that it is competent for.
 * Asked with « or », PostgreSQL would read and sort all those of an instance to show ten.
 */
export function amongFirstOf(
  db: Database,
  instance: string | SQLWrapper,
  first: { where: SQL | undefined; orderBy: SQL[]; limit: Placeholder },
): SQL {
  const half = (column: AnyPgColumn) =>
    db
      .select({ id: decisions.id })
      .from(decisions)
      .where(and(eq(column, instance), first.where))
      .orderBy(...first.orderBy)
      .limit(first.limit)
  return inArray(decisions.id, unionAll(half(decisions.proposingInstanceId), half(decisions.competentInstanceId)))
}
