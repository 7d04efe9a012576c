/** What a browser downloads to show each page, gzipped, and the limits that the build holds to. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { BuildManifest } from '@remix-run/dev'

/** In kB of 1,000 bytes. A page is limited as it is read; what it loads for whoever edits comes on top. */
const LIMITS = { read: 120, edited: 300 }

/** Shown of each kind: the heaviest. */
const SHOWN = 6

/** Vite's manifest: by module, its file, and the modules and files that come with it. */
export type Modules = Record<
  string,
  { file: string; imports?: string[]; dynamicImports?: string[]; css?: string[]; assets?: string[] }
>

/** The routes of the site, their files under `app/`: each is shown inside its parent. */
export type Routes = Record<string, { id: string; parentId?: string; file: string }>

export type Page = { address: string; read: number; edited: number }

/** Fails above the limits. For the `buildEnd` of Remix. @param build folder of what was built */
export function checkClientSize(build: string, { routes }: BuildManifest): void {
  const client = join(build, 'client')
  const modules: Modules = JSON.parse(readFileSync(join(build, '.vite/client-manifest.json'), 'utf8'))
  const sizes = new Map<string, number>()
  const sizeOf = (file: string) => {
    const size = sizes.get(file) ?? gzipSync(readFileSync(join(client, file)), { level: 9 }).length
    sizes.set(file, size)
    return size
  }
  const pages = pageSizes(routes, modules, sizeOf, routeList(client))
  process.stdout.write(`\n${table(pages, fontSizes(client, modules))}\n`)
  const heavy = tooHeavy(pages)
  if (heavy.length > 0) throw new Error(`Pages trop lourdes :\n${heavy.join('\n')}`)
}

/**
 * @param sizeOf bytes of a file of the build, as it travels
 * @param common files of every page that are no module's
 */
export function pageSizes(
  routes: Routes,
  modules: Modules,
  sizeOf: (file: string) => number,
  common: readonly string[],
): Page[] {
  return Object.values(routes).map(route => {
    const needed = ['app/entry.client.tsx', ...lineage(route, routes).map(({ file }) => moduleOf(file, modules))]
    const sum = (files: Set<string>) => [...common, ...files].reduce((total, file) => total + sizeOf(file), 0)
    const read = sum(filesOf(needed, modules, false))
    return { address: route.id, read, edited: sum(filesOf(needed, modules, true)) }
  })
}

/** One line for each page above a limit. */
export function tooHeavy(pages: Page[], limits = LIMITS): string[] {
  return pages.flatMap(({ address, read, edited }) => [
    ...(read > limits.read * 1000 ? [`${address} : ${inKilobytes(read)} à lire (limite : ${limits.read})`] : []),
    ...(edited > limits.edited * 1000
      ? [`${address} : ${inKilobytes(edited)} à écrire (limite : ${limits.edited})`]
      : []),
  ])
}

function lineage(route: Routes[string], routes: Routes): Routes[string][] {
  const parent = route.parentId === undefined ? undefined : routes[route.parentId]
  return parent ? [...lineage(parent, routes), route] : [route]
}

/** Scripts and styles that modules bring, each once. @param later with what is loaded only when asked for */
function filesOf(names: string[], modules: Modules, later: boolean): Set<string> {
  const seen = new Set<string>()
  const files = new Set<string>()
  const visit = (name: string) => {
    const module = modules[name]
    if (!module) throw new Error(`${name} is not in the manifest of the build`)
    if (seen.has(name)) return
    seen.add(name)
    const styles = [...(module.css ?? []), ...(module.assets ?? [])].filter(file => file.endsWith('.css'))
    for (const file of [module.file, ...styles]) files.add(file)
    for (const next of [...(module.imports ?? []), ...(later ? (module.dynamicImports ?? []) : [])]) visit(next)
  }
  for (const name of names) visit(name)
  return files
}

function moduleOf(file: string, modules: Modules): string {
  const asRoute = `app/${file}?__remix-build-client-route`
  return asRoute in modules ? asRoute : `app/${file}`
}

/** Remix's list of all routes. */
function routeList(client: string): string[] {
  const lists = readdirSync(join(client, 'assets')).filter(file => /^manifest-.*\.js$/.test(file))
  if (lists.length !== 1) throw new Error('one list of routes is expected in the build')
  return lists.map(file => `assets/${file}`)
}

/** Those of the style sheet: a browser loads each when a character needs it. */
function fontSizes(client: string, modules: Modules): number[] {
  const assets = modules[moduleOf('root.tsx', modules)]?.assets ?? []
  return assets.filter(file => file.endsWith('.woff2')).map(file => readFileSync(join(client, file)).length)
}

function table(pages: Page[], fonts: number[]): string {
  const heaviest = pages.toSorted((a, b) => b.read - a.read).slice(0, SHOWN)
  const edited = pages.filter(page => page.edited > page.read)
  const line = (label: string, size: number, limit?: number) =>
    `  ${label.padEnd(44)} ${inKilobytes(size).padStart(8)}${limit ? `  (limite : ${limit})` : ''}`
  return [
    'Ce que le navigateur reçoit (gzip, scripts et styles) : les pages les plus lourdes',
    ...heaviest.map(({ address, read }) => line(address, read, LIMITS.read)),
    ...edited.map(({ address, edited }) => line(`${address}, pour qui écrit`, edited, LIMITS.edited)),
    `  polices, à part, selon les caractères : ${fonts.map(inKilobytes).join(', ')}`,
  ].join('\n')
}

function inKilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`
}
