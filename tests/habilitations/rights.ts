import { inArray, type SQL, sql } from 'drizzle-orm'
import { type Database, rowsOf } from '#db/client.ts'
import {
  actionItems,
  consortia,
  consortiumFunctions,
  decisions,
  instances,
  mandateProposals,
  mandates,
  meetings,
  minutes,
  organisations,
} from '#db/schema/index.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { can } from '#server/habilitations/authorize.ts'
import { columnsOf } from '#server/habilitations/columns.ts'
import type { FactsOf, Resource } from '#server/habilitations/facts.ts'
import { type ActionOn, rules } from '#server/habilitations/rules.ts'
import { visibleTo } from '#server/habilitations/visible.ts'

export const resources = Object.keys(rules) as Resource[]

export function actionsOn<R extends Resource>(resource: R): ActionOn<R>[] {
  return Object.keys(rules[resource]) as ActionOn<R>[]
}

/** A thing with its facts, read in the columns in which the product reads them. */
export type Thing<R extends Resource> = { id: string; facts: FactsOf[R] }

export type Things = { [R in Resource]: Thing<R>[] }

/** Everything that stands in some consortia. */
export async function thingsOf(db: Database, consortiumIds: string[]): Promise<Things> {
  async function load<R extends Resource>(resource: R): Promise<Thing<R>[]> {
    const { id, consortiumId, from } = queries[resource]
    const columns = Object.entries(columnsOf[resource]).map(
      ([fact, column]) => sql`${column} as ${sql.identifier(fact)}`,
    )
    const rows = await rowsOf<{ id: string }>(
      db,
      sql`select ${id} as id, ${sql.join(columns, sql`, `)} from ${from} where ${inArray(consortiumId, consortiumIds)}`,
    )
    return rows.map(({ id: found, ...facts }) => ({ id: found, facts: facts as FactsOf[R] }))
  }
  return {
    consortium: await load('consortium'),
    organisation: await load('organisation'),
    proposal: await load('proposal'),
    mandate: await load('mandate'),
    consortiumFunction: await load('consortiumFunction'),
    instance: await load('instance'),
    meeting: await load('meeting'),
    presence: await load('presence'),
    minutes: await load('minutes'),
    action: await load('action'),
    decision: await load('decision'),
  }
}

/** First reading: the things on which the actor may act, by `can`. */
export function allowedByCan<R extends Resource>(
  actor: Actor,
  resource: R,
  action: ActionOn<R>,
  things: Things,
): string[] {
  const all = things[resource] as Thing<R>[]
  return all.filter(({ facts }) => can(actor, resource, action, facts)).map(({ id }) => id)
}

/** Second reading: the same, by SQL, in the whole database. */
export async function allowedBySql<R extends Resource>(
  db: Database,
  actor: Actor,
  resource: R,
  action: ActionOn<R>,
): Promise<string[]> {
  const { id, from } = queries[resource]
  const rows = await rowsOf<{ id: string }>(
    db,
    sql`select ${id} as id from ${from} where ${visibleTo(actor, resource, action)}`,
  )
  return rows.map(row => row.id)
}

/** Everything an actor may do, as « minutes.read <id> ». */
export function everyRight(actor: Actor, things: Things): Set<string> {
  const rights = new Set<string>()
  for (const resource of resources) {
    for (const action of actionsOn(resource)) {
      for (const id of allowedByCan(actor, resource, action, things)) rights.add(`${resource}.${action} ${id}`)
    }
  }
  return rights
}

const meetingsFrom = sql`${meetings} inner join ${instances} on ${instances.id} = ${meetings.instanceId}`
const minutesFrom = sql`${minutes} inner join ${meetings} on ${meetings.id} = ${minutes.meetingId}
  inner join ${instances} on ${instances.id} = ${meetings.instanceId}`

const queries = {
  consortium: { id: consortia.id, consortiumId: consortia.id, from: sql`${consortia}` },
  organisation: { id: organisations.id, consortiumId: organisations.consortiumId, from: sql`${organisations}` },
  proposal: { id: mandateProposals.id, consortiumId: mandateProposals.consortiumId, from: sql`${mandateProposals}` },
  mandate: { id: mandates.id, consortiumId: mandates.consortiumId, from: sql`${mandates}` },
  consortiumFunction: {
    id: consortiumFunctions.id,
    consortiumId: consortiumFunctions.consortiumId,
    from: sql`${consortiumFunctions}`,
  },
  instance: { id: instances.id, consortiumId: instances.consortiumId, from: sql`${instances}` },
  meeting: { id: meetings.id, consortiumId: meetings.consortiumId, from: meetingsFrom },
  presence: {
    id: sql`${meetings.id} || ' ' || ${mandates.id}`,
    consortiumId: meetings.consortiumId,
    from: sql`${meetingsFrom} inner join ${mandates} on ${mandates.instanceId} = ${instances.id}`,
  },
  minutes: { id: minutes.id, consortiumId: minutes.consortiumId, from: minutesFrom },
  action: {
    id: actionItems.id,
    consortiumId: actionItems.consortiumId,
    from: sql`${actionItems} inner join ${minutes} on ${minutes.id} = ${actionItems.minutesId}
      inner join ${meetings} on ${meetings.id} = ${minutes.meetingId}
      inner join ${instances} on ${instances.id} = ${meetings.instanceId}`,
  },
  decision: { id: decisions.id, consortiumId: decisions.consortiumId, from: sql`${decisions}` },
} satisfies Record<Resource, { id: unknown; consortiumId: unknown; from: SQL }>
