import './quick-resolution.ts'
import { readFileSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import type { DemonstrationSummary } from '#db/demo/seed.ts'
import { Mendable } from '#db/mendable.ts'
import { type Env, readEnv } from './env.ts'
import { createLog } from './log.ts'
import { handleShutdown, type Shutdown } from './shutdown.ts'

await main()

async function main(): Promise<void> {
  let shutdown: Shutdown | null = null
  try {
    const env = readEnv()
    const opened = new AsyncDisposableStack()
    const log = createLog({ level: env.logLevel, readable: process.stdout.isTTY || env.mode !== 'production' })
    shutdown = handleShutdown(opened, log)
    const version = readVersion()
    const dev = process.argv.includes('--dev')
    // Read here, and not before: an interruption is heard meanwhile, and what was imported above has run.
    const { startServer } = await import('./start.ts')
    const { port, demonstration } = await startServer({ env, log, opened, shutdown, version, dev })
    if (!shutdown.stopping()) announce(env, port, version, demonstration)
    // Node writes it when it ends, which a killed process does not do: the next start would compile everything again.
    flushCompileCache()
  } catch (error) {
    // A start that was interrupted fails where it stood: the interruption is what ends the process.
    if (shutdown?.stopping()) return
    process.stderr.write(`${error instanceof Mendable ? error.message : String((error as Error).stack)}\n`)
    process.exitCode = 1
    if (shutdown) shutdown.stop(1)
  }
}

function announce(env: Env, port: number, version: string, demonstration: DemonstrationSummary | null): void {
  const host = env.host.includes(':') ? `[${env.host}]` : env.host
  const lines = [
    `Espace SPIE ${version}`,
    `Base de données : ${env.databaseUrl ? 'PostgreSQL' : `embarquée, dans ${env.dataDir}`}`,
    `Adresse : ${env.origin ?? `http://${host}:${port}`}/`,
    ...(demonstration ? demonstrationLines(demonstration, env.demoPassword) : []),
    'Ctrl+C pour arrêter.',
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}

/** The accounts of the demonstration, in columns, and the password they share. */
function demonstrationLines({ accounts, passwordHolds }: DemonstrationSummary, password: string): string[] {
  if (accounts.length === 0) return []
  const width = Math.max(...accounts.map(({ email }) => email.length))
  return [
    '',
    'Démonstration : personnes et faits inventés. Comptes :',
    ...accounts.map(({ email, name, role }) => `  ${email.padEnd(width)}  ${name}, ${role}`),
    `Mot de passe de tous : ${passwordHolds ? password : 'celui du premier démarrage'}`,
    '',
  ]
}

function readVersion(): string {
  const manifest: { version: string } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  return manifest.version
}
