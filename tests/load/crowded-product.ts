/** The whole product with enough people and texts for a bench, each person with a session and a mandate of their own. */
import { and, eq } from 'drizzle-orm'
import { type Database, type DatabaseKind, openDatabase } from '#db/client.ts'
import { seedDemonstration } from '#db/demo/seed.ts'
import { migrateDatabase } from '#db/migrate.ts'
import { accounts, instances, mandates } from '#db/schema/index.ts'
import { systemClock } from '#server/calendar.ts'
import { defaultDemoPassword } from '#server/env.ts'
import { loadActor } from '#server/habilitations/actor.ts'
import { createLog } from '#server/log.ts'
import { quietContext } from '#server/quiet-context.ts'
import { createServices } from '#server/services.ts'
import { sessionCookie } from '#server/sessions/cookie.ts'
import { createSessionStore } from '#server/sessions/lucia.ts'
import type { MandateFunction } from '#server/vocabulary/governance.ts'
import type { LiveTextKey } from '#server/vocabulary/live-texts.ts'
import { meetingForm } from '#server/vocabulary/meeting-forms.ts'
import { buildIfNeeded } from '../../scripts/launcher/build.mjs'
import { launchProduct, launchTool, newStorage, type Running } from '../chaos/target.ts'
import type { Scenario } from './scenarios.ts'

/** A server under load. */
export type LoadTarget = Pick<Running, 'cpu'> & {
  port: number
  texts: LiveTextKey[]
  /** The `Cookie` header of each person; the bare servers ask for none. */
  editors: string[]
  readers: string[]
  end(): Promise<void>
}

const BODY = 'parcours'
const COPILOTE = 'copilote-1.parcours@tarn.test'

/** Starts the product in a process of its own, on a new database. @param profile where to leave its CPU profile */
export async function startProduct(kind: DatabaseKind, scenario: Scenario, profile?: string): Promise<LoadTarget> {
  await buildIfNeeded(process.execPath)
  const storage = await newStorage(kind)
  const { DATA_DIR: dataDir, DATABASE_URL: databaseUrl } = storage.env
  const handle = await openDatabase({ dataDir, databaseUrl })
  const stock = await prepare(handle.db, () => migrateDatabase(handle), scenario).finally(() => handle.close())
  const { port, cpu, kill, stop } = await launchProduct(
    { ...storage.env, DEMO: '1' },
    profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : [],
  )
  return {
    port,
    ...stock,
    cpu,
    async end() {
      await (profile ? stop() : kill())
      await storage.remove()
    },
  }
}

/** A reference: a server of this folder, which knows nobody. */
export async function startReference(reference: 'bare' | 'relay', scenario: Scenario): Promise<LoadTarget> {
  const { port, texts, cpu, kill } = await launchTool<Pick<LoadTarget, 'port' | 'texts'>>(
    `tests/load/${reference}-server.ts`,
    { TEXTS: String(scenario.texts) },
  )
  return {
    port,
    texts,
    editors: Array.from({ length: scenario.editors }, () => ''),
    readers: Array.from({ length: scenario.readers }, () => ''),
    cpu,
    end: kill,
  }
}

async function prepare(db: Database, migrate: () => Promise<void>, scenario: Scenario) {
  await migrate()
  const now = systemClock.now()
  const context = quietContext({ db, clock: systemClock, log: createLog({ level: 'warn', readable: false }) })
  await seedDemonstration(context, { password: defaultDemoPassword, now })
  const services = createServices(context, { secureCookies: false })
  const [body] = await db
    .select({ consortiumId: instances.consortiumId, id: instances.id, accountId: accounts.id, seat: mandates })
    .from(mandates)
    .innerJoin(accounts, eq(accounts.id, mandates.accountId))
    .innerJoin(instances, eq(instances.id, mandates.instanceId))
    .where(and(eq(accounts.email, COPILOTE), eq(instances.slug, BODY)))
  if (!body) throw new Error('the demonstration has changed')

  const seat = async (fn: MandateFunction, n: number) => {
    const email = `${fn}-${n}@charge.test`
    const person = { email, givenName: 'Camille', familyName: `Charge ${n}`, createdAt: now }
    const [account] = await db.insert(accounts).values(person).returning()
    if (!account) throw new Error('nothing inserted')
    const { id: _, ...like } = body.seat
    await db
      .insert(mandates)
      .values({ ...like, accountId: account.id, function: fn, carriesVoice: false, endsOn: null })
    const token = await createSessionStore(db).create(account.id)
    return sessionCookie(false).give(token).split(';')[0] ?? ''
  }
  const editors: string[] = []
  for (let n = 0; n < scenario.editors; n++) editors.push(await seat('copilote', n))
  const readers: string[] = []
  for (let n = 0; n < scenario.readers; n++) readers.push(await seat('membre', n))

  const actor = await loadActor(db, { accountId: body.accountId, consortiumId: body.consortiumId, now })
  const texts: LiveTextKey[] = []
  for (let n = 0; n < scenario.texts; n++) {
    const form = meetingForm.parse({
      day: '2028-03-01',
      startTime: '09:30',
      endTime: '11:00',
      place: 'Albi',
      items: [{ title: 'Point d’étape', reporter: '' }],
    })
    const { minutesId } = await services.meetings.createMeeting(actor, { instanceId: body.id, form })
    texts.push({ minutesId, epoch: 1 })
  }
  return { texts, editors, readers }
}
