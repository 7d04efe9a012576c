import { type Logger, pino } from 'pino'

export type Log = Logger

/**
 * The product's log: JSON lines for a collector, one readable line each on a terminal. It carries identifiers, never
 * what people wrote: no title, no address, no query string.
 */
export function createLog(options: { level: string; readable: boolean }): Log {
  const settings = {
    level: options.level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: ['password', 'token', 'cookie', '*.password', '*.token', '*.cookie'], remove: true },
  }
  return options.readable ? pino(settings, { write: line => process.stdout.write(readableLine(line)) }) : pino(settings)
}

function readableLine(json: string): string {
  const { time, level, msg, err, ...rest } = JSON.parse(json) as Record<string, unknown> & { err?: { stack?: string } }
  const details = Object.entries(rest).map(([key, value]) => `${key}=${String(value)}`)
  const head = [String(time).slice(11, 19), String(level).padEnd(5), msg, ...details].filter(Boolean).join(' ')
  return err?.stack ? `${head}\n${err.stack}\n` : `${head}\n`
}
