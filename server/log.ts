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
    serializers: { err: errorForLog },
    redact: { paths: ['password', 'token', 'cookie', '*.password', '*.token', '*.cookie'], remove: true },
  }
  return options.readable ? pino(settings, { write: line => process.stdout.write(readableLine(line)) }) : pino(settings)
}

/**
 * An error as the log shows it, causes included. A query that failed is shown without its values, which are what people
 * wrote; so is what the database says of it, where it quotes them.
 */
export function errorForLog(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const chain = chainOf(error)
  return {
    type: error.constructor.name,
    message: chain.map(messageWithoutValues).join(': '),
    stack: chain.map(each => [messageWithoutValues(each), ...framesOf(each)].join('\n')).join('\ncaused by: '),
  }
}

/** What Drizzle throws, and what either driver throws inside it. */
type DatabaseError = Error & { query?: string; params?: unknown; severity?: string; code?: string } & {
  constraint?: string
  constraint_name?: string
}

function messageWithoutValues(error: DatabaseError): string {
  const { name, query, severity, code, constraint, constraint_name, message } = error
  if (severity !== undefined) return [severity, code, constraint ?? constraint_name].filter(Boolean).join(' ')
  return query !== undefined && 'params' in error ? `Failed query: ${query}` : `${name}: ${message}`
}

function framesOf({ stack = '' }: Error): string[] {
  return stack.split('\n').filter(line => /^ +at /.test(line))
}

function chainOf(error: Error): Error[] {
  const chain: Error[] = []
  for (let next: unknown = error; next instanceof Error && chain.length < 5; next = next.cause) chain.push(next)
  return chain
}

function readableLine(json: string): string {
  const { time, level, msg, err, ...rest } = JSON.parse(json) as Record<string, unknown> & { err?: { stack?: string } }
  const details = Object.entries(rest).map(([key, value]) => `${key}=${String(value)}`)
  const head = [String(time).slice(11, 19), String(level).padEnd(5), msg, ...details].filter(Boolean).join(' ')
  return err?.stack ? `${head}\n${err.stack}\n` : `${head}\n`
}
