import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startProcess } from '../server/process.ts'

/** One password for everyone of the demonstration that a journey starts. */
export const demoPassword = 'un mot de passe pour les parcours'

/** Those of the demonstration whom the journeys follow. */
export const people = {
  chef: 'chef-de-projet@tarn.test',
  copilote1: 'copilote-1.parcours@tarn.test',
  copilote2: 'copilote-2.parcours@tarn.test',
  membre: 'membre.parcours@tarn.test',
  suppleant: 'suppleant.parcours@tarn.test',
  correspondant: 'correspondant.caf@tarn.test',
  assistante: 'assistante.institutionnel@tarn.test',
  ancien: 'ancien.parcours@tarn.test',
  futur: 'futur.parcours@tarn.test',
  invite: 'invite.parcours@tarn.test',
  copiloteOffre: 'copilote-1.offre@tarn.test',
  president: 'president.strategique@tarn.test',
  membreStrategique: 'membre.strategique@tarn.test',
  secretaire: 'secretaire.institutionnel@tarn.test',
  prestataire: 'prestataire@tarn.test',
  observateur: 'observateur@tarn.test',
  suspendu: 'suspendu@tarn.test',
  administrateur: 'administrateur@exploitation.test',
  copiloteVar: 'copilote-1@var.test',
} as const

const ROOT = join(import.meta.dirname, '../..')
const CACHE = join(ROOT, 'node_modules/.cache/espace-spie')

/**
 * A data folder of one's own that holds the demonstration: made by the real server, once for all files of a run, then
 * copied. The demonstration counts its dates from now, so it is made again at each hour and whenever its sources change.
 */
export async function demonstrationFolder(): Promise<string> {
  const made = join(CACHE, `journeys-${sourcesHash()}`)
  if (!existsSync(made)) await makeDemonstration(made)
  const own = mkdtempSync(join(tmpdir(), 'espace-journey-'))
  cpSync(made, own, { recursive: true })
  return own
}

async function makeDemonstration(folder: string): Promise<void> {
  mkdirSync(CACHE, { recursive: true })
  forgetOlder()
  const unfinished = `${folder}-${process.pid}`
  const server = startProcess({ DATA_DIR: unfinished, DEMO: '1', DEMO_PASSWORD: demoPassword })
  await server.ready()
  server.process.kill('SIGTERM')
  await server.ended()
  // Another file of the run may have made it meanwhile.
  if (existsSync(folder)) rmSync(unfinished, { recursive: true, force: true })
  else renameSync(unfinished, folder)
}

/** Those that no run under way can be using or making. */
function forgetOlder(): void {
  const threeHoursAgo = Date.now() - 3 * 3600 * 1000
  for (const each of readdirSync(CACHE).filter(name => name.startsWith('journeys-'))) {
    const made = join(CACHE, each)
    if (statSync(made).mtimeMs < threeHoursAgo) rmSync(made, { recursive: true, force: true })
  }
}

function sourcesHash(): string {
  const hash = createHash('sha256').update(demoPassword).update(new Date().toISOString().slice(0, 13))
  for (const file of globSync(['db/**/*.{ts,sql,yaml}', 'server/**/*.ts', 'package-lock.json'], { cwd: ROOT }).sort()) {
    hash.update(file).update(readFileSync(join(ROOT, file)))
  }
  return hash.digest('hex').slice(0, 16)
}
