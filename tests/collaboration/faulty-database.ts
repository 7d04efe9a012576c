import type { PreparingDatabase } from '#db/client.ts'

/** What a broken database does to a statement: fails at once, or never answers until it is let go. */
export type Fault = { appends: 'work' | 'fail' | 'hang'; snapshots: 'work' | 'fail'; reads: 'work' | 'slow' }

/** A database of which the journal or the snapshots can be broken, and mended. */
export function faultyDatabase(db: PreparingDatabase): { db: PreparingDatabase; fault: Fault; letGo(): void } {
  const fault: Fault = { appends: 'work', snapshots: 'work', reads: 'work' }
  let waiting: (() => void)[] = []
  const faulty = new Proxy(db, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property, target)
      if (typeof value !== 'function') return value
      const method = value.bind(target) as (...args: unknown[]) => Promise<unknown>
      if (property === 'prepared') {
        return async (...args: unknown[]) => {
          if (fault.appends === 'fail') throw new Error('disk full')
          if (fault.appends === 'hang') await new Promise<void>(resolve => waiting.push(resolve))
          return method(...args)
        }
      }
      if (property === 'transaction' && fault.snapshots === 'fail') {
        return () => Promise.reject(new Error('disk full'))
      }
      if (property === 'select' && fault.reads === 'slow') return (...args: unknown[]) => late(method(...args))
      return method
    },
  })
  return {
    db: faulty,
    fault,
    letGo() {
      for (const go of waiting) go()
      waiting = []
    },
  }
}

/** A query that reads at once and answers later. */
function late<Query extends object>(query: Query): Query {
  return new Proxy(query, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property, target)
      if (typeof value !== 'function') return value
      const method = value.bind(target) as (...args: unknown[]) => unknown
      if (property !== 'then') return (...args: unknown[]) => late(method(...args) as object)
      return (resolve: (rows: unknown) => void, reject: (error: unknown) => void) =>
        method((rows: unknown) => setTimeout(resolve, LATE_MS, rows), reject)
    },
  })
}

const LATE_MS = 200
