import type { PgBoss } from 'pg-boss'
import type { Context } from '#server/domain/context.ts'

/** What fails among the jobs, for `/healthz`. */
export type Troubles = {
  names(): string[]
  /** Runs a job: a failure is logged and remembered until the next success. */
  watch(name: string, run: () => Promise<void>): Promise<void>
}

/** An error of the queue itself, which no success clears, is told for so long. */
const TOLD_MS = 10 * 60_000

export function watchTroubles({ log, clock }: Pick<Context, 'log' | 'clock'>, boss: PgBoss): Troubles {
  const failing = new Set<string>()
  let queueFailedAt: Date | null = null
  boss.on('error', error => {
    // A worker passes its job's failure on: it was logged where it happened.
    if (/\(Queue: /.test(error.message)) return
    queueFailedAt = clock.now()
    log.error({ err: error }, 'the job queue failed')
  })
  boss.on('warning', ({ message }) => log.warn({ message }, 'the job queue warns'))
  return {
    names() {
      const queue = queueFailedAt && clock.now().getTime() - queueFailedAt.getTime() < TOLD_MS ? ['queue'] : []
      return [...failing, ...queue]
    },
    async watch(name, run) {
      try {
        await run()
        failing.delete(name)
      } catch (error) {
        failing.add(name)
        log.error({ err: error, job: name }, 'a job failed')
        throw error
      }
    },
  }
}
