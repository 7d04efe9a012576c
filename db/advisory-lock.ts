import { setTimeout as sleep } from 'node:timers/promises'
import type postgres from 'postgres'
import { Mendable } from './mendable.ts'
import { connect } from './postgres.ts'

/** Any constant: advisory locks are counted per database. */
const KEY = 727_041_981
/** A killed process's connection takes a moment to be noticed by PostgreSQL. */
const PATIENCE_MS = 3_000
const HEARTBEAT_MS = 5_000
const HEARTBEAT_TIMEOUT_MS = 8_000

/** PostgreSQL takes a moment to start again. */
const RETRY_MS = 500

export type AdvisoryLock = { release(): Promise<void> }

/** What becomes of the lock while running. */
export type LockWatch = {
  /** The connection that holds it has dropped: another process may take it. */
  onInterrupted?: (() => void) | undefined
  /** It is held again. Another process may have held it meanwhile. */
  onRetaken?: (() => void) | undefined
  /** Another process holds it, or nothing answers any more: stop. */
  onLost?: ((why: string) => void) | undefined
}

/** Another process of the product serves this database: nothing was touched. */
export class DatabaseLockedError extends Mendable {
  constructor(holder: string) {
    super(
      `La base de données est déjà utilisée par ${holder}. Un seul processus peut la servir : arrêtez le premier, ` +
        'ou donnez une autre base par DATABASE_URL. Rien n’a été modifié.',
    )
    this.name = 'DatabaseLockedError'
  }
}

/**
 * Takes the one-process lock of a PostgreSQL database, on a connection that does nothing else. When PostgreSQL drops that
 * connection, as it does when it restarts, the lock is taken again as soon as it answers.
 *
 * @throws DatabaseLockedError when another process holds it.
 */
export async function lockDatabase(databaseUrl: string, watch: LockWatch = {}): Promise<AdvisoryLock> {
  const keeper = new LockKeeper(databaseUrl, watch)
  await keeper.take()
  return keeper
}

class LockKeeper implements AdvisoryLock {
  readonly #databaseUrl: string
  readonly #watch: LockWatch
  #client: postgres.Sql | null = null
  #heartbeat: NodeJS.Timeout | undefined
  #released = false
  /** The process of PostgreSQL that held the lock for us last. */
  #backend: number | null = null

  constructor(databaseUrl: string, watch: LockWatch) {
    this.#databaseUrl = databaseUrl
    this.#watch = watch
  }

  async take(): Promise<void> {
    let closed = false
    const client = connect(this.#databaseUrl, {
      max: 1,
      idle_timeout: 0,
      max_lifetime: null,
      onclose: () => {
        closed = true
        this.#dropped(client)
      },
      // PostgreSQL frees the lock of a machine that vanished after about 25 s; we notice earlier, see HEARTBEAT_TIMEOUT_MS.
      connection: { tcp_keepalives_idle: 10, tcp_keepalives_interval: 5, tcp_keepalives_count: 3 },
    })
    try {
      this.#backend = await acquire(client, this.#backend)
      // The driver would connect again by itself, without the lock.
      if (closed || this.#released) throw new Error('The connection that holds the lock was closed.')
    } catch (error) {
      await client.end({ timeout: 1 })
      throw error
    }
    this.#client = client
    this.#heartbeat = setInterval(() => void this.#beat(client), HEARTBEAT_MS)
    this.#heartbeat.unref()
  }

  async release(): Promise<void> {
    this.#released = true
    await this.#letGo()?.end({ timeout: 2 })
  }

  #letGo(): postgres.Sql | null {
    const client = this.#client
    clearInterval(this.#heartbeat)
    this.#client = null
    return client
  }

  #dropped(client: postgres.Sql): void {
    if (this.#client !== client) return
    this.#letGo()
    void client.end({ timeout: 0 })
    this.#watch.onInterrupted?.()
    void this.#takeAgain()
  }

  async #takeAgain(): Promise<void> {
    while (!this.#released) {
      try {
        await this.take()
        return this.#watch.onRetaken?.()
      } catch (error) {
        if (error instanceof DatabaseLockedError) return this.#watch.onLost?.(error.message)
        await sleep(RETRY_MS)
      }
    }
  }

  async #beat(client: postgres.Sql): Promise<void> {
    const abort = new AbortController()
    const late = sleep(HEARTBEAT_TIMEOUT_MS, 'late', { signal: abort.signal, ref: false }).catch(() => 'in time')
    const answer = await Promise.race([client`select 1`.catch(() => 'cut'), late])
    abort.abort()
    if (answer === 'cut') this.#dropped(client)
    // Its other connections may be as silent as this one for a quarter of an hour: nothing to hope for in this process.
    if (answer === 'late' && this.#client === client) {
      void this.#letGo()?.end({ timeout: 0 })
      this.#watch.onLost?.('PostgreSQL does not answer')
    }
  }
}

/** @param previous a process of PostgreSQL that held it for us: it may not know yet that we are gone. */
async function acquire(client: postgres.Sql, previous: number | null): Promise<number> {
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    const [row] = await client<{ taken: boolean; backend: number }[]>`
      select pg_try_advisory_lock(${KEY}) as taken, pg_backend_pid() as backend`
    if (row?.taken) return row.backend
    if (Date.now() > deadline) throw new DatabaseLockedError(await describeHolder(client))
    if (previous) await endBackend(client, previous)
    await sleep(200)
  }
}

async function endBackend(client: postgres.Sql, backend: number): Promise<void> {
  await client`
    select pg_terminate_backend(pid) from pg_stat_activity
    where pid = ${backend} and application_name = current_setting('application_name')`
}

async function describeHolder(client: postgres.Sql): Promise<string> {
  const [row] = await client<{ name: string | null; address: string | null }[]>`
    select activity.application_name as name, host(activity.client_addr) as address
    from pg_locks join pg_stat_activity activity using (pid)
    where locktype = 'advisory' and objid = ${KEY} and granted
      and pg_locks.database = (select oid from pg_database where datname = current_database())`
  const pid = /(\d+)$/.exec(row?.name ?? '')?.[1]
  if (!row || !pid) return 'un autre processus'
  return `le processus ${pid}${row.address ? ` (connecté depuis ${row.address})` : ''}`
}
