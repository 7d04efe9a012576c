// `npm run account:password -- adresse@exemple.fr [--stdin]`: gives an account another password, until mail exists.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { type DatabaseHandle, openDatabase, sqlState } from '#db/client.ts'
import { FolderLockedError } from '#db/lock.ts'
import { Mendable } from '#db/mendable.ts'
import { systemClock } from '#server/calendar.ts'
import { type Env, readEnv } from '#server/env.ts'
import { Invalid } from '#server/errors.ts'
import { generatePassword } from '#server/sessions/password-rules.ts'
import { replacePassword } from '#server/sessions/replace-password.ts'

const USAGE = `Usage : npm run account:password -- adresse@exemple.fr [--stdin]

  Donne un nouveau mot de passe à un compte et ferme ses sessions.
  Sans option, le mot de passe est fabriqué et affiché une seule fois.
  --stdin  le lit sur l’entrée standard (une ligne) au lieu de le fabriquer.`

/** The tables are not those of this version: PostgreSQL knows neither the table nor the column. */
const UNKNOWN_TABLE_OR_COLUMN = ['42P01', '42703']

try {
  await main()
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`)
  process.exitCode = 1
}

async function main(): Promise<void> {
  const { email, fromStdin } = readArguments()
  const env = readEnv()
  const password = fromStdin ? await readLine() : generatePassword()
  const database = await open(env)
  try {
    const replaced = await replacePassword({ db: database.db, clock: systemClock }, { email, password })
    if (!replaced) throw new Mendable(`Aucun compte n’a l’adresse « ${email} ». Rien n’a été modifié.`)
    report({ email, password: fromStdin ? null : password, ...replaced })
  } finally {
    await database.close()
  }
}

function readArguments(): { email: string; fromStdin: boolean } {
  try {
    const { values, positionals } = parseArgs({ allowPositionals: true, options: { stdin: { type: 'boolean' } } })
    const [email, ...others] = positionals
    if (email?.includes('@') && others.length === 0) return { email, fromStdin: values.stdin ?? false }
  } catch {
    // An unknown option.
  }
  throw new Mendable(USAGE)
}

async function readLine(): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write('Nouveau mot de passe (il s’affiche) : ')
  const lines = createInterface({ input: process.stdin })
  for await (const line of lines) {
    lines.close()
    return line
  }
  throw new Mendable('Aucun mot de passe n’a été donné sur l’entrée standard. Rien n’a été modifié.')
}

/** Passwords are rows that the server reads at each sign-in: on PostgreSQL the server may go on while they change. */
async function open(env: Env): Promise<DatabaseHandle> {
  if (!env.databaseUrl && !existsSync(join(env.dataDir, 'database'))) {
    throw new Mendable(
      `Le dossier « ${env.dataDir} » ne contient pas de base de données : indiquez le bon par DATA_DIR, ou PostgreSQL par DATABASE_URL.`,
    )
  }
  try {
    return await openDatabase({
      dataDir: env.dataDir,
      databaseUrl: env.databaseUrl,
      connections: 1,
      besideServer: true,
    })
  } catch (error) {
    if (!(error instanceof FolderLockedError)) throw error
    throw new Mendable(
      `${error.message}\n\nSi ce processus est le serveur : arrêtez-le (Ctrl+C, ou par le superviseur), relancez cette commande, puis redémarrez-le. ` +
        'Avec PostgreSQL, cette commande fonctionne sans arrêter le serveur.',
    )
  }
}

function report(done: { email: string; password: string | null; suspended: boolean }): void {
  const lines = [`Le mot de passe de « ${done.email} » est remplacé, et ses sessions sont fermées.`]
  if (done.password !== null) {
    lines.push(
      '',
      `    ${done.password}`,
      '',
      'Il ne sera plus affiché : transmettez-le à la personne par un moyen sûr.',
    )
  }
  if (done.suspended) lines.push('Attention : ce compte est suspendu, il ne peut toujours pas se connecter.')
  process.stdout.write(`${lines.join('\n')}\n`)
}

function messageOf(error: unknown): string {
  if (error instanceof Invalid) return `${error.message} Rien n’a été modifié.`
  if (UNKNOWN_TABLE_OR_COLUMN.includes(sqlState(error) ?? '')) {
    return 'Cette base n’est pas à la version du produit : démarrez le serveur une fois, puis relancez cette commande. Rien n’a été modifié.'
  }
  return error instanceof Mendable ? error.message : String((error as Error).stack)
}
