import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
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

/** A fresh, migrated, empty database of one's own, in half a second. Close it in `afterAll`. */
export function testDatabase(kind: DatabaseKind): Promise<DatabaseHandle> {
  return kind === 'pglite' ? openTemplateCopy() : openPostgresCopy()
}

/** The address of a fresh PostgreSQL database, migrated or empty; the run drops it at its end. */
export async function createPostgresDatabase(contents: 'migrated' | 'empty' = 'migrated'): Promise<string> {
  const name = `${inject('databasePrefix')}${randomBytes(5).toString('hex')}`
  const template = contents === 'migrated' ? await postgresTemplate() : null
  await onServer(sql => sql.unsafe(`create database "${name}"${template ? ` template "${template}"` : ''}`))
  return addressOf(name)
}

async function openTemplateCopy(): Promise<DatabaseHandle> {
  return openDatabase({ template: new Blob([readFileSync(await pgliteTemplate())]) })
}

async function openPostgresCopy(): Promise<DatabaseHandle> {
  return openDatabase({ databaseUrl: await createPostgresDatabase(), connections: 5 })
}

/** Migrating a new PGlite takes seconds, so its dump is kept from one run to the next, named after the migrations. */
async function pgliteTemplate(): Promise<string> {
  const file = join(CACHE, `template-${migrationsHash()}.tar`)
  if (existsSync(file)) return file
  mkdirSync(CACHE, { recursive: true })
  const folder = `${file}-${process.pid}`
  const migrated = await openDatabase({ dataDir: folder })
  await migrateDatabase(migrated)
  await migrated.close()
  const client = await PGlite.create({ dataDir: join(folder, 'database'), extensions: PGLITE_EXTENSIONS })
  const dump = await client.dumpDataDir('none')
  await client.close()
  writeFileSync(`${folder}.tar`, Buffer.from(await dump.arrayBuffer()))
  renameSync(`${folder}.tar`, file)
  rmSync(folder, { recursive: true, force: true })
  return file
}

let template: Promise<string> | null = null

/** One migrated database per worker, cloned for each test file. */
function postgresTemplate(): Promise<string> {
  template ??= (async () => {
    const name = `${inject('databasePrefix')}template_${process.pid}`
    await onServer(sql => sql.unsafe(`create database "${name}"`))
    const handle = await openDatabase({ databaseUrl: addressOf(name), connections: 1 })
    await migrateDatabase(handle)
    await handle.close()
    return name
  })()
  return template
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
