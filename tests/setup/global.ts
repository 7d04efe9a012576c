import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import type { DatabaseKind } from '../../db/client.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The databases every suite of `describe.each(databaseKinds())` runs on. */
    databaseKinds: DatabaseKind[]
    /** A PostgreSQL server on which this run may create and drop its own databases, or null. */
    postgresUrl: string | null
    /** Prefix of the names of those databases. */
    databasePrefix: string
  }
}

const DEFAULT_URL = 'postgres://postgres@127.0.0.1:5432/postgres'
const FAMILY = 'espace_spie_test_'
let alreadySaid = false

/**
 * Chooses the databases of the run. `TEST_DATABASES` is pglite, postgres or both; by default PGlite, and PostgreSQL when
 * `TEST_DATABASE_URL` or the local server answers. What is left out is said, never silent.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const wanted = process.env.TEST_DATABASES ?? 'auto'
  const url = process.env.TEST_DATABASE_URL ?? DEFAULT_URL
  if (!['auto', 'pglite', 'postgres', 'both'].includes(wanted)) {
    throw new Error(`TEST_DATABASES vaut « ${wanted} » : pglite, postgres ou both sont attendus.`)
  }
  const reachable = await answers(url)
  if (!reachable && (wanted === 'postgres' || wanted === 'both' || process.env.TEST_DATABASE_URL)) {
    throw new Error('PostgreSQL ne répond pas : démarrez-le, ou corrigez TEST_DATABASE_URL.')
  }
  const kinds = chosenKinds(wanted, reachable)
  sayOnce(`Bases de données des tests : ${kinds.join(' et ')}${reachable ? '' : ' (PostgreSQL absent : non testé)'}.`)
  // Each project sets up for itself, in one process: the prefix is the process's and the project's.
  const prefix = `${FAMILY}${process.pid}_${project.name}_`
  project.provide('databaseKinds', kinds)
  project.provide('postgresUrl', reachable ? url : null)
  project.provide('databasePrefix', prefix)
  if (!reachable) return async () => {}
  await dropDatabases(url, name => name.startsWith(FAMILY) && !isAlive(Number(name.split('_')[3])))
  return () => dropDatabases(url, name => name.startsWith(prefix))
}

function chosenKinds(wanted: string, reachable: boolean): DatabaseKind[] {
  if (wanted === 'pglite' || wanted === 'postgres') return [wanted]
  return reachable ? ['pglite', 'postgres'] : ['pglite']
}

async function answers(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => {} })
  try {
    await sql`select 1`
    return true
  } catch {
    return false
  } finally {
    await sql.end({ timeout: 1 })
  }
}

/** Also sweeps what killed runs of this machine left behind. */
async function dropDatabases(url: string, chosen: (name: string) => boolean): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    const rows = await sql<{ datname: string }[]>`select datname from pg_database`
    for (const { datname } of rows) {
      if (chosen(datname)) await sql.unsafe(`drop database if exists "${datname}" with (force)`)
    }
  } finally {
    await sql.end({ timeout: 1 })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function sayOnce(line: string): void {
  if (!alreadySaid) process.stdout.write(`${line}\n`)
  alreadySaid = true
}
