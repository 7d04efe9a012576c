import { type AnyPgColumn, foreignKey, uuid } from 'drizzle-orm/pg-core'
import { accounts } from './accounts.ts'
import { consortia } from './governance.ts'

/** The tenant of a row. */
export function consortiumId() {
  return uuid()
    .notNull()
    .references(() => consortia.id)
}

/** Who did something. */
export function author() {
  return uuid().references(() => accounts.id)
}

/** A foreign key that cannot leave the consortium. */
export function tenantKey(
  name: string,
  row: { consortiumId: AnyPgColumn },
  column: AnyPgColumn,
  parent: { consortiumId: AnyPgColumn; id: AnyPgColumn },
) {
  return foreignKey({
    name,
    columns: [row.consortiumId, column],
    foreignColumns: [parent.consortiumId, parent.id],
  })
}
