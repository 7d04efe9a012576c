import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { Gate } from '../gate.ts'
import { productStarter } from '../product.ts'
import { until } from '../until.ts'
import { Writers } from '../writers.ts'
import { check, health, type Scenario } from './scenario.ts'

/**
 * PostgreSQL ends every connection, then cannot be reached for half a minute; then another process takes the lock while
 * it cannot be reached.
 */
export const databaseGone: Scenario = {
  name: 'database-gone',
  leftOut: ({ kind }) => (kind === 'pglite' ? 'the embedded database is in the process' : null),
  async play({ storage, short, own }) {
    const seconds = short ? 4 : 30
    const direct = storage.env.DATABASE_URL ?? ''
    const { gate, url } = await Gate.open(direct)
    const start = await productStarter({ ...storage.env, DATABASE_URL: url })
    const target = own(await start())
    const writers = new Writers(target)
    await writers.start()
    await writers.progress('typing')

    await endConnections(direct)
    await until(() => writers.typists.some(typist => !typist.synced), 'pages sent away')
    await writers.progress('connections ended')

    gate.cut()
    await sleep(500)
    const before = writers.acknowledged
    await sleep(seconds * 1000)
    check(writers.acknowledged === before, 'edits acknowledged without a database')
    const unavailable = await health(target)
    check(unavailable.http === 503, `health said ${JSON.stringify(unavailable)} without a database`)
    await gate.restore()
    await writers.progress('the database is back')

    gate.cut()
    const thief = await takeLock(direct)
    await gate.restore()
    const code = await Promise.race([target.ended, sleep(60_000, 'still running' as const)])
    check(code === 1, `another process has the lock: exit code ${code}`)
    await thief.end()
    const next = own(await start())
    return `${seconds} s without a database, then without the lock; ${await writers.verify(next)}`
  },
}

async function endConnections(url: string): Promise<void> {
  const client = postgres(url, { max: 1 })
  await client`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`
  await client.end()
}

/** Waits in the queue, as soon as PostgreSQL has noticed that the holder is gone. */
async function takeLock(url: string): Promise<postgres.Sql> {
  const client = postgres(url, { max: 1 })
  await client`select pg_advisory_lock(727041981)`
  return client
}
