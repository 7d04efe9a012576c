import { withoutLiveEngine } from './collaboration/without-engine.ts'
import type { Context, Settings } from './domain/context.ts'
import { withoutJobs } from './jobs/without-jobs.ts'

const settings: Settings = {
  secondFactor: 'offered',
  origin: 'http://localhost',
  sendsMail: false,
  demonstration: false,
}

/** A context with neither live texts nor jobs: for the demonstration's past, scripts and tests. */
export function quietContext(parts: Pick<Context, 'db' | 'clock' | 'log'> & Partial<Settings>): Context {
  const { db, clock, log, ...chosen } = parts
  return {
    db,
    clock,
    log,
    live: withoutLiveEngine(db, clock),
    jobs: withoutJobs,
    settings: { ...settings, ...chosen },
  }
}
