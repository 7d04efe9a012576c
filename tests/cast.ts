import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import type { DatabaseHandle, DatabaseKind } from '#db/client.ts'
import { seedDemonstration } from '#db/demo/seed.ts'
import { accounts } from '#db/schema/index.ts'
import type { Clock } from '#server/calendar.ts'
import type { Context } from '#server/domain/context.ts'
import { type Actor, loadActor } from '#server/habilitations/actor.ts'
import { consortiumIdOf } from '#server/habilitations/load-facts.ts'
import { createLog } from '#server/log.ts'
import { quietContext } from '#server/quiet-context.ts'
import { createServices, type Services } from '#server/services.ts'
import { migrated, type Template, testDatabase } from './setup/database.ts'

/** The people of the demonstration who sign in, by the name that tests call them. */
export const cast = {
  chef: 'chef-de-projet@tarn.test',
  copilote1: 'copilote-1.parcours@tarn.test',
  copilote2: 'copilote-2.parcours@tarn.test',
  membre: 'membre.parcours@tarn.test',
  suppleant: 'suppleant.parcours@tarn.test',
  ancien: 'ancien.parcours@tarn.test',
  futur: 'futur.parcours@tarn.test',
  invite: 'invite.parcours@tarn.test',
  copiloteOffre: 'copilote-1.offre@tarn.test',
  membreOffre: 'membre.offre@tarn.test',
  copiloteNumerique: 'copilote-1.numerique@tarn.test',
  presidentStrategique: 'president.strategique@tarn.test',
  membreStrategique: 'membre.strategique@tarn.test',
  membreRestreint: 'membre.restreint@tarn.test',
  presidentInstitutionnel: 'president.institutionnel@tarn.test',
  membreInstitutionnel: 'membre.institutionnel@tarn.test',
  secretaireInstitutionnel: 'secretaire.institutionnel@tarn.test',
  assistante: 'assistante.institutionnel@tarn.test',
  assistantDossier: 'assistant.strategique@tarn.test',
  prestataire: 'prestataire@tarn.test',
  observateur: 'observateur@tarn.test',
  correspondantCaf: 'correspondant.caf@tarn.test',
  suspendu: 'suspendu@tarn.test',
  administrateur: 'administrateur@exploitation.test',
  copiloteVar: 'copilote-1@var.test',
  chefVar: 'chef-de-projet@var.test',
} as const

export type CastName = keyof typeof cast

export const castNames = Object.keys(cast) as CastName[]

/** The instant at which the tests' demonstration was made, and at which their clock stands: Friday 12 March 2027, 14:32. */
export const castNow = new Date('2027-03-12T13:32:00Z')

/** The password of everyone in the cast. */
export const castPassword = 'un mot de passe de démonstration'

/** A clock that stands still until it is told otherwise. */
export class TestClock implements Clock {
  #now: Date

  constructor(now: Date) {
    this.#now = now
  }

  now(): Date {
    return this.#now
  }

  set(now: Date): void {
    this.#now = now
  }

  /** Moves on by so many minutes. */
  pass(minutes: number): void {
    this.#now = new Date(this.#now.getTime() + minutes * 60_000)
  }
}

/** The demonstration in a database of one's own, and the services bound to it. */
export type CastDatabase = {
  handle: DatabaseHandle
  context: Context
  clock: TestClock
  services: Services
  /** A person as the rules see them at the clock's instant, whatever they may do. */
  actorOf(email: string, consortium?: 'tarn' | 'var'): Promise<Actor>
  accountIdOf(email: string): Promise<string>
  close(): Promise<void>
}

/** Copies the demonstration; close it in `afterAll`. */
export async function castDatabase(kind: DatabaseKind): Promise<CastDatabase> {
  const handle = await testDatabase(kind, demonstration)
  const clock = new TestClock(castNow)
  const context = contextOf(handle, clock)
  const accountIdOf = async (email: string) => {
    const [row] = await handle.db.select({ id: accounts.id }).from(accounts).where(eq(accounts.email, email))
    if (!row) throw new Error(`nobody has the address ${email}`)
    return row.id
  }
  return {
    handle,
    context,
    clock,
    services: createServices(context, { secureCookies: false }),
    accountIdOf,
    async actorOf(email, consortium = email.endsWith('@var.test') ? 'var' : 'tarn') {
      const accountId = await accountIdOf(email)
      const consortiumId = await consortiumIdOf(handle.db, consortium)
      return loadActor(handle.db, { accountId, consortiumId, now: clock.now() })
    },
    close: () => handle.close(),
  }
}

/** The demonstration, made once and copied. */
export const demonstration: Template = {
  name: 'demonstration',
  hash: sourcesHash,
  from: migrated,
  async fill(handle) {
    const context = contextOf(handle, { now: () => castNow })
    await seedDemonstration(context, { password: castPassword, now: castNow })
  },
}

function contextOf(handle: DatabaseHandle, clock: Clock): Context {
  const log = createLog({ level: 'silent', readable: false })
  return quietContext({ db: handle.db, clock, log })
}

/** The demonstration is made by the product's own commands: everything they are made of may change it. */
function sourcesHash(): string {
  const root = join(import.meta.dirname, '..')
  const hash = createHash('sha256').update(castNow.toISOString()).update(castPassword)
  for (const file of globSync(['db/**/*.{ts,sql,yaml}', 'server/**/*.{ts,typ}', 'package-lock.json'], {
    cwd: root,
  }).sort()) {
    hash.update(file).update(readFileSync(join(root, file)))
  }
  return hash.digest('hex').slice(0, 16)
}
