import { existsSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ServerBuild } from '@remix-run/node'
import { sql } from 'drizzle-orm'
import { type DatabaseHandle, openDatabase } from '#db/client.ts'
import type { DemonstrationSummary } from '#db/demo/seed.ts'
import { migrateDatabase } from '#db/migrate.ts'
import { systemClock } from './calendar.ts'
import { type Collaboration, createCollaboration } from './collaboration/index.ts'
import { withoutLiveEngine } from './collaboration/without-engine.ts'
import type { Context } from './domain/context.ts'
import type { Env } from './env.ts'
import { createHttpApp, type HttpAppOptions } from './http/app.ts'
import { listen, routeUpgrades, trackRequests } from './http/listen.ts'
import { type Jobs, startJobs } from './jobs/index.ts'
import { withoutJobs } from './jobs/without-jobs.ts'
import type { Log } from './log.ts'
import { lateMails } from './mail/late-mails.ts'
import { smtpTransport } from './mail/transport.ts'
import { createServices } from './services.ts'
import type { Shutdown } from './shutdown.ts'

const ROOT = join(import.meta.dirname, '..')
const PING_MS = 2_000

export type StartOptions = {
  env: Env
  log: Log
  version: string
  /** Vite rebuilds the application at each change, instead of the build. */
  dev: boolean
  /** Receives what is opened, in order: a stop disposes of it in reverse. */
  opened: AsyncDisposableStack
  shutdown: Shutdown
}

/**
 * Assembles the process: database → migrations → demonstration → services → live texts → HTTP → listening.
 * @throws Mendable
 */
export async function startServer({
  env,
  log,
  version,
  dev,
  opened,
  shutdown,
}: StartOptions): Promise<{ port: number; demonstration: DemonstrationSummary | null }> {
  const clock = systemClock
  let collaboration: Collaboration | null = null
  const handle = await openDatabase({
    dataDir: env.dataDir,
    databaseUrl: env.databaseUrl,
    onLost: why => leaveDatabase(why, env, log, shutdown),
    onInterrupted() {
      log.error(
        'PostgreSQL has dropped the connection that holds the lock: live texts are closed until it is held again',
      )
      collaboration?.suspend()
    },
    onRetaken() {
      log.warn('the lock of the database is held again')
      collaboration?.resume()
    },
  })
  opened.defer(() => handle.close())
  await migrateDatabase(handle)

  const settings = {
    secondFactor: env.secondFactor,
    origin: env.origin ?? `http://${env.host}:${env.port}`,
    sendsMail: env.smtp !== undefined,
    demonstration: env.demo,
  }
  const context: Context = {
    db: handle.db,
    clock,
    log,
    live: withoutLiveEngine(handle.db, clock),
    jobs: withoutJobs,
    settings,
  }
  const demonstration = env.demo ? await demonstrate(context, env.demoPassword) : null
  const services = createServices(context, { secureCookies: env.origin?.startsWith('https:') ?? false })
  const live = createCollaboration({
    ...context,
    db: handle.db,
    origin: env.origin,
    sessions: services.sessions,
    access: services.liveAccess,
    spoolDir: join(env.dataDir, 'spool'),
  })
  collaboration = live
  context.live = live
  opened.defer(() => live.close())
  const jobs = await beginJobs(context, handle, env)
  opened.defer(() => jobs.close())

  const server = createServer()
  const requests = trackRequests(server)
  opened.defer(() => requests.drain())
  const { build, assets } = dev ? await development(server, opened) : await production()
  const app = createHttpApp({
    build,
    assets,
    services,
    clock,
    log,
    origin: env.origin,
    trustedProxies: env.trustedProxies,
    mode: dev ? 'development' : 'production',
    health: async () => ({
      ...(await databaseHealth(handle, context)),
      stopping: shutdown.stopping(),
      unsavedLiveTexts: live.unsaved(),
      failingLiveTexts: live.failing(),
      failingJobs: jobs.failing(),
      version,
    }),
  })
  server.on('request', app)
  routeUpgrades(server, (req, socket, head) => live.handleUpgrade(req, socket, head))
  const port = await listen(server, env)
  // Known only now when any free port would do.
  settings.origin = env.origin ?? `http://${env.host}:${port}`
  if (env.smtp && !env.origin) log.warn('without APP_ORIGIN, the links of mails lead to this machine')
  return { port, demonstration }
}

function beginJobs(context: Context, handle: DatabaseHandle, { smtp }: Env): Promise<Jobs> {
  const { hostname } = new URL(context.settings.origin)
  const transport = smtp ? smtpTransport(smtp, { host: hostname }) : null
  return startJobs(context, { queue: handle.queue, transport })
}

async function demonstrate(context: Context, password: string): Promise<DemonstrationSummary> {
  const { seedDemonstration } = await import('#db/demo/seed.ts')
  return seedDemonstration(context, { password, now: context.clock.now() })
}

type Front = Pick<HttpAppOptions, 'build' | 'assets'>

async function development(server: Server, opened: AsyncDisposableStack): Promise<Front> {
  const { createDevServer } = await import('./http/dev-server.ts')
  const front = await createDevServer(server)
  opened.defer(() => front.close())
  return front
}

async function production(): Promise<Front> {
  const file = join(ROOT, 'build/server/index.js')
  if (!existsSync(file)) throw new Error('The application is not built: run « npm start » or « npm run build ».')
  const build = (await import(pathToFileURL(file).href)) as ServerBuild
  return { build, assets: join(ROOT, 'build/client') }
}

/**
 * The lock is somebody else's, or the database has broken down. PostgreSQL arbitrates two writers, so what is under way
 * may end; one more write would destroy the embedded database, or never return.
 */
function leaveDatabase(why: string, env: Env, log: Log, shutdown: Shutdown): void {
  log.fatal({ why }, 'the database can no longer be used by this process')
  if (!env.databaseUrl) process.exit(1)
  shutdown.stop(1)
}

/** Whether the database answers in time, and what it says of mail. */
async function databaseHealth(handle: DatabaseHandle, context: Context) {
  const late = new Promise<null>(resolve => setTimeout(resolve, PING_MS, null).unref())
  const answer = handle.rows(sql`select 1`).then(() => lateMails(context))
  const mails = await Promise.race([answer.catch(() => null), late])
  return { database: mails !== null, lateMails: mails ?? 0 }
}
