import type { ServerBuild } from '@remix-run/node'

/**
 * The part of the application that answers an address: its route and those around it. At each request, Remix compiles the
 * patterns of all the routes that it was given, several times, and compares them with the address.
 *
 * @returns for a path, a build reduced to one branch; the whole build when the path is not plain or no page has it, so that
 * Remix decides. Calls that find the same branch receive the same object.
 */
export function branchFinder(build: ServerBuild): (path: string) => ServerBuild {
  const branches = Object.values(build.routes)
    .filter(({ path, index }) => path || index)
    .map(route => branchOf(build, route))
    .sort((one, other) => other.score - one.score)
  return path => {
    if (!plainPath.test(path)) return build
    const page = path === '/_root.data' ? '/' : path.replace(/\.data$/, '')
    const found = branches.find(({ pattern }) => pattern.test(page))
    return found && !found.open ? found.build : build
  }
}

/** Nothing to decode, no empty segment; `.data` when it is the data of a page that is asked for. */
const plainPath = /^\/$|^(\/[\w-]+)+(\.data)?$/

type Route = ServerBuild['routes'][string]

function branchOf(build: ServerBuild, leaf: Route) {
  const around: Route[] = []
  for (let route: Route | undefined = leaf; route; route = build.routes[route.parentId ?? '']) around.unshift(route)
  const segments = around.flatMap(({ path }) => (path ? path.split('/') : []))
  if (segments.some(segment => segment.endsWith('?'))) throw new Error(`optional segments: ${segments.join('/')}`)
  const ids = around.map(({ id }) => id)
  return {
    pattern: new RegExp(`^${segments.map(segmentPattern).join('') || '/'}$`, 'i'),
    /** Takes whatever follows. */
    open: segments.includes('*'),
    score: scoreOf(segments, leaf.index === true),
    build: {
      ...build,
      routes: only(build.routes, ids),
      assets: { ...build.assets, routes: only(build.assets.routes, ids) },
    },
  }
}

function segmentPattern(segment: string): string {
  if (segment === '*') return '(/.*)?'
  return segment.startsWith(':') ? '/[^/]+' : `/${segment.replaceAll(/[^\w-]/g, '\\$&')}`
}

/** As Remix ranks the routes that match: a written segment before a parameter, a parameter before anything that follows. */
function scoreOf(segments: readonly string[], index: boolean): number {
  const each = segments.map(segment => (segment === '*' ? -2 : segment.startsWith(':') ? 3 : 10))
  return each.reduce((sum, score) => sum + score, segments.length + (index ? 2 : 0))
}

function only<Value>(all: Record<string, Value>, ids: readonly string[]): Record<string, Value> {
  return Object.fromEntries(Object.entries(all).filter(([id]) => ids.includes(id)))
}
