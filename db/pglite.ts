import { AsyncLocalStorage } from 'node:async_hooks'
import { join } from 'node:path'
import { PGlite, type PGliteOptions } from '@electric-sql/pglite'
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist'
import { citext } from '@electric-sql/pglite/contrib/citext'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { unaccent } from '@electric-sql/pglite/contrib/unaccent'
import { drizzle } from 'drizzle-orm/pglite'
import { migrate } from 'drizzle-orm/pglite/migrator'
import { BYTEA, bytea } from './bytea.ts'
import { type DatabaseHandle, type PreparingDatabase, rowsOf } from './client.ts'
import { keepHouse } from './housekeeping.ts'
import { type FolderLock, lockFolder } from './lock.ts'
import { UnusableDatabaseError } from './mendable.ts'
import { planning } from './planning.ts'
import { queueDatabase } from './queue-database.ts'
import { RepeatedStatements } from './repeated-statements.ts'
import * as schema from './schema/index.ts'

export const PGLITE_EXTENSIONS = { unaccent, pg_trgm, btree_gist, citext }

/** Opens the embedded database of a folder behind our own lock, or one in memory without a folder. */
export async function openPglite(options: {
  dataDir?: string | undefined
  template?: Blob | undefined
  onLost?: ((why: string) => void) | undefined
}): Promise<DatabaseHandle> {
  const { dataDir } = options
  const lock = dataDir ? await lockFolder(dataDir, options.onLost).catch(error => explain(error, dataDir)) : null
  try {
    const client = await GuardedPGlite.open(options.onLost, {
      ...(options.dataDir ? { dataDir: join(options.dataDir, 'database') } : {}),
      ...(options.template ? { loadDataDir: options.template } : {}),
      extensions: PGLITE_EXTENSIONS,
      parsers: { [BYTEA]: bytea.parse },
      serializers: { [BYTEA]: bytea.serialize },
    })
    return handleOf(client, lock)
  } catch (error) {
    lock?.release()
    throw error
  }
}

function explain(error: NodeJS.ErrnoException, folder: string): never {
  if (error.code !== 'ENOSPC') throw error
  throw new UnusableDatabaseError(
    `Le disque du dossier de données « ${folder} » est plein : faites de la place, sans rien effacer dans ce dossier. Rien n’a été modifié.`,
    { cause: error },
  )
}

function handleOf(client: GuardedPGlite, lock: FolderLock | null): DatabaseHandle {
  const pglite = drizzle(client, { schema, casing: 'snake_case' })
  const housekeeping = keepHouse(client)
  const prepared = (statement: string, parameters: readonly (string | null)[]) => client.prepared(statement, parameters)
  const db = Object.assign(pglite, { prepared, inProcess: true }) as unknown as PreparingDatabase
  return {
    db,
    kind: 'pglite',
    queue: { backend: 'pglite', db: queueDatabase(client) },
    rows: query => rowsOf(db, query),
    applyMigrations: folder => migrate(pglite, { migrationsFolder: folder }),
    async close() {
      housekeeping.stop()
      try {
        if (!client.closed) await client.close()
      } finally {
        lock?.release()
      }
    },
  }
}

/**
 * PGlite has one connection: awaiting the outer handle inside a transaction waits for ever, for a turn that comes only
 * after the transaction. This refuses such a call, with a stack that shows where it was made.
 *
 * After a PANIC, PostgreSQL ends its process; PGlite has none to end, and its next statement never returns, which stops
 * the event loop. A full disk is enough. So whoever opened it is told before that statement.
 */
class GuardedPGlite extends PGlite {
  readonly #transactions = new AsyncLocalStorage<{ open: boolean }>()
  readonly #preparing = new Map<string, Promise<Prepared>>()
  readonly #prepared = new Map<string, Prepared>()
  readonly #repeated = new RepeatedStatements()
  #named = 0
  #onBroken: (why: string) => void = () => {}

  static async open(onBroken: ((why: string) => void) | undefined, options: PGliteOptions): Promise<GuardedPGlite> {
    const client = new GuardedPGlite(options)
    if (onBroken) client.#onBroken = onBroken
    await client.waitReady
    const settings = Object.entries({ timezone: 'UTC', ...planning })
    await client.exec(settings.map(([name, value]) => `set ${name} to '${value}'`).join('; '))
    return client
  }

  override query: PGlite['query'] = async (text, params, options) => {
    this.#refuseInsideTransaction()
    const prepared = this.#repeated.note(text) && (await this.#prepare(text).catch(() => null))
    const run = prepared && execution(prepared, params)
    return (run ? (await super.exec(run, options))[0] : await super.query(text, params, options)) as never
  }

  override exec: PGlite['exec'] = (text, options) => {
    this.#refuseInsideTransaction()
    return super.exec(text, options)
  }

  override transaction: PGlite['transaction'] = callback => {
    this.#refuseInsideTransaction()
    const state = { open: true }
    return super.transaction(async tx => {
      this.#usePrepared(tx)
      try {
        return await this.#transactions.run(state, () => callback(tx))
      } finally {
        state.open = false
      }
    })
  }

  override execProtocol: PGlite['execProtocol'] = (message, options) =>
    super.execProtocol(message, options).catch(error => this.#tellIfBroken(error))

  override execProtocolStream: PGlite['execProtocolStream'] = (message, options) =>
    super.execProtocolStream(message, options).catch(error => this.#tellIfBroken(error))

  #tellIfBroken(error: unknown): never {
    const { severity, code } = error as { severity?: string; code?: string }
    if (severity === 'PANIC') this.#onBroken(`PANIC ${code}`)
    throw error
  }

  /** A transaction uses what is prepared. It neither prepares, as a refusal would end it, nor waits: others wait for it. */
  #usePrepared(tx: PGliteTransaction): void {
    const { query } = tx
    tx.query = async (text, params, options) => {
      const prepared = this.#prepared.get(text)
      const run = prepared && execution(prepared, params)
      return (run ? (await tx.exec(run, options))[0] : await query(text, params, options)) as never
    }
  }

  async prepared(statement: string, parameters: readonly (string | null)[]): Promise<Record<string, unknown>[]> {
    const { name } = await this.#prepare(statement)
    const [result] = await this.exec(`execute ${name}(${parameters.map(literal).join(', ')})`)
    return result?.rows ?? []
  }

  /** PGlite parses and plans each of its own queries, in six exchanges: five times the work of a small one. */
  #prepare(statement: string): Promise<Prepared> {
    const known = this.#preparing.get(statement)
    if (known) return known
    const name = `prepared_${++this.#named}`
    const made = this.describeQuery(statement).then(async ({ queryParams }) => {
      await super.exec(`prepare ${name} as ${statement}`)
      const prepared = { name, serializers: queryParams.map(({ serializer }) => serializer) }
      this.#prepared.set(statement, prepared)
      return prepared
    })
    this.#preparing.set(statement, made)
    made.catch(() => this.#preparing.delete(statement))
    return made
  }

  #refuseInsideTransaction(): void {
    if (this.#transactions.getStore()?.open) {
      throw new Error('The outer database handle was used inside a transaction: on PGlite this would wait for ever.')
    }
  }
}

type PGliteTransaction = Parameters<Parameters<PGlite['transaction']>[0]>[0]

type Prepared = { name: string; serializers: ((value: unknown) => string)[] }

/** How to run a prepared statement with these values; null for those that only the extended protocol can refuse. */
function execution({ name, serializers }: Prepared, values: readonly unknown[] = []): string | null {
  const texts = values.map((value, rank) =>
    value === null || value === undefined ? null : (serializers[rank]?.(value) ?? String(value)),
  )
  if (texts.length !== serializers.length || texts.some(text => text?.includes('\0'))) return null
  return texts.length === 0 ? `execute ${name}` : `execute ${name}(${texts.map(literal).join(', ')})`
}

function literal(text: string | null): string {
  return text === null ? 'null' : `'${text.replaceAll("'", "''")}'`
}
