import { type SQL, sql } from 'drizzle-orm'
import { type Db, fromDrizzle, type PgBoss } from 'pg-boss'
import { rowsOf, type Transaction } from '#db/client.ts'
import type { QueueConnection } from '#db/queue-database.ts'
import type { Context, JobsPort } from '#server/domain/context.ts'
import { Away } from '#server/mail/away.ts'
import { deliverMail } from '#server/mail/deliver.ts'
import { releaseInterrupted, waitingWithoutJob } from '#server/mail/sweep.ts'
import type { MailTransport } from '#server/mail/transport.ts'
import { purge } from './purge.ts'
import { createQueue, lookEverySeconds } from './queue.ts'
import { type Troubles, watchTroubles } from './troubles.ts'
import { withoutJobs } from './without-jobs.ts'

/** The jobs of this process. */
export type Jobs = JobsPort & {
  /** Names of what failed and has not succeeded since. */
  failing(): string[]
  /** Looks for mail that waits without a job, as the clock does every five minutes. @returns how many it found */
  sweep(options?: { atStart: boolean }): Promise<number>
  /** Lets what is under way end, for three seconds at most; the rest is taken again at the next start. */
  close(): Promise<void>
}

const MAIL = 'mail'
const SWEEP = 'mail-sweep'
const PURGE = 'purge'

/** As many mails as one worker takes at once. */
const BATCH = 4
/** A job that lasts longer is taken for dead, and taken again. */
const EXPIRES_SECONDS = 600
const STOP_MS = 3_000

export type JobsOptions = {
  queue: QueueConnection
  /** Null without `SMTP_URL`: mail waits in « Courriels sortants ». */
  transport: MailTransport | null
}

/** Starts the queue and its workers, and takes up what an earlier process left undone. */
export async function startJobs(context: Context, { queue, transport }: JobsOptions): Promise<Jobs> {
  const boss = createQueue(queue)
  const troubles = watchTroubles(context, boss)
  await boss.start()
  await boss.createQueue(MAIL, { notify: true, expireInSeconds: EXPIRES_SECONDS, retryLimit: 10, retryDelay: 30 })
  for (const name of [SWEEP, PURGE]) {
    await boss.createQueue(name, { notify: true, expireInSeconds: EXPIRES_SECONDS, retryLimit: 3, retryDelay: 60 })
  }
  const jobs = portOf(boss, context, troubles, transport)
  context.jobs = jobs
  await schedule(boss, PURGE, '17 3 * * *')
  await work(boss, PURGE, troubles, () => purge(context))
  if (transport) {
    await releaseInterrupted(context)
    await jobs.sweep({ atStart: true })
    await schedule(boss, SWEEP, '*/5 * * * *')
    await work(boss, SWEEP, troubles, async () => void (await jobs.sweep()))
    await workOnMail(boss, context, transport, troubles)
  } else {
    await boss.unschedule(SWEEP)
  }
  await boss.send(PURGE, null, { singletonKey: 'start', singletonSeconds: 3600 })
  return jobs
}

function portOf(boss: PgBoss, context: Context, troubles: Troubles, transport: MailTransport | null): Jobs {
  return {
    async mailWritten(tx: Transaction, mailId: string, due?: Date) {
      if (!transport) return
      const seconds = due ? Math.max(0, Math.ceil((due.getTime() - context.clock.now().getTime()) / 1000)) + 1 : 0
      await boss.send(MAIL, { mailId }, { db: inTransaction(tx), ...(due ? { startAfter: seconds } : {}) })
    },
    async sweep(options = { atStart: false }) {
      const waiting = transport ? await waitingWithoutJob(context, MAIL, options) : []
      if (waiting.length > 0)
        await boss.insert(
          MAIL,
          waiting.map(mailId => ({ data: { mailId } })),
        )
      return waiting.length
    },
    failing: () => troubles.names(),
    async close() {
      context.jobs = withoutJobs
      await boss.stop({ graceful: true, timeout: STOP_MS })
      await transport?.close()
    },
  }
}

/** Both are kept, or neither: the job is written in the transaction of its cause. */
function inTransaction(tx: Transaction): Db {
  return fromDrizzle({ execute: async query => ({ rows: await rowsOf(tx, query as SQL) }) }, sql)
}

async function schedule(boss: PgBoss, name: string, cron: string): Promise<void> {
  await boss.schedule(name, cron, null, { tz: 'Europe/Paris', missed: 'once' })
}

async function work(boss: PgBoss, name: string, troubles: Troubles, run: () => Promise<void>): Promise<void> {
  const polling = { pollingIntervalSeconds: lookEverySeconds, notifyPollingIntervalSeconds: lookEverySeconds }
  await boss.work(name, polling, () => troubles.watch(name, run))
}

async function workOnMail(boss: PgBoss, context: Context, transport: MailTransport, troubles: Troubles) {
  const options = {
    batchSize: BATCH,
    burstWhenBatchFull: true,
    pollingIntervalSeconds: lookEverySeconds,
    notifyPollingIntervalSeconds: lookEverySeconds,
  }
  const delivery = { transport, away: new Away() }
  await boss.work<{ mailId: string }>(MAIL, options, batch =>
    troubles.watch(MAIL, async () => {
      const settled = await Promise.allSettled(batch.map(({ data }) => deliverMail(context, delivery, data.mailId)))
      const failed = settled.find(each => each.status === 'rejected')
      // What left is not taken again: its row says so.
      if (failed) throw failed.reason
    }),
  )
}
