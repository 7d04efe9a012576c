import { type SQL, sql } from 'drizzle-orm'
import { type AnyPgColumn, check, date, index, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import type { ActionOwnerKind, ActionState } from '#server/vocabulary/actions.ts'
import { id, instant } from './columns.ts'
import { instances, mandates, organisations } from './governance.ts'
import { minutes } from './minutes.ts'
import { author, consortiumId, tenantKey } from './tenant.ts'

/** Actions to carry out: rows from the sealing of their minutes, with the sealed wording and a life of their own. */
export const actionItems = pgTable(
  'action_items',
  {
    id: id(),
    consortiumId: consortiumId(),
    minutesId: uuid().notNull(),
    blockId: text().notNull(),
    instanceId: uuid().notNull(),
    wording: text().notNull(),
    ownerKind: text().$type<ActionOwnerKind>(),
    /** The owner as written in the sealed minutes. */
    ownerLabel: text().notNull().default(''),
    ownerMandateId: uuid(),
    ownerOrganisationId: uuid(),
    ownerInstanceId: uuid(),
    dueOn: date({ mode: 'string' }),
    state: text().$type<ActionState>().notNull().default('a_faire'),
    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
    updatedBy: author(),
  },
  table => [
    unique('action_items_block').on(table.minutesId, table.blockId, table.consortiumId),
    tenantKey('action_items_minutes', table, table.minutesId, minutes),
    tenantKey('action_items_instance', table, table.instanceId, instances),
    tenantKey('action_items_owner_mandate', table, table.ownerMandateId, mandates),
    tenantKey('action_items_owner_organisation', table, table.ownerOrganisationId, organisations),
    tenantKey('action_items_owner_instance', table, table.ownerInstanceId, instances),
    index('action_items_by_instance').on(table.consortiumId, table.instanceId, table.state),
    // What is still to be done, by who is in charge.
    index('action_items_open_of_mandate').on(table.ownerMandateId).where(stillOpen(table.state)),
    index('action_items_open_of_organisation').on(table.ownerOrganisationId).where(stillOpen(table.state)),
    index('action_items_open_of_instance').on(table.ownerInstanceId).where(stillOpen(table.state)),
    check(
      'action_items_owner',
      sql`num_nonnulls(${table.ownerMandateId}, ${table.ownerOrganisationId}, ${table.ownerInstanceId}) = case when ${table.ownerKind} is null then 0 else 1 end`,
    ),
  ],
)

/** Points of attention noted in sealed minutes. */
export const pointsOfAttention = pgTable(
  'points_of_attention',
  {
    id: id(),
    consortiumId: consortiumId(),
    minutesId: uuid().notNull(),
    blockId: text().notNull(),
    instanceId: uuid().notNull(),
    wording: text().notNull(),
    createdAt: instant().notNull(),
  },
  table => [
    unique('points_of_attention_block').on(table.minutesId, table.blockId, table.consortiumId),
    tenantKey('points_of_attention_minutes', table, table.minutesId, minutes),
    tenantKey('points_of_attention_instance', table, table.instanceId, instances),
  ],
)

function stillOpen(state: AnyPgColumn): SQL {
  return sql`${state} in ('a_faire', 'en_cours')`
}
