import type { JobsPort } from '#server/domain/context.ts'

/** For commands that run without jobs (the demonstration's past, scripts, tests): mail waits in its table until jobs run. */
export const withoutJobs: JobsPort = { mailWritten: async () => {} }
