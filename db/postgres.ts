import { parsePgArray } from 'drizzle-orm/pg-core'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import { type AdvisoryLock, lockDatabase } from './advisory-lock.ts'
import { BYTEA, bytea } from './bytea.ts'
import {
  arrayLiteral,
  type DatabaseHandle,
  type OpenDatabaseOptions,
  type PreparingDatabase,
  rowsOf,
} from './client.ts'
import { UnusableDatabaseError } from './mendable.ts'
import { planning } from './planning.ts'
import { RepeatedStatements } from './repeated-statements.ts'
import * as schema from './schema/index.ts'

const OLDEST_VERSION = 15

/** Opens PostgreSQL and takes the one-process lock on a connection of its own, unless asked to work beside its holder. */
export async function openPostgres(options: OpenDatabaseOptions & { databaseUrl: string }): Promise<DatabaseHandle> {
  const client = connect(options.databaseUrl, { max: options.connections ?? 10 })
  try {
    await requireVersion(client)
    const lock = options.besideServer ? null : await lockDatabase(options.databaseUrl, options)
    return handleOf(client, lock, options.databaseUrl)
  } catch (error) {
    await client.end({ timeout: 1 })
    throw error
  }
}

function handleOf(client: postgres.Sql, lock: AdvisoryLock | null, databaseUrl: string): DatabaseHandle {
  const prepared = (statement: string, parameters: readonly (string | null)[]) =>
    client.unsafe(statement, [...parameters], { prepare: true })
  const db = Object.assign(databaseOn(preparing(client, new RepeatedStatements())), {
    prepared,
    inProcess: false,
  }) as unknown as PreparingDatabase
  return {
    db,
    kind: 'postgres',
    queue: { backend: 'postgres', connectionString: databaseUrl },
    rows: query => rowsOf(db, query),
    applyMigrations: folder => migrateAlone(databaseUrl, folder),
    close: () => closeBoth(client, lock),
  }
}

/** A pool that speaks UTC and reads values as PGlite does. */
export function connect(databaseUrl: string, options: postgres.Options<Record<string, postgres.PostgresType>>) {
  return postgres(databaseUrl, {
    connect_timeout: 10,
    idle_timeout: 60,
    onnotice: () => {},
    // The driver would ask each new connection which types are arrays, and one that ends meanwhile would end the process
    // (porsager/postgres#1192): those that are used are named below.
    fetch_types: false,
    ...options,
    connection: { application_name: `espace-spie ${process.pid}`, TimeZone: 'UTC', ...planning, ...options.connection },
    types: {
      int8: {
        to: 20,
        from: [20],
        serialize: (value: number | bigint | string) => String(value),
        parse: (text: string) => (Number.isSafeInteger(Number(text)) ? Number(text) : BigInt(text)),
      },
      bytea: { to: BYTEA, from: [BYTEA], ...bytea },
      // text[] and uuid[]
      texts: {
        to: 1009,
        from: [1009, 2951],
        serialize: (values: string | readonly string[]) => (typeof values === 'string' ? values : arrayLiteral(values)),
        parse: (text: string) => parsePgArray(text),
      },
    },
  })
}

/** Drizzle asks for each statement to be planned anew, in two round trips: this prepares those that come back. */
function preparing<Client extends object>(client: Client, repeated: RepeatedStatements): Client {
  return new Proxy(client, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key)
      if (key === 'unsafe') {
        const unsafe = value as postgres.Sql['unsafe']
        const preparable: postgres.Sql['unsafe'] = (statement, parameters, options) =>
          unsafe(statement, parameters, { ...options, prepare: options?.prepare || repeated.note(statement) })
        return preparable
      }
      if (key === 'begin' || key === 'savepoint') {
        const start = value as (work: (inner: object) => unknown) => unknown
        return (work: (inner: object) => unknown) => start(inner => work(preparing(inner, repeated)))
      }
      return value
    },
  })
}

function databaseOn(client: postgres.Sql) {
  const db = drizzle(client, { schema, casing: 'snake_case' })
  // Drizzle replaces these serializers by the identity, which breaks a Date or an object given to a raw query.
  for (const oid of [1082, 1114, 1184]) {
    client.options.serializers[oid] = (value: unknown) => (value instanceof Date ? value.toISOString() : value)
  }
  for (const oid of [114, 3802]) {
    client.options.serializers[oid] = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))
  }
  return db
}

async function requireVersion(client: postgres.Sql): Promise<void> {
  try {
    const [row] = await client<{ server_version_num: string }[]>`show server_version_num`
    const major = Math.floor(Number(row?.server_version_num) / 10_000)
    if (major < OLDEST_VERSION) {
      throw new UnusableDatabaseError(
        `La base de données est un PostgreSQL ${major} : il faut la version ${OLDEST_VERSION} ou une plus récente.`,
      )
    }
  } catch (error) {
    if (error instanceof UnusableDatabaseError) throw error
    throw new UnusableDatabaseError(
      `La base de données PostgreSQL ne répond pas (${reason(error)}). Vérifiez DATABASE_URL et que le serveur est démarré.`,
      { cause: error },
    )
  }
}

/** Migrations change the session (locks, search path): they get a connection that nobody else shares. */
async function migrateAlone(databaseUrl: string, folder: string): Promise<void> {
  const client = connect(databaseUrl, { max: 1 })
  try {
    await migrate(databaseOn(client), { migrationsFolder: folder })
  } finally {
    await client.end({ timeout: 5 })
  }
}

async function closeBoth(client: postgres.Sql, lock: AdvisoryLock | null): Promise<void> {
  try {
    await client.end({ timeout: 5 })
  } finally {
    await lock?.release()
  }
}

/** Code rather than message: the message may hold the address and its password. */
function reason(error: unknown): string {
  const { code, name } = error as { code?: string; name?: string }
  return code ?? name ?? 'erreur inconnue'
}
