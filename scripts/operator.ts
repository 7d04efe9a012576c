// What the commands of whoever operates the server share: the database they open, and what they say of a failure.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type DatabaseHandle, openDatabase, sqlState } from '#db/client.ts'
import { FolderLockedError } from '#db/lock.ts'
import { Mendable } from '#db/mendable.ts'
import { systemClock } from '#server/calendar.ts'
import type { Context } from '#server/domain/context.ts'
import { readEnv } from '#server/env.ts'
import { Refusal } from '#server/errors.ts'
import { createLog } from '#server/log.ts'
import { quietContext } from '#server/quiet-context.ts'
import { unbreakableSpaces } from '#server/vocabulary/french.ts'

/** The tables are not those of this version: PostgreSQL knows neither the table nor the column. */
const UNKNOWN_TABLE_OR_COLUMN = ['42P01', '42703']

/** Runs a command to its end; a failure is said in French on the error channel, and the exit code tells it. */
export async function operate(main: () => Promise<void>): Promise<void> {
  try {
    await main()
  } catch (error) {
    process.stderr.write(`${unbreakableSpaces(messageOf(error))}\n`)
    process.exitCode = 1
  }
}

/** Opens the database of the environment, beside a running server when it is PostgreSQL. @throws Mendable */
export async function onDatabase<Result>(work: (context: Context) => Promise<Result>): Promise<Result> {
  const env = readEnv()
  if (!env.databaseUrl && !existsSync(join(env.dataDir, 'database'))) {
    throw new Mendable(
      `Le dossier « ${env.dataDir} » ne contient pas de base de données : indiquez le bon par DATA_DIR, ou PostgreSQL par DATABASE_URL. ` +
        'Si c’est une première installation, démarrez le serveur une fois.',
    )
  }
  const database = await open(env)
  try {
    const log = createLog({ level: 'silent', readable: false })
    return await work(quietContext({ db: database.db, clock: systemClock, log }))
  } finally {
    await database.close()
  }
}

async function open({ dataDir, databaseUrl }: { dataDir: string; databaseUrl: string | undefined }) {
  try {
    return await openBeside(dataDir, databaseUrl)
  } catch (error) {
    if (!(error instanceof FolderLockedError)) throw error
    throw new Mendable(
      `${error.message}\n\nSi ce processus est le serveur : arrêtez-le (Ctrl+C, ou par le superviseur), relancez cette commande, puis redémarrez-le. ` +
        'Avec PostgreSQL, cette commande fonctionne sans arrêter le serveur.',
    )
  }
}

/** These commands write rows that the server reads at each request: on PostgreSQL it may go on meanwhile. */
function openBeside(dataDir: string, databaseUrl: string | undefined): Promise<DatabaseHandle> {
  return openDatabase({ dataDir, databaseUrl, connections: 1, besideServer: true })
}

/** Says what a command has done. */
export function say(...lines: readonly string[]): void {
  process.stdout.write(`${lines.map(unbreakableSpaces).join('\n')}\n`)
}

function messageOf(error: unknown): string {
  if (error instanceof Refusal) return `${error.message} Rien n’a été modifié.`
  if (UNKNOWN_TABLE_OR_COLUMN.includes(sqlState(error) ?? '')) {
    return 'Cette base n’est pas à la version du produit : démarrez le serveur une fois, puis relancez cette commande. Rien n’a été modifié.'
  }
  return error instanceof Mendable ? error.message : String((error as Error).stack)
}
