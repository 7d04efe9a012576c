/**
 * Pages rendered by the server, in a consortium of 10,000 meetings and 50,000 decisions, against a bare Remix page of 25
 * rows with one query: `npm run bench:pages -- --runs 3 --seconds 4`. Each run in fresh processes, the visitors in
 * another; for each page one visitor alone (delay), then eight (throughput). The bare page is measured before and after:
 * a run during which it was slowed is left out, as the machine did something else.
 */
import { execFileSync, fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import postgres from 'postgres'
import { type DatabaseKind, openDatabase } from '#db/client.ts'
import { migrateDatabase } from '#db/migrate.ts'
import { ask, launchProduct, launchTool, type Running } from '../chaos/target.ts'
import { fillLargeConsortium, type LargeConsortium, type MeasuredPage } from './large-consortium.ts'
import type { VisitOrders, Visits } from './page-visits.ts'
import { againstGoal, median, percentile } from './statistics.ts'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '4' },
    only: { type: 'string', default: 'pglite,postgres' },
  },
})
const POSTGRES = process.env.TEST_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres'
const ROOT = join(import.meta.dirname, '../..')
const CACHE = join(ROOT, 'node_modules/.cache/espace-spie')
const VISITORS = 8
const WARM_UP_S = 2
const goals = { delay: 1.5, throughput: 0.6 }
/** How far the bare page's delay may be from its own median. */
const slowed = 1.5
const barePage: MeasuredPage = { name: 'bare', path: '/', holds: 'href="/lignes/', times: 25 }

type Figures = {
  run: number
  kind: DatabaseKind
  page: string
  p50: number
  p95: number
  perSecond: number
  cpuMs: number
}

if (!existsSync(join(ROOT, 'build/server/index.js'))) throw new Error('not built: npm run build')
const kinds = (['pglite', 'postgres'] as const).filter(kind => values.only.split(',').includes(kind))
const storages = new Map<DatabaseKind, Storage>()
for (const kind of kinds) storages.set(kind, await largeStorage(kind))

const figures: Figures[] = []
const troubles: string[] = []
for (let run = 0; run < Number(values.runs); run++) {
  for (const kind of kinds) {
    const { env, consortium } = storages.get(kind) as Storage
    const production = { ...env, NODE_ENV: 'production' }
    const bare = async () =>
      measure({
        run,
        kind,
        server: await launchTool('tests/load/bare-page.ts', production),
        cookie: '',
        pages: [barePage],
      })
    await bare()
    await measure({ run, kind, server: await launchProduct({ ...production, DEMO: '0' }), ...consortium })
    await bare()
  }
}
for (const kind of kinds) {
  report(kind)
  if (disturbedRuns(kind).size === Number(values.runs)) troubles.push(`${kind}: the bare page was starved in every run`)
}
if (troubles.length > 0) {
  console.log(`\nThis run does not count:\n${troubles.join('\n')}`)
  process.exitCode = 1
}

async function measure(what: {
  run: number
  kind: DatabaseKind
  server: Running & { port: number }
  cookie: string
  pages: readonly MeasuredPage[]
}): Promise<void> {
  const { run, kind, server, cookie, pages } = what
  const visitors = fork(join(import.meta.dirname, 'page-visits.ts'))
  try {
    const address = `http://127.0.0.1:${server.port}/`
    for (const page of pages) {
      const visit = (count: number, seconds: number) =>
        ask<Visits>(visitors, { address, cookie, page, visitors: count, seconds } satisfies VisitOrders)
      await visit(VISITORS, WARM_UP_S)
      const alone = await visit(1, Number(values.seconds) / 2)
      const before = await server.cpu()
      const crowd = await visit(VISITORS, Number(values.seconds))
      const spent = (await server.cpu()) - before
      for (const { trouble } of [alone, crowd]) if (trouble) troubles.push(`${kind} ${page.name}: ${trouble}`)
      const found = {
        run,
        kind,
        page: page.name,
        p50: percentile(alone.ms, 50),
        p95: percentile(alone.ms, 95),
        perSecond: crowd.perSecond,
        cpuMs: spent / 1000 / crowd.ms.length,
      }
      figures.push(found)
      console.log(line(found))
    }
  } finally {
    visitors.kill()
    await server.stop()
  }
}

function line({ kind, page, p50, p95, perSecond, cpuMs }: Figures): string {
  const alone = `alone p50 ${p50.toFixed(2)} ms  p95 ${p95.toFixed(2)} ms`
  return `${kind.padEnd(9)}${page.padEnd(10)}${alone}  ${VISITORS} visitors ${perSecond.toFixed(0)} pages/s  server CPU ${cpuMs.toFixed(2)} ms/page`
}

function report(kind: DatabaseKind): void {
  const disturbed = disturbedRuns(kind)
  const kept = Number(values.runs) - disturbed.size
  const leftOut = disturbed.size > 0 ? `, ${disturbed.size} left out: its bare page was starved` : ''
  console.log(`\n${kind}, medians of ${kept} runs${leftOut}`)
  if (kept === 0) return
  const bare = medians(kind, barePage.name)
  console.log(line(bare))
  for (const { name } of storages.get(kind)?.consortium.pages ?? []) {
    const page = medians(kind, name)
    console.log(line(page))
    console.log(`  delay ${againstGoal(page.p50, bare.p50, goals.delay)}, throughput ${share(page, bare)}`)
  }
}

function share(page: Figures, bare: Figures): string {
  const ratio = page.perSecond / bare.perSecond
  return `${ratio.toFixed(2)} × (goal ≥ ${goals.throughput}: ${ratio >= goals.throughput ? 'met' : 'NOT met'})`
}

/** Those in which the bare page, the same each time, was starved: its ratios would flatter the product. */
function disturbedRuns(kind: DatabaseKind): ReadonlySet<number> {
  const bare = figures.filter(each => each.kind === kind && each.page === barePage.name)
  const usual = median(bare.map(({ p50 }) => p50))
  return new Set(bare.filter(({ p50 }) => p50 > slowed * usual).map(({ run }) => run))
}

function medians(kind: DatabaseKind, page: string): Figures {
  const disturbed = disturbedRuns(kind)
  const mine = figures.filter(each => each.kind === kind && each.page === page && !disturbed.has(each.run))
  const of = (read: (each: Figures) => number) => median(mine.map(read))
  return {
    run: Number.NaN,
    kind,
    page,
    p50: of(each => each.p50),
    p95: of(each => each.p95),
    perSecond: of(each => each.perSecond),
    cpuMs: of(each => each.cpuMs),
  }
}

type Storage = { env: Record<string, string>; consortium: LargeConsortium }

/** The large consortium takes a minute to write: it is kept for the day, named after what it was made from. */
async function largeStorage(kind: DatabaseKind): Promise<Storage> {
  const name = `bench_pages_${storageHash()}`
  const folder = join(CACHE, `${name}_${kind}`)
  const url = new URL(POSTGRES)
  url.pathname = `/${name}`
  const env: Record<string, string> =
    kind === 'postgres' ? { DATABASE_URL: url.href } : { DATA_DIR: join(folder, 'data') }
  const described = join(folder, 'consortium.json')
  if (existsSync(described)) {
    return { env, consortium: JSON.parse(readFileSync(described, 'utf8')) as LargeConsortium }
  }
  await forgetOlder(kind)
  mkdirSync(folder, { recursive: true })
  if (kind === 'postgres') await onServer(server => server.unsafe(`create database "${name}"`))
  const handle = await openDatabase({ dataDir: env.DATA_DIR, databaseUrl: env.DATABASE_URL })
  await migrateDatabase(handle)
  const consortium = await fillLargeConsortium(handle)
  await handle.close()
  writeFileSync(described, JSON.stringify(consortium))
  return { env, consortium }
}

async function forgetOlder(kind: DatabaseKind): Promise<void> {
  mkdirSync(CACHE, { recursive: true })
  for (const each of readdirSync(CACHE)) {
    if (each.startsWith('bench_pages_') && each.endsWith(kind)) rmSync(join(CACHE, each), { recursive: true })
  }
  if (kind !== 'postgres') return
  await onServer(async server => {
    const old = await server<
      { datname: string }[]
    >`select datname from pg_database where datname like 'bench\_pages\_%'`
    for (const { datname } of old) await server.unsafe(`drop database "${datname}"`)
  })
}

async function onServer(work: (server: postgres.Sql) => Promise<unknown>): Promise<void> {
  const server = postgres(POSTGRES, { max: 1, onnotice: () => {} })
  try {
    await work(server)
  } finally {
    await server.end({ timeout: 1 })
  }
}

function storageHash(): string {
  const hash = createHash('sha256').update(new Date().toISOString().slice(0, 10))
  const files = execFileSync('git', ['ls-files', 'db/migrations/*.sql'], { cwd: ROOT, encoding: 'utf8' })
  for (const file of [...files.trim().split('\n'), 'tests/load/large-consortium.ts']) {
    hash.update(readFileSync(join(ROOT, file)))
  }
  return hash.digest('hex').slice(0, 12)
}
