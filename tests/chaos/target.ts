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
  /** A text that nobody has opened yet. */
  text: LiveTextKey
  people: string[]
  /** Microseconds of CPU so far. */
  cpu(): Promise<number>
  kill(): Promise<void>
  stop(): Promise<void>
}

export async function startTarget(env: Record<string, string>, script = 'tests/chaos/server.ts'): Promise<Target> {
  const child = spawn(process.execPath, [script], {
    cwd: join(import.meta.dirname, '../..'),
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    detached: true,
  })
  const exited = once(child, 'exit')
  const lines = createInterface({ input: child.stdout as NonNullable<ChildProcess['stdout']> })
  const [line] = (await Promise.race([
    once(lines, 'line'),
    exited.then(() => Promise.reject(new Error('the server did not start'))),
  ])) as [string]
  const end = async (signal: NodeJS.Signals) => {
    if (child.pid && child.exitCode === null && child.signalCode === null) process.kill(-child.pid, signal)
    await exited
  }
  return {
    ...(JSON.parse(line) as Pick<Target, 'port' | 'text' | 'people'>),
    async cpu() {
      child.send('cpu')
      const [usage] = (await once(child, 'message')) as [NodeJS.CpuUsage]
      return usage.user + usage.system
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  }
}
