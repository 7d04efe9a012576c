import { setTimeout as sleep } from 'node:timers/promises'
import type postgres from 'postgres'
import { connect } from './postgres.ts'

/** Any constant: advisory locks are counted per database. */
const KEY = 727_041_981
/** A killed process's connection takes a moment to be noticed by PostgreSQL. */
const PATIENCE_MS = 3_000
const HEARTBEAT_MS = 5_000
const HEARTBEAT_TIMEOUT_MS = 8_000

export type AdvisoryLock = { release(): Promise<void> }

/** Another process of the product serves this database: nothing was touched. */
export class DatabaseLockedError extends Error {
  constructor(holder: string) {
    super(
      `La base de données est déjà utilisée par ${holder}. Un seul processus peut la servir : arrêtez le premier, ` +
        'ou donnez une autre base par DATABASE_URL. Rien n’a été modifié.',
    )
    this.name = 'DatabaseLockedError'
  }
}

/**
 * Takes the one-process lock of a PostgreSQL database, on a connection that does nothing else.
 *
 * @param onLost called once if that connection drops, or answers no more: PostgreSQL may already have given the lock to another.
 * @throws DatabaseLockedError when another process holds it.
 */
export async function lockDatabase(databaseUrl: string, onLost: () => void = () => {}): Promise<AdvisoryLock> {
  const lock: { state: 'waiting' | 'held' | 'over'; timer?: NodeJS.Timeout } = { state: 'waiting' }
  const lose = () => {
    if (lock.state !== 'held') return
    lock.state = 'over'
    clearInterval(lock.timer)
    onLost()
  }
  const client = connect(databaseUrl, {
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    onclose: lose,
    // PostgreSQL frees the lock of a machine that vanished after about 25 s; we notice earlier, see HEARTBEAT_TIMEOUT_MS.
    connection: { tcp_keepalives_idle: 10, tcp_keepalives_interval: 5, tcp_keepalives_count: 3 },
  })
  try {
    await acquire(client)
  } catch (error) {
    await client.end({ timeout: 1 })
    throw error
  }
  lock.state = 'held'
  lock.timer = setInterval(() => void beat(client).catch(lose), HEARTBEAT_MS)
  lock.timer.unref()
  return {
    async release() {
      lock.state = 'over'
      clearInterval(lock.timer)
      await client.end({ timeout: 2 })
    },
  }
}

async function acquire(client: postgres.Sql): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    const [row] = await client<{ taken: boolean }[]>`select pg_try_advisory_lock(${KEY}) as taken`
    if (row?.taken) return
    if (Date.now() > deadline) throw new DatabaseLockedError(await describeHolder(client))
    await sleep(200)
  }
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

async function beat(client: postgres.Sql): Promise<void> {
  const abort = new AbortController()
  const late = sleep(HEARTBEAT_TIMEOUT_MS, undefined, { signal: abort.signal, ref: false }).then(() => {
    throw new Error('The connection that holds the lock does not answer.')
  })
  try {
    await Promise.race([client`select 1`, late])
  } finally {
    abort.abort()
    late.catch(() => {})
  }
}
