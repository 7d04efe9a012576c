import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ServerBuild } from '@remix-run/node'
import { type SQL, sql } from 'drizzle-orm'
import { pino } from 'pino'
import { type Database, type DatabaseHandle, type DatabaseKind, rowsOf, type Transaction } from '#db/client.ts'
import { createCollaboration } from '#server/collaboration/index.ts'
import type { Context } from '#server/domain/context.ts'
import { createHttpApp } from '#server/http/app.ts'
import { routeUpgrades } from '#server/http/listen.ts'
import { quietContext } from '#server/quiet-context.ts'
import { createServices, type Services } from '#server/services.ts'
import { cast, castNow, TestClock } from '../cast.ts'
import { databaseKinds, testDatabase } from '../setup/database.ts'
import { everyone, type Person } from './people.ts'
import { findIds, type Ids, matrixWorld } from './world.ts'

const ROOT = join(import.meta.dirname, '../..')

/** The real HTTP application on a copy of the matrix's database, in this process. */
export type Site = {
  address: string
  handle: DatabaseHandle
  context: Context
  services: Services
  ids: Ids
  /** What the log said at the level of an error: a refusal says nothing there. */
  errors: Record<string, unknown>[]
  /** Services called so far, as `meetings.createMeeting`. */
  called: Set<string>
  /** What a request's `Cookie` header holds for each person. */
  cookies: Record<Person, string>
  ask(who: Person, asked: Asked): Promise<Answer>
  /** Lets requests change the database, then undoes all of it. */
  undone<Result>(work: () => Promise<Result>): Promise<Result>
  /** One hash for each table. */
  checksum(): Promise<Record<string, string>>
  close(): Promise<void>
}

export type Asked = {
  path: string
  method?: string
  /** Sent as a form of the site itself. */
  form?: Readonly<Record<string, string>>
  headers?: Readonly<Record<string, string>>
  body?: string | Uint8Array | FormData
}

export type Answer = { status: number; headers: Headers; body: string }

/**
 * PostgreSQL when it answers, twice as quick here as the embedded database: for thousands of questions whose answer does
 * not depend on it. What may depend on it is asked on both.
 */
export function quickestKind(): DatabaseKind {
  return databaseKinds().at(-1) ?? 'pglite'
}

/**
 * @param options.live opens the live texts too; without, commands change them in the database alone. Rights are asked again
 * often, so that it happens while a socket is open, or at the product's own pace.
 */
export async function openSite(
  kind: DatabaseKind,
  options: { live?: boolean | 'at the product’s pace' } = {},
): Promise<Site> {
  const handle = await testDatabase(kind, matrixWorld)
  const target = switchable(handle.db)
  const errors: Site['errors'] = []
  const log = pino({ level: 'error' }, { write: line => void errors.push(JSON.parse(line) as Record<string, unknown>) })
  const clock = new TestClock(castNow)
  const context = quietContext({ db: target.db, clock, log })
  const called = new Set<string>()
  const services = recording(createServices(context, { secureCookies: false }), called)
  const app = createHttpApp({
    build: await productionBuild(),
    services,
    origin: undefined,
    trustedProxies: 0,
    log,
    health: async () => ({
      database: true,
      stopping: false,
      unsavedLiveTexts: 0,
      failingLiveTexts: 0,
      failingJobs: [],
      lateMails: 0,
      version: 'test',
    }),
    clock,
    assets: join(ROOT, 'build/client'),
    mode: 'production',
  })
  const server = createServer(app)
  const collaboration = options.live
    ? createCollaboration({
        ...context,
        db: handle.db,
        origin: undefined,
        sessions: services.sessions,
        access: services.liveAccess,
        recheckEveryMs: options.live === true ? 50 : undefined,
      })
    : null
  if (collaboration) {
    context.live = collaboration
    routeUpgrades(server, collaboration.handleUpgrade)
  }
  const address = `http://127.0.0.1:${await listen(server)}`
  const cookies = await openSessions(handle, services)
  return {
    address,
    handle,
    context,
    services,
    ids: await findIds(handle),
    errors,
    called,
    cookies,
    ask: (who, asked) => send(address, cookies[who], asked),
    undone: target.undone,
    checksum: () => checksum(target.db),
    async close() {
      await collaboration?.close()
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
      await handle.close()
    },
  }
}

/** The build that `npm test` makes; rendering in React's production mode, as people get it. */
export async function productionBuild(): Promise<ServerBuild> {
  process.env.NODE_ENV = 'production'
  const file = pathToFileURL(join(ROOT, 'build/server/index.js')).href
  return (await import(/* @vite-ignore */ file)) as ServerBuild
}

async function openSessions(handle: DatabaseHandle, services: Services): Promise<Record<Person, string>> {
  const cookies: Partial<Record<Person, string>> = {
    signedOut: '',
    otherDeployment: 'espace_spie=c2Vzc2lvbi1kLXVuLWF1dHJlLWRlcGxvaWVtZW50LXZv',
  }
  const rows = await rowsOf<{ id: string; email: string }>(handle.db, sql`select id, email from accounts`)
  const idByEmail = new Map(rows.map(({ id, email }) => [email, id]))
  for (const [name, email] of Object.entries(cast)) {
    const [cookie = ''] = (await services.sessions.open(idByEmail.get(email) ?? '')).split(';')
    cookies[name as Person] = cookie
  }
  for (const person of everyone) if (cookies[person] === undefined) throw new Error(`no session for ${person}`)
  return cookies as Record<Person, string>
}

async function send(address: string, cookie: string, asked: Asked): Promise<Answer> {
  const method = asked.method ?? (asked.form || asked.body ? 'POST' : 'GET')
  const answer = await fetch(address + asked.path, {
    method,
    redirect: 'manual',
    headers: {
      ...(cookie ? { cookie } : {}),
      ...(method === 'GET' || method === 'HEAD' ? {} : { origin: address }),
      ...asked.headers,
    },
    body: (asked.form ? new URLSearchParams(asked.form) : asked.body) as BodyInit | null,
  })
  return { status: answer.status, headers: answer.headers, body: await answer.text() }
}

/** A database handle that can be pointed at a transaction, hence undone, under the feet of those who hold it. */
function switchable(base: Database) {
  let current: Database | Transaction = base
  const db = new Proxy(base, {
    get(_base, key) {
      const value: unknown = Reflect.get(current, key)
      return typeof value === 'function' ? value.bind(current) : value
    },
  })
  return {
    db,
    async undone<Result>(work: () => Promise<Result>): Promise<Result> {
      let result: { value: Result } | null = null
      const rollback = new Error('rolled back on purpose')
      await base
        .transaction(async tx => {
          current = tx
          try {
            result = { value: await work() }
          } finally {
            current = base
          }
          throw rollback
        })
        .catch((error: unknown) => {
          if (error !== rollback) throw error
        })
      if (!result) throw new Error('the work gave nothing')
      return (result as { value: Result }).value
    },
  }
}

/** The same services, which say when they are called. */
function recording(services: Services, called: Set<string>): Services {
  const wrap = (value: unknown, name: string): unknown => {
    if (typeof value === 'function') {
      return (...args: unknown[]) => {
        called.add(name)
        return value(...args) as unknown
      }
    }
    const entries = Object.entries(value as object).map(([key, part]) => [
      key,
      wrap(part, name ? `${name}.${key}` : key),
    ])
    return Object.fromEntries(entries)
  }
  return wrap(services, '') as Services
}

async function checksum(db: Database): Promise<Record<string, string>> {
  const tables = await rowsOf<{ name: string }>(
    db,
    sql`select table_name as name from information_schema.tables where table_schema = 'public' order by 1`,
  )
  const sums: Record<string, string> = {}
  for (const { name } of tables) {
    const rows: SQL = sql`select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as sum from ${sql.identifier(name)} t`
    sums[name] = (await rowsOf<{ sum: string }>(db, rows))[0]?.sum ?? ''
  }
  return sums
}

function listen(server: Server): Promise<number> {
  return new Promise(resolve => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}
