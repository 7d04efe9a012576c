import type { ServerBuild } from '@remix-run/node'
import { matchRoutes } from '@remix-run/react'
import type { RouteConfigEntry } from '@remix-run/route-config'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import routes from '#app/routes.ts'
import { branchFinder } from '#server/http/branches.ts'
import { probeBuild } from './probe-build.ts'

type Config = Awaited<typeof routes>

const build = { ...probeBuild(), routes: manifestOf(routes), assets: { ...probeBuild().assets, routes: {} } }
const find = branchFinder(build)

const words = [...new Set(Object.values(build.routes).flatMap(({ path }) => path?.split('/') ?? []))]
const segment = fc.oneof(
  fc.constantFrom(...words.filter(word => /^\w/.test(word))),
  fc.constantFrom('tarn', 'ACCUEIL', 'a1b2', 'inconnue', 'x.y', '%61ccueil', '_root', 'accueil.data', ''),
)
const path = fc.array(segment, { maxLength: 5 }).map(segments => `/${segments.join('/')}`)

describe('the part of the application that answers an address', () => {
  it('holds the routes that Remix would match, and only those', () => {
    let reduced = 0
    fc.assert(
      fc.property(path, address => {
        const part = find(address)
        if (part === build) return
        reduced++
        const matches = matchRoutes(tree(), pageOf(address)) ?? []
        expect(Object.keys(part.routes).toSorted()).toEqual(matches.map(({ route }) => route.id).toSorted())
      }),
      { numRuns: 3_000 },
    )
    expect(reduced).toBeGreaterThan(500)
  })

  it('is the same for a page and for its data', () => {
    expect(find('/tarn/accueil.data')).toBe(find('/tarn/accueil'))
    expect(find('/_root.data')).toBe(find('/'))
    expect(Object.keys(find('/tarn/accueil').routes)).toContain('routes/home')
  })

  it('is the whole application where Remix has to decide: nothing there, or an address that is not plain', () => {
    for (const address of ['/tarn/nulle/part', '/tarn/accueil/', '/tarn//accueil', '/tarn/%61ccueil', '/a.b']) {
      expect(find(address), address).toBe(build)
    }
  })
})

/** What Remix looks for when data is asked for. */
function pageOf(address: string): string {
  return address === '/_root.data' ? '/' : address.replace(/\.data$/, '')
}

function manifestOf(config: Config, parentId = 'root'): ServerBuild['routes'] {
  const root = { root: { id: 'root', path: '', module: { default: () => null } } }
  const entries = (config as RouteConfigEntry[]).flatMap(({ file, path, index, children = [] }) => {
    const id = file.replace(/\.tsx?$/, '')
    const route = { id, parentId, path, index, module: { default: () => null } }
    return [[id, route] as const, ...Object.entries(manifestOf(children, id))]
  })
  return { ...root, ...Object.fromEntries(entries) } as ServerBuild['routes']
}

type Node = { id: string; path?: string; index?: boolean; children?: Node[] }

function tree(parentId?: string): never {
  const nodes = Object.values(build.routes)
    .filter(route => route.parentId === parentId)
    .map(({ id, path, index }): Node => ({ id, path, ...(index ? { index } : { children: tree(id) }) }) as Node)
  return nodes as never
}
