import type { ExtractTablesWithRelations, SQL } from 'drizzle-orm'
import type { PgDatabase, PgQueryResultHKT, PgTransaction } from 'drizzle-orm/pg-core'
import { bytea } from './bytea.ts'
import type { QueueConnection } from './queue-database.ts'
import type * as schema from './schema/index.ts'

type Schema = typeof schema

/** The one database type of the product: nothing but this folder knows whether PGlite or PostgreSQL is behind it. */
export type Database = PgDatabase<PgQueryResultHKT, Schema>

/** The database itself, and not a transaction on it. */
export type PreparingDatabase = Database & {
  /** Statements run in this process's event loop: few large ones cost it less than many small ones. */
  readonly inProcess: boolean
  /**
   * Runs a statement that is planned once for each connection: for the few that run at every key.
   * @param parameters as PostgreSQL writes them; the statement casts each: `$1::uuid[]`, see `arrayLiteral`; bytes
   *   are hexadecimal text, since a driver would encode a `bytea` once more.
   */
  prepared<Row extends Record<string, unknown>>(
    statement: string,
    parameters: readonly (string | null)[],
  ): Promise<Row[]>
}

/** What `database.transaction(async tx => …)` receives. Inside, use `tx` and never the outer handle. */
export type Transaction = PgTransaction<PgQueryResultHKT, Schema, ExtractTablesWithRelations<Schema>>

export type DatabaseKind = 'pglite' | 'postgres'

export type DatabaseHandle = {
  db: PreparingDatabase
  kind: DatabaseKind
  /** How the jobs reach the same database. */
  queue: QueueConnection
  /** Rows of a raw query, whichever the driver: instants and days as text, bigint as number, bytea as Uint8Array. */
  rows<Row extends Record<string, unknown>>(query: SQL): Promise<Row[]>
  /** Applies the generated migrations of a folder; see `migrate.ts`, which is what the server calls. */
  applyMigrations(folder: string): Promise<void>
  /** Flushes and closes; releases the lock last. */
  close(): Promise<void>
}

export type OpenDatabaseOptions = {
  /** Folder of the embedded database. Without it and without `databaseUrl`, the database lives in memory. */
  dataDir?: string | undefined
  /** PostgreSQL 15 or later; takes precedence over `dataDir`. */
  databaseUrl?: string | undefined
  /** The contents of a new embedded database, from PGlite's `dumpDataDir`. */
  template?: Blob | undefined
  /** Connections to PostgreSQL, besides the one that holds the lock. */
  connections?: number | undefined
  /** Called once if this process must no longer use the database: its lock is another's, or it has broken down. */
  onLost?: ((why: string) => void) | undefined
  /** PostgreSQL has dropped the connection that holds the lock: keep nothing of it in memory until `onRetaken`. */
  onInterrupted?: (() => void) | undefined
  onRetaken?: (() => void) | undefined
  /**
   * For an operator's command that changes rows no process keeps in memory: on PostgreSQL, works beside the server,
   * without the lock. The embedded database has no « beside »: it takes its lock all the same.
   */
  besideServer?: boolean | undefined
}

/**
 * Opens the database and takes its exclusive lock: one process per database.
 *
 * @throws FolderLockedError or DatabaseLockedError, in French, when another process holds it; UnusableDatabaseError when
 * PostgreSQL cannot be reached or is older than 15.
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<DatabaseHandle> {
  // Each driver is loaded where it is used.
  if (options.databaseUrl) {
    const { openPostgres } = await import('./postgres.ts')
    return openPostgres({ ...options, databaseUrl: options.databaseUrl })
  }
  const { openPglite } = await import('./pglite.ts')
  return openPglite({ dataDir: options.dataDir, template: options.template, onLost: options.onLost })
}

/** An array as PostgreSQL writes it. */
export function arrayLiteral(values: readonly (string | Uint8Array | null)[]): string {
  return `{${values.map(arrayElement).join(',')}}`
}

/** One value of an array, as PostgreSQL writes it between the braces. */
export function arrayElement(value: string | Uint8Array | null): string {
  if (value === null) return 'NULL'
  if (typeof value !== 'string') return `"\\${bytea.serialize(value)}"`
  return `"${value.replaceAll(/[\\"]/g, character => `\\${character}`)}"`
}

/** Rows of a raw query run on the database or in a transaction, whichever the driver. */
export async function rowsOf<Row extends Record<string, unknown>>(
  executor: Database | Transaction,
  query: SQL,
): Promise<Row[]> {
  const result: unknown = await executor.execute(query)
  return (Array.isArray(result) ? [...result] : (result as { rows: Row[] }).rows) as Row[]
}

/** The name of the constraint that a failed statement violated, or null when the error is of another sort. */
export function constraintName(error: unknown): string | null {
  return fromDriverError(error, cause => cause.constraint ?? cause.constraint_name)
}

/** The five-character SQLSTATE of a failed statement, or null: `40001` and `40P01` may be tried again. */
export function sqlState(error: unknown): string | null {
  return fromDriverError(error, cause => (/^[0-9A-Z]{5}$/.test(cause.code ?? '') ? cause.code : undefined))
}

type DriverError = { constraint?: string; constraint_name?: string; code?: string; cause?: unknown }

/** Drizzle wraps the driver's error, and each driver names its fields its own way. */
function fromDriverError(error: unknown, read: (cause: DriverError) => string | undefined): string | null {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) {
    const found = read(cause as DriverError)
    if (found) return found
  }
  return null
}
