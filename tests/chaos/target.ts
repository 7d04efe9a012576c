import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import postgres from 'postgres'
import type { DatabaseKind } from '#db/client.ts'
import type { LiveTextKey } from '#server/vocabulary/live-texts.ts'

const POSTGRES = process.env.TEST_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres'

/** A database that outlives the servers killed on it. */
export type Storage = { env: Record<string, string>; remove(): Promise<void> }

export async function newStorage(kind: DatabaseKind): Promise<Storage> {
  const folder = mkdtempSync(join(tmpdir(), 'chaos-'))
  if (kind === 'pglite') {
    return { env: { DATA_DIR: folder }, remove: async () => rmSync(folder, { recursive: true, force: true }) }
  }
  const name = `chaos_${process.pid}_${Date.now()}`
  const url = new URL(POSTGRES)
  url.pathname = `/${name}`
  await onServer(sql => sql.unsafe(`create database "${name}"`))
  return {
    env: { DATABASE_URL: url.href, DATA_DIR: folder },
    async remove() {
      await onServer(sql => sql.unsafe(`drop database if exists "${name}" with (force)`))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function onServer(work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres(POSTGRES, { max: 1, onnotice: () => {} })
  try {
    await work(sql)
  } finally {
    await sql.end({ timeout: 1 })
  }
}

/** A server in a process group of its own. */
export type Target = {
  port: number
  text: LiveTextKey
  /** Of those who may write in the text. */
  cookies: string[]
  /** Ends the process group at once. */
  kill(): Promise<void>
  /** Asks the server to stop, and waits for it. */
  stop(): Promise<void>
}

/** Microseconds of CPU that a server has spent so far. */
export type Measured = { cpu(): Promise<number> }

/** Nothing but live texts: a new text at each start, and compactions as often as asked. */
export async function startLiveServer(
  env: Record<string, string>,
  script = 'tests/chaos/server.ts',
): Promise<Target & Measured> {
  const { child, line, ...target } = await launch(script, env, text => text.startsWith('{'))
  return {
    ...(JSON.parse(line) as Pick<Target, 'port' | 'text' | 'cookies'>),
    ...target,
    async cpu() {
      child.send('cpu')
      const [usage] = (await once(child, 'message')) as [NodeJS.CpuUsage]
      return usage.user + usage.system
    },
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

/** Starts a server of the project. @param isReady tells its first line that says it listens. */
export async function launch(script: string, env: Record<string, string>, isReady: (line: string) => boolean) {
  const child = spawn(process.execPath, [script], {
    cwd: join(import.meta.dirname, '../..'),
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    detached: true,
  })
  const exited = once(child, 'exit')
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
  return { child, line, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') }
}

function readyLine(child: ChildProcess, isReady: (line: string) => boolean): Promise<string> {
  return new Promise(resolve => {
    createInterface({ input: child.stdout as NonNullable<ChildProcess['stdout']> }).on('line', line => {
      if (isReady(line)) resolve(line)
    })
  })
}
