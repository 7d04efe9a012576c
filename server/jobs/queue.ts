import { PgBoss } from 'pg-boss'
import type { QueueConnection } from '#db/queue-database.ts'

/** Seconds between two looks at a queue: what is written wakes its worker, only what was put off waits for a look. */
export const lookEverySeconds = 30

const MINUTE = 60
const HOUR = 60 * MINUTE

/**
 * The job queue, in its own schema of the same database. Its rounds are slow, since the embedded database answers in the
 * event loop: a dozen small statements a minute. Nothing waits for them, a notification comes with each commit.
 */
export function createQueue(connection: QueueConnection): PgBoss {
  return new PgBoss({
    ...(connection.backend === 'pglite'
      ? { backend: 'pglite', db: connection.db, reindex: false, monitorVacuum: false }
      : { connectionString: connection.connectionString, max: 3, application_name: `espace-spie jobs ${process.pid}` }),
    schema: 'pgboss',
    useListenNotify: true,
    cronMonitorIntervalSeconds: 45,
    cronWorkerIntervalSeconds: 45,
    superviseIntervalSeconds: 5 * MINUTE,
    monitorIntervalSeconds: 5 * MINUTE,
    queueCacheIntervalSeconds: 10 * MINUTE,
    bamIntervalSeconds: HOUR,
    flowIntervalSeconds: HOUR,
    maintenanceIntervalSeconds: 12 * HOUR,
  })
}
