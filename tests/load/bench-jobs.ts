import { openDatabase } from '#db/client.ts'
import { migrateDatabase } from '#db/migrate.ts'
import { systemClock } from '#server/calendar.ts'
import { startJobs } from '#server/jobs/index.ts'
import { createLog } from '#server/log.ts'
import type { MailTransport } from '#server/mail/transport.ts'
import { quietContext } from '#server/quiet-context.ts'

/**
 * What the job queue costs the event loop of the embedded database, at its start and at rest: statements, and the time
 * they take. `node tests/load/bench-jobs.ts [seconds]`
 */
const seconds = Number(process.argv[2] ?? 180)
const nothing: MailTransport = { send: async () => ({ sent: true }), close: async () => {} }

const handle = await openDatabase({})
await migrateDatabase(handle)
if (handle.queue.backend !== 'pglite') throw new Error('the embedded database was asked for')
const { db } = handle.queue
const spent = { statements: 0, ms: 0 }
const counting: typeof db = {
  ...db,
  async executeSql(text, values) {
    const began = performance.now()
    try {
      return await db.executeSql(text, values)
    } finally {
      spent.statements += 1
      spent.ms += performance.now() - began
    }
  },
}
const context = quietContext({ db: handle.db, clock: systemClock, log: createLog({ level: 'warn', readable: true }) })
const jobs = await startJobs(context, { queue: { backend: 'pglite', db: counting }, transport: nothing })
say('first start')
await new Promise(resolve => setTimeout(resolve, 5_000))
spent.statements = 0
spent.ms = 0
await new Promise(resolve => setTimeout(resolve, seconds * 1000))
say(`at rest, in ${seconds} s`)
await jobs.close()
await handle.close()

function say(when: string): void {
  process.stdout.write(`${when}: ${spent.statements} statements, ${spent.ms.toFixed(0)} ms\n`)
}
