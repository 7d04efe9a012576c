import type { Log } from './log.ts'

/** Time for everything to be written; what the live texts acknowledged is durable before that anyway. */
const BOUND_MS = 10_000
/** npm, the launcher and the terminal may each pass on the same Ctrl+C. */
const SAME_SIGNAL_MS = 500

export type Shutdown = {
  /** Stops in reverse order of starting, then exits with this code. The first call wins. */
  stop(code: number): void
  stopping(): boolean
}

/**
 * Stops the process cleanly on SIGINT and SIGTERM, or when the launcher that started it was killed. A second Ctrl+C
 * exits at once. Set up before anything is opened, so that a start can be interrupted too.
 *
 * @param opened what has been opened so far; disposed of in reverse order.
 */
export function handleShutdown(opened: AsyncDisposableStack, log: Log): Shutdown {
  let startedAt: number | null = null
  const shutdown: Shutdown = {
    stopping: () => startedAt !== null,
    stop(code) {
      if (startedAt !== null) return
      startedAt = Date.now()
      setTimeout(() => {
        log.error('shutdown not finished in time')
        process.exit(1)
      }, BOUND_MS).unref()
      opened.disposeAsync().then(
        () => process.exit(code),
        (error: unknown) => {
          log.error({ err: error }, 'shutdown failed')
          process.exit(1)
        },
      )
    },
  }
  const onSignal = () => {
    if (startedAt !== null && Date.now() - startedAt > SAME_SIGNAL_MS) process.exit(130)
    if (startedAt === null) log.info('stopping')
    shutdown.stop(0)
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  process.on('SIGHUP', onSignal)
  process.once('disconnect', onSignal)
  process.once('uncaughtException', error => {
    log.fatal({ err: error }, 'unexpected error outside a request')
    shutdown.stop(1)
  })
  return shutdown
}
