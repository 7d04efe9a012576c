import { Column, is, type SQL, sql } from 'drizzle-orm'
import type { Database, Transaction } from './client.ts'
import { rowsOf } from './client.ts'

/** A `select` of Drizzle that has not been run. */
export type Select<Row> = PromiseLike<Row[]> & { getSQL(): SQL; readonly _: { readonly selectedFields: unknown } }

export type RowsOf<Queries> = { [Name in keyof Queries]: Queries[Name] extends PromiseLike<infer Rows> ? Rows : never }

/**
 * Runs several `select`s in one statement, hence one round trip and one instant: each becomes a list in JSON. Bytes do not
 * go through it, nor do left joins whose missing row should be null as a whole.
 */
export async function together<Queries extends Record<string, Select<object>>>(
  executor: Database | Transaction,
  queries: Queries,
): Promise<RowsOf<Queries>> {
  const { statement, read } = oneStatement(queries)
  return read(await rowsOf(executor, statement))
}

/** Several `select`s as one statement, and what reads the row that it gives. */
export type OneStatement<Lists> = { statement: SQL; read(rows: readonly JsonLists[]): Lists }

type JsonLists = { lists: unknown[][][] }

/** What `together` runs. */
export function oneStatement<Queries extends Record<string, Select<object>>>(
  queries: Queries,
): OneStatement<RowsOf<Queries>> {
  const names = Object.keys(queries)
  const fields = names.map(name => leavesOf(queries[name]?._.selectedFields))
  const lists = names.map((name, index) => listOf(queries[name] as Select<object>, fields[index]?.length ?? 0))
  return {
    statement: sql`select json_build_array(${sql.join(lists, sql`, `)}) as lists`,
    read([row]) {
      const rows = names.map((_name, index) => row?.lists[index]?.map(values => revived(fields[index] ?? [], values)))
      return Object.fromEntries(names.map((name, index) => [name, rows[index]])) as RowsOf<Queries>
    },
  }
}

/** Columns are named by their rank: two tables of one query may each have an `id`. */
function listOf(query: Select<object>, width: number): SQL {
  const columns = sql.raw(Array.from({ length: width }, (_, rank) => `c${rank}`).join(', '))
  return sql`(select coalesce(json_agg(json_build_array(${columns})), '[]') from (${query.getSQL()}) as t(${columns}))`
}

type Leaf = { path: string[]; field: unknown }

/** The selected fields in the order in which Drizzle writes them. */
function leavesOf(fields: unknown, path: string[] = []): Leaf[] {
  return Object.entries(fields as Record<string, unknown>).flatMap(([name, field]) => {
    const here = [...path, name]
    return Object.getPrototypeOf(field) === Object.prototype ? leavesOf(field, here) : [{ path: here, field }]
  })
}

function revived(leaves: readonly Leaf[], values: readonly unknown[]): object {
  const result: Nested = {}
  for (const [rank, { path, field }] of leaves.entries()) {
    const value = values[rank] ?? null
    const parent = path.slice(0, -1).reduce(nodeIn, result)
    parent[path.at(-1) ?? ''] = value === null || !is(field, Column) ? value : field.mapFromDriverValue(value)
  }
  return result
}

type Nested = { [name: string]: unknown }

function nodeIn(parent: Nested, name: string): Nested {
  parent[name] ??= {}
  return parent[name] as Nested
}
