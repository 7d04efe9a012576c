import { asc, desc, type Placeholder, type SQL, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { first } from '#db/lists.ts'
import { uuidOrNone } from '#server/habilitations/load-facts.ts'

/** Where a page of a long list stands: beside a row, by its instant and its identifier, so that page 400 costs what page 1 does. */
export type Place = { side: 'after' | 'before'; at: string; id: string }

/** Rows of one page, and the places of the neighbouring ones. */
export type PageOf<Row> = { rows: Row[]; next: string | null; previous: string | null }

export const rowsPerPage = 25

/** How a list is ordered: by an instant, then by identifier where two are equal. */
export type Order = { at: AnyPgColumn; id: AnyPgColumn; latestFirst: boolean }

/** The condition, the order and the number of rows to ask for; `pageOf` then makes the page of what comes. */
export function slice(
  order: Order,
  place: Place | null,
): { where: SQL | undefined; orderBy: SQL[]; limit: Placeholder } {
  const descending = order.latestFirst !== (place?.side === 'before')
  const direction = descending ? desc : asc
  const beyond = descending ? sql`<` : sql`>`
  return {
    where: place ? sql`(${order.at}, ${order.id}) ${beyond} (${place.at}::timestamptz, ${place.id}::uuid)` : undefined,
    orderBy: [direction(order.at), direction(order.id)],
    limit: first(rowsPerPage + 1),
  }
}

/** The page made of rows asked for by `slice`: the one too many only tells that there are others. */
export function pageOf<Row extends { id: string }>(
  found: readonly Row[],
  at: (row: Row) => Date,
  place: Place | null,
): PageOf<Row> {
  const more = found.length > rowsPerPage
  const shown = found.slice(0, rowsPerPage)
  const rows = place?.side === 'before' ? shown.reverse() : shown
  const [first, last] = [rows[0], rows.at(-1)]
  const hasNext = place?.side === 'before' || more
  const hasPrevious = place?.side === 'after' || (place?.side === 'before' && more)
  return {
    rows,
    next: hasNext && last ? written(at(last), last.id) : null,
    previous: hasPrevious && first ? written(at(first), first.id) : null,
  }
}

/** What an address says of the page that is wanted: a `next` or a `previous` given before. */
export type Wanted = { after?: string | null; before?: string | null }

/** The place that an address names; null when it names none: the list then begins at its beginning. */
export function placeIn({ after, before }: Wanted): Place | null {
  const [instant = '', id = ''] = (after ?? before ?? '').split('_')
  if (!/^\d{1,14}$/.test(instant) || uuidOrNone(id) !== id) return null
  return { side: after ? 'after' : 'before', at: new Date(Number(instant)).toISOString(), id }
}

function written(at: Date, id: string): string {
  return `${at.getTime()}_${id}`
}
