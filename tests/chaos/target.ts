import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import postgres from 'postgres'
import type { DatabaseKind } from '#db/client.ts'
import type { LiveTextKey } from '#server/vocabulary/live-texts.ts'

export const POSTGRES = process.env.TEST_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres'

/** A database that outlives the servers killed on it. */
export type Storage = {
  env: Record<string, string> & { DATA_DIR: string }
  /** On the disk. */
  bytes(): Promise<number>
  remove(): Promise<void>
}

/** @param from a database that no server has open, to begin with a copy of it. */
export async function newStorage(kind: DatabaseKind, from?: Storage): Promise<Storage> {
  const folder = mkdtempSync(join(tmpdir(), 'chaos-'))
  if (from) cpSync(from.env.DATA_DIR, folder, { recursive: true })
  if (kind === 'pglite') {
    return {
      env: { DATA_DIR: folder },
      bytes: async () => sizeOf(folder),
      remove: async () => rmSync(folder, { recursive: true, force: true }),
    }
  }
  const name = `chaos_${process.pid}_${randomBytes(4).toString('hex')}`
  const url = new URL(POSTGRES)
  url.pathname = `/${name}`
  const template = from?.env.DATABASE_URL ? ` template "${new URL(from.env.DATABASE_URL).pathname.slice(1)}"` : ''
  await onServer(sql => sql.unsafe(`create database "${name}"${template}`))
  return {
    env: { DATABASE_URL: url.href, DATA_DIR: folder },
    async bytes() {
      const [row] = await onServer(sql => sql<{ size: string }[]>`select pg_database_size(${name}) as size`)
      return Number(row?.size)
    },
    async remove() {
      await onServer(sql => sql.unsafe(`drop database if exists "${name}" with (force)`))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function sizeOf(folder: string): number {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return files.reduce((total, file) => total + (statSync(join(folder, file), { throwIfNoEntry: false })?.size ?? 0), 0)
}

async function onServer<Answer>(work: (sql: postgres.Sql) => Promise<Answer>): Promise<Answer> {
  const sql = postgres(POSTGRES, { max: 1, onnotice: () => {} })
  try {
    return await work(sql)
  } finally {
    await sql.end({ timeout: 1 })
  }
}

/** A server in a process group of its own. */
export type Running = {
  /** Ends the process group at once. */
  kill(): Promise<void>
  /** Asks the server to stop, and waits for it. */
  stop(): Promise<void>
  /** Its exit code, once it has ended, by itself or not; null when it was killed. */
  ended: Promise<number | null>
  /** Microseconds of CPU that it has spent so far. */
  cpu(): Promise<number>
  /** What it holds once everything that is no longer used has been collected. */
  memory(): Promise<NodeJS.MemoryUsage>
}

/** A server in whose text people write. */
export type Target = Running & {
  port: number
  text: LiveTextKey
  /** Of those who may write in the text. */
  cookies: string[]
}

/** Starts the whole product, as in production, on a free port if the environment names none. */
export async function launchProduct(
  env: Record<string, string>,
  nodeOptions: string[] = [],
): Promise<Running & { port: number }> {
  const production = { PORT: '0', LOG_LEVEL: 'warn', NODE_ENV: 'production', ...env }
  const { line, ...server } = await launch(
    'server/index.ts',
    production,
    text => text.startsWith('Adresse'),
    nodeOptions,
  )
  return { ...server, port: Number(/:(\d+)\/$/.exec(line)?.[1]) }
}

/** Starts a server made for measuring, which says in JSON, on its first line, what it serves. */
export async function launchTool<Said>(script: string, env: Record<string, string>): Promise<Running & Said> {
  const { line, ...server } = await launch(script, env, text => text.startsWith('{'))
  return { ...(JSON.parse(line) as Said), ...server }
}

/** Asks a process of ours one thing. */
export async function ask<Answer>(child: ChildProcess, order: string | object): Promise<Answer> {
  const answered = new AbortController()
  const { signal } = answered
  const ended = once(child, 'exit', { signal }).then(() => Promise.reject(new Error('a process of the bench ended')))
  try {
    child.send(order)
    const [answer] = (await Promise.race([once(child, 'message', { signal }), ended])) as [Answer]
    return answer
  } finally {
    answered.abort()
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

/** Starts a server of the project. @param isReady tells its first line that says it listens. */
export async function launch(
  script: string,
  env: Record<string, string>,
  isReady: (line: string) => boolean,
  nodeOptions: string[] = [],
): Promise<Running & { child: ChildProcess; line: string }> {
  const child = spawn(process.execPath, ['--import', './tests/chaos/watched.ts', ...nodeOptions, script], {
    cwd: join(import.meta.dirname, '../..'),
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    detached: true,
  })
  const exited = once(child, 'exit').then(([code]) => code as number | null)
  // In a group of its own, it would outlive an interruption of this process.
  const stopWithUs = () => child.pid && child.exitCode === null && process.kill(-child.pid, 'SIGKILL')
  process.once('exit', stopWithUs)
  void exited.then(() => process.off('exit', stopWithUs))
  const end = async (signal: NodeJS.Signals) => {
    if (child.pid && child.exitCode === null && child.signalCode === null) process.kill(-child.pid, signal)
    await exited
  }
  const line = await Promise.race([
    readyLine(child, isReady),
    exited.then(() => Promise.reject(new Error('the server did not start'))),
  ])
  return {
    child,
    line,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    ended: exited,
    async cpu() {
      const { user, system } = await ask<NodeJS.CpuUsage>(child, 'cpu')
      return user + system
    },
    memory: () => ask<NodeJS.MemoryUsage>(child, 'memory'),
  }
}

function readyLine(child: ChildProcess, isReady: (line: string) => boolean): Promise<string> {
  return new Promise(resolve => {
    createInterface({ input: child.stdout as NonNullable<ChildProcess['stdout']> }).on('line', line => {
      if (isReady(line)) resolve(line)
    })
  })
}
