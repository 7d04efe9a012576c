import type { PGlite } from '@electric-sql/pglite'

const EVERY_MS = 60_000
/** Two files of the database's own log. */
const LONGEST_LOG = 32 * 1024 * 1024

/**
 * PGlite has no background processes. Without autovacuum, rows that are dead would be kept for ever, and the planner would
 * know nothing of what tables hold; without checkpoints, so would the database's own log, to be read again at each start.
 * One table a minute, the neediest: the event loop waits for it.
 */
export function keepHouse(client: PGlite): { stop(): void } {
  const timer = setInterval(() => {
    // Nothing is lost when it fails: the table is as needy a minute later.
    tidyOneTable(client)
      .then(() => shortenLog(client))
      .catch(() => {})
  }, EVERY_MS)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}

/** The thresholds are those of PostgreSQL's autovacuum. @returns the table that was vacuumed and analysed, if any. */
export async function tidyOneTable(client: Pick<PGlite, 'query' | 'exec'>): Promise<string | null> {
  // Otherwise the figures may be a second late, or a minute.
  await client.exec('select pg_stat_force_next_flush()')
  const { rows } = await client.query<{ name: string }>(`
    select format('%I.%I', schemaname, relname) as name
    from pg_stat_user_tables
    where n_dead_tup > 50 + 0.2 * n_live_tup or n_mod_since_analyze > 50 + 0.1 * n_live_tup
    order by n_dead_tup desc, n_mod_since_analyze desc
    limit 1`)
  const [table] = rows
  if (!table) return null
  await client.exec(`vacuum (analyze) ${table.name}`)
  return table.name
}

/** @returns whether the log was long enough for a checkpoint. */
export async function shortenLog(client: Pick<PGlite, 'query' | 'exec'>): Promise<boolean> {
  const { rows } = await client.query<{ bytes: number }>(
    'select pg_wal_lsn_diff(pg_current_wal_lsn(), redo_lsn)::float8 as bytes from pg_control_checkpoint()',
  )
  if ((rows[0]?.bytes ?? 0) < LONGEST_LOG) return false
  await client.exec('checkpoint')
  return true
}
