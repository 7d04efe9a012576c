import { fileURLToPath } from 'node:url'
import { sql } from 'drizzle-orm'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import type { DatabaseHandle } from './client.ts'
import { Mendable } from './mendable.ts'

const MIGRATIONS = fileURLToPath(new URL('./migrations', import.meta.url))
/** One that is added comes with the migration that needs it: an up-to-date database has them all. */
const EXTENSIONS = ['unaccent', 'pg_trgm', 'btree_gist', 'citext']

/** The database and this version of the product do not go together; nothing was changed. */
export class IncompatibleDatabaseError extends Mendable {
  override name = 'IncompatibleDatabaseError'
}

/**
 * Brings the database to this version of the schema. Forward only: a migration that landed is never edited, and a
 * database that a later version migrated is refused. Safe when several processes start at once: the one-process lock
 * is already held, and the statements run in one transaction.
 *
 * @throws IncompatibleDatabaseError
 */
export async function migrateDatabase(handle: DatabaseHandle, folder: string = MIGRATIONS): Promise<void> {
  const known = readMigrationFiles({ migrationsFolder: folder })
  const done = await applied(handle)
  refuseStrangers(done, known)
  if (missing(known, done) === 0) return
  for (const name of EXTENSIONS) await handle.rows(sql.raw(`create extension if not exists ${name}`))
  await handle.applyMigrations(folder)
  // Drizzle skips in silence a migration dated before the last one applied, which a merge of two branches can produce.
  const skipped = missing(known, await applied(handle))
  if (skipped > 0) {
    throw new IncompatibleDatabaseError(
      `${skipped} migration(s) de la base n’ont pas pu être appliquées : leur date précède celle de la dernière migration appliquée.`,
    )
  }
}

type Known = { hash: string; folderMillis: number }
type Applied = { hash: string; created_at: number }

async function applied(handle: DatabaseHandle): Promise<Applied[]> {
  const [table] = await handle.rows<{ name: string | null }>(
    sql`select to_regclass('drizzle.__drizzle_migrations')::text as name`,
  )
  if (!table?.name) return []
  return handle.rows<Applied>(sql`select hash, created_at from drizzle.__drizzle_migrations order by created_at`)
}

function missing(known: Known[], done: Applied[]): number {
  return known.filter(migration => !done.some(row => row.hash === migration.hash)).length
}

function refuseStrangers(done: Applied[], known: Known[]): void {
  for (const row of done) {
    if (known.some(migration => migration.hash === row.hash)) continue
    throw new IncompatibleDatabaseError(
      known.some(migration => migration.folderMillis === row.created_at)
        ? 'Une migration déjà appliquée à cette base a été modifiée depuis : réinstallez la version d’origine du produit.'
        : 'Cette base a été créée par une version plus récente du produit : installez cette version ou une suivante. Rien n’a été modifié.',
    )
  }
}
