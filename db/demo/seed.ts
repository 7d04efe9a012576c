import { eq } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { accounts, consortia } from '#db/schema/index.ts'
import { parisInstant } from '#server/calendar.ts'
import { withoutLiveEngine } from '#server/collaboration/without-engine.ts'
import type { Context } from '#server/domain/context.ts'
import { createServices } from '#server/services.ts'
import { hashPassword, passwordMatches } from '#server/sessions/passwords.ts'
import { ChronicleClock, type DemoCalendar, demoCalendar } from './calendar.ts'
import { playTarn } from './chronicle-tarn.ts'
import { playVar } from './chronicle-var.ts'
import type { ConsortiumData } from './data.ts'
import { emailOf, insertGovernance } from './governance.ts'
import { Stage } from './stage.ts'
import { tarn } from './tarn.ts'
import { varConsortium } from './var.ts'

export type DemonstrationSummary = {
  /** False when the database held something already: nothing was changed. */
  created: boolean
  /** Those who can sign in; empty when the database does not hold the demonstration. */
  accounts: DemoAccount[]
  /** True when the password given is theirs: a later start may have been given another one. */
  passwordHolds: boolean
}

export type DemoAccount = { email: string; name: string; role: string; consortium: string | null }

const administrateur = { email: 'administrateur@exploitation.test', givenName: 'Olivier', familyName: 'Garrigue' }

const chronicles: readonly { data: ConsortiumData; play: (stage: Stage) => Promise<void> }[] = [
  { data: tarn, play: playTarn },
  { data: varConsortium, play: playVar },
]

/**
 * Fills an empty database with the demonstration: two consortia, their people, and what they have lived until now, made by
 * the product's own commands with a clock that moves. One transaction: killed in the middle, nothing of it stays. A
 * database that holds a consortium is left as it is.
 *
 * @param options.password of everyone who can sign in.
 * @param options.now the instant from which every date is counted.
 */
export async function seedDemonstration(
  context: Context,
  options: { password: string; now: Date },
): Promise<DemonstrationSummary> {
  const [existing] = await context.db.select({ id: consortia.id }).from(consortia).limit(1)
  if (existing) return alreadyThere(context.db, options.password)
  const passwordHash = await hashPassword(options.password)
  const calendar = demoCalendar(options.now)
  await context.db.transaction(async tx => {
    await tx.insert(accounts).values({
      ...administrateur,
      passwordHash,
      passwordFitsPowers: true,
      isAdministrateur: true,
      createdAt: parisInstant(calendar.firstDay, '08:00'),
    })
    for (const { data, play } of chronicles) {
      await play(await stageFor({ ...context, db: tx }, data, calendar, passwordHash))
    }
  })
  return { created: true, accounts: everyAccount(), passwordHolds: true }
}

async function alreadyThere(db: Database, password: string): Promise<DemonstrationSummary> {
  const [found] = await db
    .select({ passwordHash: accounts.passwordHash })
    .from(accounts)
    .where(eq(accounts.email, administrateur.email))
  if (!found) return { created: false, accounts: [], passwordHolds: false }
  const passwordHolds = await passwordMatches(found.passwordHash, password)
  return { created: false, accounts: everyAccount(), passwordHolds }
}

async function stageFor(
  context: Context,
  data: ConsortiumData,
  calendar: DemoCalendar,
  passwordHash: string,
): Promise<Stage> {
  const governance = await insertGovernance(context.db, data, calendar, passwordHash)
  const clock = new ChronicleClock(parisInstant(calendar.firstDay, '08:00'), calendar.now)
  // What the cast has lived was not done in sessions: nobody could have given a second factor.
  const settings = { ...context.settings, secondFactor: 'offered' as const }
  const past: Context = { ...context, clock, settings, live: withoutLiveEngine(context.db, clock) }
  const services = createServices(past, { secureCookies: false })
  return new Stage({ context: past, services, clock, calendar, governance })
}

function everyAccount(): DemoAccount[] {
  const people = chronicles.flatMap(({ data }) =>
    data.people
      .filter(person => person.signsInAs)
      .map(person => ({
        email: emailOf(person, data.slug),
        name: person.name,
        role: roleOf(data, person),
        consortium: data.slug,
      })),
  )
  const operator = `M. ${administrateur.givenName} ${administrateur.familyName}`
  return [
    ...people,
    { email: administrateur.email, name: operator, role: 'Administrateur de l’exploitation', consortium: null },
  ]
}

/** « Copilote, Parcours »; for who has no seat, what they do in the consortium. */
function roleOf(data: ConsortiumData, person: ConsortiumData['people'][number]): string {
  const seats = Object.entries(person.seats ?? {}).map(([slug, seat]) => {
    const instance = data.instances.find(each => each.slug === slug)
    const dates = seat.until === undefined ? (seat.from === undefined ? '' : ', à venir') : ', mandat terminé'
    return `${seat.label}, ${instance?.shortName ?? slug}${dates}`
  })
  const role = person.consortiumFunction?.label ?? (seats.length > 0 ? seats.join(' ; ') : 'Invité d’une réunion')
  return person.suspended ? `${role} (compte suspendu)` : role
}
