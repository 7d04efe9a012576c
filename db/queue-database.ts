import type { PGlite } from '@electric-sql/pglite'
import type { Db } from 'pg-boss'

/** How the jobs (pg-boss) reach the same database. */
export type QueueConnection = { backend: 'pglite'; db: Db } | { backend: 'postgres'; connectionString: string }

/**
 * The embedded database as pg-boss wants it. Its own adapter rolls back in a second statement, and between the two another
 * statement of ours would find a transaction that has failed: here both have the connection to themselves.
 */
export function queueDatabase(client: PGlite): Db {
  return {
    async executeSql(text, values) {
      if (values?.length) return client.query(text, values)
      const results = opensTransaction(text) ? await client.transaction(tx => tx.exec(text)) : await client.exec(text)
      return { rows: results.flatMap(result => result.rows) }
    },
    async listen(channel, onNotification, onReconnect) {
      const stop = await client.listen(channel, onNotification)
      onReconnect()
      return { close: () => stop() }
    },
  }
}

function opensTransaction(text: string): boolean {
  return /^\s*begin\b/i.test(text)
}
