import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import postgres from 'postgres'
import { inject } from 'vitest'
import { type DatabaseHandle, type DatabaseKind, openDatabase } from '#db/client.ts'
import { migrateDatabase } from '#db/migrate.ts'
import { PGLITE_EXTENSIONS } from '#db/pglite.ts'

const MIGRATIONS = join(import.meta.dirname, '../../db/migrations')
const CACHE = join(import.meta.dirname, '../../node_modules/.cache/espace-spie')

/** The databases this run covers: `describe.each(databaseKinds())('… on %s', kind => …)`. */
export function databaseKinds(): DatabaseKind[] {
  return inject('databaseKinds')
}

/** What a test's database holds when it begins: made once, then copied. */
export type Template = {
  name: string
  /** Changes with everything that `fill` depends on: the template is kept from one run to the next. */
  hash(): string
  /** What it is made from; a new, empty database without. */
  from: Template | null
  fill(handle: DatabaseHandle): Promise<void>
}

/** The schema and no rows. */
export const migrated: Template = { name: 'template', hash: migrationsHash, from: null, fill: migrateDatabase }

/** A fresh database of one's own, migrated and empty unless said otherwise, in half a second. Close it in `afterAll`. */
export function testDatabase(kind: DatabaseKind, template: Template = migrated): Promise<DatabaseHandle> {
  return kind === 'pglite' ? openTemplateCopy(template) : openPostgresCopy(template)
}

/** The address of a fresh PostgreSQL database, migrated, empty or filled; the run drops it at its end. */
export async function createPostgresDatabase(contents: 'migrated' | 'empty' | Template = 'migrated'): Promise<string> {
  const name = `${inject('databasePrefix')}${randomBytes(5).toString('hex')}`
  const template = contents === 'empty' ? null : await postgresTemplate(contents === 'migrated' ? migrated : contents)
  await onServer(sql => sql.unsafe(`create database "${name}"${template ? ` template "${template}"` : ''}`))
  return addressOf(name)
}

/** An embedded database in a folder of one's own, that holds what the template does: for a server in its own process. */
export async function fillFolder(dataDir: string, template: Template): Promise<void> {
  const handle = await openDatabase({ dataDir, template: await readTemplate(template) })
  await handle.close()
}

async function openTemplateCopy(template: Template): Promise<DatabaseHandle> {
  return openDatabase({ template: await readTemplate(template) })
}

async function openPostgresCopy(template: Template): Promise<DatabaseHandle> {
  return openDatabase({ databaseUrl: await createPostgresDatabase(template), connections: 5 })
}

async function readTemplate(template: Template): Promise<Blob> {
  return new Blob([readFileSync(await pgliteTemplate(template))])
}

/** Migrating a new PGlite takes seconds, so its dump is kept from one run to the next, named after what it was made from. */
async function pgliteTemplate(template: Template): Promise<string> {
  const file = join(CACHE, `${template.name}-${template.hash()}.tar`)
  if (existsSync(file)) return file
  mkdirSync(CACHE, { recursive: true })
  const folder = `${file}-${process.pid}`
  const handle = await openDatabase({
    dataDir: folder,
    ...(template.from ? { template: await readTemplate(template.from) } : {}),
  })
  await template.fill(handle)
  await handle.close()
  const client = await PGlite.create({ dataDir: join(folder, 'database'), extensions: PGLITE_EXTENSIONS })
  const dump = await client.dumpDataDir('none')
  await client.close()
  writeFileSync(`${folder}.tar`, Buffer.from(await dump.arrayBuffer()))
  renameSync(`${folder}.tar`, file)
  rmSync(folder, { recursive: true, force: true })
  forgetOlder(template.name, file)
  return file
}

/** Dumps of sources that have changed since. */
function forgetOlder(name: string, kept: string): void {
  const dayAgo = Date.now() - 24 * 3600 * 1000
  for (const each of readdirSync(CACHE).filter(file => file.startsWith(`${name}-`) && file.endsWith('.tar'))) {
    const file = join(CACHE, each)
    if (file !== kept && statSync(file).mtimeMs < dayAgo) rmSync(file, { force: true })
  }
}

const postgresTemplates = new Map<string, Promise<string>>()

/** One database of each sort per worker, cloned for each test file. */
function postgresTemplate(template: Template): Promise<string> {
  const known = postgresTemplates.get(template.name)
  if (known) return known
  const made = makePostgresTemplate(template)
  postgresTemplates.set(template.name, made)
  return made
}

async function makePostgresTemplate(template: Template): Promise<string> {
  const name = `${inject('databasePrefix')}${template.name}_${process.pid}`
  const from = template.from ? await postgresTemplate(template.from) : null
  await onServer(sql => sql.unsafe(`create database "${name}"${from ? ` template "${from}"` : ''}`))
  const handle = await openDatabase({ databaseUrl: addressOf(name), connections: 1 })
  await template.fill(handle)
  await handle.close()
  return name
}

async function onServer(work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres(serverUrl(), { max: 1, onnotice: () => {} })
  try {
    await work(sql)
  } finally {
    await sql.end({ timeout: 1 })
  }
}

function addressOf(database: string): string {
  const url = new URL(serverUrl())
  url.pathname = `/${database}`
  return url.href
}

function serverUrl(): string {
  const url = inject('postgresUrl')
  if (!url) throw new Error('PostgreSQL ne répond pas : ce test ne peut pas s’exécuter.')
  return url
}

function migrationsHash(): string {
  const hash = createHash('sha256').update(readFileSync(join(MIGRATIONS, '../migrate.ts')))
  for (const name of readdirSync(MIGRATIONS)
    .filter(each => each.endsWith('.sql'))
    .sort()) {
    hash.update(name).update(readFileSync(join(MIGRATIONS, name)))
  }
  return hash.digest('hex').slice(0, 16)
}
