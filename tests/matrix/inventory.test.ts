import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ServerBuild } from '@remix-run/node'
import type { Express } from 'express'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import type { Context } from '#server/domain/context.ts'
import { createHttpApp } from '#server/http/app.ts'
import { routeUpgrades } from '#server/http/listen.ts'
import { createServices } from '#server/services.ts'
import { probeBuild } from '../http/probe-build.ts'
import { productionBuild } from './site.ts'
import { coveredAddresses, httpParts, layouts, socketPatterns } from './tables/addresses.ts'
import { servicesAsked } from './tables/services.ts'

const ROOT = join(import.meta.dirname, '../..')

/** Whatever can be asked of the process has a row in a table of the matrix: a new one without a row fails here. */
describe('the inventory of what the matrix covers', () => {
  it('has a row for every address of app/routes.ts, and no row for one that is gone', async () => {
    const build = await productionBuild()
    expect(addressesOf(build).sort()).toEqual(coveredAddresses())
    expect(layoutsOf(build)).toEqual([...layouts].sort())
  })

  it('is made from a build of the routes as they are', async () => {
    const built = Object.keys((await productionBuild()).routes).filter(id => id !== 'root')
    const written = [...readFileSync(join(ROOT, 'app/routes.ts'), 'utf8').matchAll(/'(routes\/[\w/-]+)\.tsx?'/g)]
    expect(built.sort()).toEqual(written.map(([, id]) => id).sort())
  })

  it('has a row for every part of the HTTP application', () => {
    expect(partsOf(emptyApp())).toEqual(httpParts.map(([part]) => part))
  })

  it('knows every address that opens a socket', () => {
    const source = routeUpgrades.toString()
    const patterns = [...source.matchAll(/\/\^.+?\/(?=\.test)|headers\[['"](.+?)['"]\]|startsWith\(.+?\)/g)]
    expect(patterns.map(([whole, header]) => header ?? whole)).toEqual(socketPatterns)
    // Nowhere else is an upgrade taken.
    const listening = globSync('server/**/*.ts', { cwd: ROOT }).filter(file =>
      /on(ce)?\(\s*['"]upgrade['"]/.test(readFileSync(join(ROOT, file), 'utf8')),
    )
    expect(listening).toEqual(['server/http/listen.ts'])
  })

  it('has a row for every service', () => {
    expect(namesOf(createServices({} as Context, { secureCookies: false })).sort()).toEqual(
      Object.keys(servicesAsked).sort(),
    )
  })
})

type BuiltRoute = NonNullable<ServerBuild['routes'][string]>

/** « GET :consortium/reunions/:id »: what each route that has an address may be asked. */
function addressesOf(build: ServerBuild): string[] {
  return routesOf(build)
    .filter(route => !isLayout(build, route))
    .flatMap(route => {
      const pattern = patternOf(build, route)
      return [`GET ${pattern}`, ...(route.module.action ? [`POST ${pattern}`] : [])]
    })
}

function layoutsOf(build: ServerBuild): string[] {
  return routesOf(build)
    .filter(route => isLayout(build, route))
    .map(({ id }) => id)
    .sort()
}

const routesOf = (build: ServerBuild) => Object.values(build.routes).filter(route => route !== undefined)

const isLayout = (build: ServerBuild, { id }: BuiltRoute) => routesOf(build).some(({ parentId }) => parentId === id)

function patternOf(build: ServerBuild, { path, parentId }: BuiltRoute): string {
  const parent = parentId === undefined ? undefined : build.routes[parentId]
  return [parent ? patternOf(build, parent) : '', path].filter(Boolean).join('/')
}

function emptyApp(): Express {
  return createHttpApp({
    build: probeBuild(),
    services: createServices({} as Context, { secureCookies: false }),
    origin: undefined,
    trustedProxies: 0,
    log: pino({ level: 'silent' }),
    health: async () => ({
      database: true,
      stopping: false,
      unsavedLiveTexts: 0,
      failingLiveTexts: 0,
      failingJobs: [],
      lateMails: 0,
      version: 'test',
    }),
    clock: { now: () => new Date() },
    assets: join(ROOT, 'build/client'),
    mode: 'production',
  })
}

/** As Express 4 keeps them; it has no other way to ask. */
type Layer = {
  name: string
  regexp: RegExp & { fast_slash?: boolean }
  route?: { path: string; methods: Record<string, boolean> }
  handle: { stack?: Layer[] }
}

function partsOf(app: Express): string[] {
  const partsIn = (stack: Layer[], inside: string): string[] =>
    stack.flatMap(layer => {
      if (layer.route) return Object.keys(layer.route.methods).map(method => `${inside}${method} ${layer.route?.path}`)
      const part = `${inside}${layer.name} ${pathOf(layer)}`
      return [part, ...(layer.handle.stack ? partsIn(layer.handle.stack, `${part} / `) : [])]
    })
  return partsIn((app as unknown as { _router: { stack: Layer[] } })._router.stack, '')
}

function pathOf({ regexp }: Layer): string {
  if (regexp.fast_slash) return '*'
  return regexp.source.replace(/^\^\\/, '').replace(/\\\/\?\(\?=\\\/\|\$\)$/, '')
}

function namesOf(value: object, inside = ''): string[] {
  return Object.entries(value).flatMap(([name, part]: [string, unknown]) =>
    typeof part === 'function' ? [`${inside}${name}`] : namesOf(part as object, `${inside}${name}.`),
  )
}
