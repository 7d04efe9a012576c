import type { ServerBuild } from '@remix-run/node'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rowsOf } from '#db/client.ts'
import { asData, unknownId } from './checks.ts'
import { type Answer, openSite, productionBuild, quickestKind, type Site } from './site.ts'

/**
 * Every address of a consortium that holds an identifier, whatever it is of: one of the neighbour's, one of nothing, one of
 * another kind, or no identifier at all, is answered as what does not exist, and changes nothing. A new address is
 * tried without a line here.
 */
describe('[H0] an identifier in an address that is not of this consortium', { timeout: 180_000 }, () => {
  let site: Site
  let routes: string[]
  let strange: string[]
  beforeAll(async () => {
    site = await openSite(quickestKind())
    routes = parameterised(await productionBuild())
    strange = [...(await neighboursIds(site)), unknownId, 'pas-un-identifiant', '%00', '..%2f..', 'a'.repeat(300)]
  })
  afterAll(() => site.close())

  it('opens nothing to the chef de projet, who opens everything', async () => {
    const failures: string[] = []
    let asked = 0
    for (const path of routes.flatMap(route => pathsOf(route, strange))) {
      const answer = await site.ask('chef', { path: asData(path) })
      asked++
      if (!isNothing(answer)) failures.push(`GET ${path}: ${answer.status}`)
    }
    expect(failures).toEqual([])
    expect(site.errors).toEqual([])
    expect(asked).toBeGreaterThan(400)
  })

  it('lets them do nothing to it', async () => {
    const before = await site.checksum()
    const failures: string[] = []
    for (const path of routes.flatMap(route => pathsOf(route, some()))) {
      const answer = await site.ask('chef', { path: asData(path), form })
      if (!isNothing(answer)) failures.push(`POST ${path}: ${answer.status}`)
    }
    expect(failures).toEqual([])
    expect(await site.checksum()).toEqual(before)
    expect(site.errors).toEqual([])
  })

  it('tells everyone the same of the neighbour’s and of what does not exist', async () => {
    for (const who of ['copilote1', 'correspondantCaf', 'invite'] as const) {
      for (const route of routes) {
        for (const method of ['GET', 'POST'] as const) {
          const statuses = new Set<number>()
          for (const path of pathsOf(route, some())) {
            const sent = method === 'POST' ? { form } : {}
            statuses.add((await site.ask(who, { path: asData(path), ...sent })).status)
          }
          expect([...statuses], `${who} ${method} ${route}`).toHaveLength(1)
          expect([202, 403, 404, 405], `${who} ${method} ${route}`).toContain([...statuses][0])
        }
      }
    }
  })

  /** One of the neighbour's, one of nothing, something that is none. */
  function some(): string[] {
    return [strange[0] ?? '', unknownId, 'pas-un-identifiant']
  }

  /** The address with each strange identifier in the place of its last parameter. */
  function pathsOf(route: string, ids: readonly string[]): string[] {
    const parameters = route.match(/:\w+/g) ?? []
    const last = parameters.at(-1) ?? ''
    const filled = route.replace(':kind', 'decision')
    return ids.map(id => `/tarn/${filled.replace(last, id)}`)
  }
})

/** What a form could hold: the thing is judged before what was typed about it. */
const form = { motif: 'x', state: 'en_cours', retour: '/tarn/accueil' }

/** « reunions/:id/annonce »: the addresses of a consortium that hold an identifier. */
function parameterised(build: ServerBuild): string[] {
  const inside = Object.values(build.routes).filter(route => route?.parentId === 'routes/consortium')
  return inside.flatMap(route => (route?.path?.includes(':') ? [route.path] : []))
}

/** One identifier of the neighbour in each table that has some, and what addresses call its bodies and institutions. */
async function neighboursIds({ handle }: Site): Promise<string[]> {
  const tables = await rowsOf<{ name: string }>(
    handle.db,
    sql`select c.table_name as name from information_schema.columns c join information_schema.columns i
        on i.table_name = c.table_name and i.table_schema = 'public' and i.column_name = 'id' and i.data_type = 'uuid'
      where c.table_schema = 'public' and c.column_name = 'consortium_id' order by 1`,
  )
  const found: string[] = []
  for (const { name } of tables) {
    const rows = await rowsOf<{ id: string }>(
      handle.db,
      sql`select t.id from ${sql.identifier(name)} t join consortia c on c.id = t.consortium_id where c.slug = 'var' order by t.id limit 1`,
    )
    found.push(...rows.map(({ id }) => id))
  }
  expect(found.length).toBeGreaterThan(10)
  const slugs = await rowsOf<{ slug: string }>(
    handle.db,
    sql`select t.slug from instances t join consortia c on c.id = t.consortium_id where c.slug = 'var'
      and t.slug not in (select i.slug from instances i join consortia o on o.id = i.consortium_id where o.slug = 'tarn') limit 1`,
  )
  return [...found, ...slugs.map(({ slug }) => slug)]
}

/** Not found; not made for that; or, for an address that only receives a form, the consortium's first page. */
function isNothing({ status, body, headers }: Answer): boolean {
  if (status === 404 || status === 405 || status === 400) return true
  const to = status === 302 ? (headers.get('location') ?? '') : (/"redirect","([^"]*)"/.exec(body)?.[1] ?? '')
  return to !== '' && !to.includes('fait=')
}
