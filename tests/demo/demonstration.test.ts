import { and, count, eq, inArray, isNotNull } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ChronicleClock, demoCalendar } from '#db/demo/calendar.ts'
import { seedDemonstration } from '#db/demo/seed.ts'
import {
  accounts,
  actionItems,
  consortia,
  decisions,
  instances,
  journal,
  mandates,
  meetings,
  minutes,
  minutesVersions,
} from '#db/schema/index.ts'
import { verifyRegister } from '#server/domain/decisions/register.ts'
import { verifySeal } from '#server/domain/minutes/seal.ts'
import { activeOn } from '#server/habilitations/actor.ts'
import { decisionStateLabels } from '#server/vocabulary/decisions.ts'
import { type CastDatabase, cast, castDatabase, castNow, castPassword } from '../cast.ts'
import { databaseKinds, testDatabase } from '../setup/database.ts'

describe.each(databaseKinds())('the demonstration on %s', kind => {
  let demo: CastDatabase
  beforeAll(async () => {
    demo = await castDatabase(kind)
  })
  afterAll(() => demo.close())

  const tarn = async () => {
    const [row] = await demo.handle.db.select().from(consortia).where(eq(consortia.slug, 'tarn'))
    return row?.id ?? ''
  }

  it('gives everyone of the cast an account, and a password to nobody else', async () => {
    const rows = await demo.handle.db.select().from(accounts).where(isNotNull(accounts.passwordHash))
    expect(rows.map(row => row.email).sort()).toEqual(Object.values(cast).sort())
    expect(rows.find(row => row.email === cast.suspendu)?.suspendedAt).not.toBeNull()
    expect(rows.filter(row => row.isAdministrateur).map(row => row.email)).toEqual([cast.administrateur])
  })

  it('lets them sign in with the one password, but for the suspended account', async () => {
    const { signIn } = demo.services.sessions
    const tryIn = (email: string) => signIn({ email, password: castPassword, address: '127.0.0.1' })
    expect(await tryIn(cast.membre)).toMatchObject({ accountId: await demo.accountIdOf(cast.membre) })
    expect(await tryIn(cast.suspendu)).toBeNull()
  })

  it('has the nine instances of the Tarn', async () => {
    const map = await demo.services.governance.governanceMap(await demo.actorOf(cast.chef))
    expect(map.map(({ slug, level, kind: sort }) => `${slug} ${level} ${sort}`)).toEqual([
      'institutionnelle institutionnel pilotage_institutionnel',
      'strategique strategique pilotage_strategique',
      'restreint strategique groupe_restreint',
      'parcours operationnel groupe_operationnel',
      'offre operationnel groupe_operationnel',
      'numerique operationnel groupe_transversal',
      'info-com operationnel groupe_transversal',
      'formation operationnel groupe_transversal',
      'national-2 strategique groupe_national',
    ])
  })

  it('seats two copilotes in every technical group and a president in every steering body', async () => {
    const heads = await demo.handle.db
      .select({ slug: instances.slug, kind: instances.kind, head: mandates.function, total: count() })
      .from(mandates)
      .innerJoin(instances, eq(instances.id, mandates.instanceId))
      .where(and(inArray(mandates.function, ['president', 'copilote']), activeOn(mandates, '2027-03-12')))
      .groupBy(instances.consortiumId, instances.slug, instances.kind, mandates.function)
    const technical = heads.filter(({ kind: sort }) => sort === 'groupe_operationnel' || sort === 'groupe_transversal')
    expect(technical).toHaveLength(9)
    expect(technical.every(({ head, total }) => head === 'copilote' && total === 2)).toBe(true)
    const steering = heads.filter(({ kind: sort }) => sort.startsWith('pilotage'))
    expect(steering.map(({ head, total }) => `${head} ${total}`)).toEqual(Array(3).fill('president 1'))
  })

  it('shows decisions in every state', async () => {
    const rows = await demo.handle.db
      .select({ state: decisions.state })
      .from(decisions)
      .where(eq(decisions.consortiumId, await tarn()))
    expect([...new Set(rows.map(row => row.state))].sort()).toEqual(Object.keys(decisionStateLabels).sort())
  })

  it('has two sealed minutes in the Tarn, whose seals verify, and an official PDF of each', async () => {
    const rows = await demo.handle.db
      .select({ version: minutesVersions, slug: instances.slug })
      .from(minutesVersions)
      .innerJoin(minutes, eq(minutes.id, minutesVersions.minutesId))
      .innerJoin(meetings, eq(meetings.id, minutes.meetingId))
      .innerJoin(instances, eq(instances.id, meetings.instanceId))
      .where(eq(minutesVersions.consortiumId, await tarn()))
    expect(rows.map(row => row.slug).sort()).toEqual(['parcours', 'strategique'])
    for (const { version } of rows) {
      const check = verifySeal(version)
      expect(check.sealHolds).toBe(true)
      expect(check.blocks).toBeGreaterThan(10)
      expect(check.brokenBlocks).toEqual([])
      expect(version.pdf?.byteLength).toBeGreaterThan(5_000)
    }
  })

  it('keeps a register whose chain verifies, and a journal line for every command', async () => {
    const check = await verifyRegister(demo.handle.db, await tarn())
    expect(check.firstBroken).toBeNull()
    expect(check.events).toBeGreaterThan(15)
    const lines = await demo.handle.db.select().from(journal)
    expect(lines.length).toBeGreaterThan(60)
    const times = lines.filter(line => line.verb !== 'sign_in').map(line => line.at.getTime())
    expect(Math.max(...times)).toBeLessThanOrEqual(castNow.getTime())
  })

  it('gives each head something to do', async () => {
    const awaits = async (email: string) => demo.services.home.awaiting(await demo.actorOf(email))
    const [one, two] = [await awaits(cast.copilote1), await awaits(cast.copilote2)]
    expect(one.toApprove).toHaveLength(0)
    expect(two.toApprove).toHaveLength(1)
    expect(one.toWrite).toHaveLength(1)
    expect(one.answered.length).toBeGreaterThan(0)
    expect(one.nextMeetings.some(meeting => meeting.running)).toBe(true)
    expect((await awaits(cast.presidentStrategique)).toDecide.map(({ state }) => state).sort()).toEqual([
      'ajournee',
      'proposee',
    ])
    expect((await awaits(cast.secretaireInstitutionnel)).toDecide).toHaveLength(1)
    expect((await awaits(cast.membreStrategique)).toRead.length).toBeGreaterThan(0)
    expect((await awaits(cast.invite)).nextMeetings).toHaveLength(1)
  })

  it('has actions that are overdue, coming and done', async () => {
    const rows = await demo.handle.db
      .select()
      .from(actionItems)
      .where(eq(actionItems.consortiumId, await tarn()))
    const open = rows.filter(row => row.state === 'a_faire' || row.state === 'en_cours')
    expect(open.some(row => (row.dueOn ?? '') < '2027-03-12')).toBe(true)
    expect(open.some(row => (row.dueOn ?? '') > '2027-03-12')).toBe(true)
    expect(rows.some(row => row.state === 'faite')).toBe(true)
  })

  it('changes nothing a second time, and says whether the password is still the one', async () => {
    const before = await demo.handle.db.$count(journal)
    const again = await seedDemonstration(demo.context, { password: castPassword, now: new Date('2028-01-01') })
    expect(again).toMatchObject({ created: false, passwordHolds: true })
    expect(again.accounts.map(({ email }) => email).sort()).toEqual(Object.values(cast).sort())
    const other = await seedDemonstration(demo.context, { password: 'un autre mot de passe', now: castNow })
    expect(other.passwordHolds).toBe(false)
    expect(await demo.handle.db.$count(journal)).toBe(before)
  })

  it.each([
    ['a Monday after Easter, at dawn', '2027-03-29T04:10:00Z'],
    ['New Year’s night', '2028-01-01T00:02:00+01:00'],
    ['Christmas', '2026-12-25T20:00:00Z'],
    ['the leap day', '2028-02-29T10:00:00Z'],
    ['the hour that does not exist', '2027-03-28T01:20:00Z'],
  ])('can be made on %s', async (_, instant) => {
    const handle = await testDatabase(kind)
    const now = new Date(instant)
    const { created } = await seedDemonstration({ ...demo.context, db: handle.db }, { password: castPassword, now })
    expect(created).toBe(true)
    const [running] = await handle.db.select().from(meetings).where(eq(meetings.state, 'en_cours'))
    expect(running?.startsAt.getTime()).toBeLessThanOrEqual(now.getTime())
    await handle.close()
  })

  it('leaves nothing when it is interrupted', async () => {
    const handle = await testDatabase(kind)
    const interrupted = { ...demo.context, db: failingAfter(handle.db, 'journal', 40) }
    await expect(seedDemonstration(interrupted, { password: castPassword, now: castNow })).rejects.toThrow(
      'interrupted',
    )
    expect(await handle.db.$count(accounts)).toBe(0)
    expect(await handle.db.$count(consortia)).toBe(0)
    await handle.close()
  })
})

describe('the calendar of the demonstration', () => {
  it('finds working days, before a past day and after a coming one', () => {
    const calendar = demoCalendar(castNow)
    expect(calendar.today).toBe('2027-03-12')
    expect(calendar.firstDay).toBe('2026-01-01')
    expect(calendar.workingDay(-5)).toBe('2027-03-05')
    expect(calendar.workingDay(1)).toBe('2027-03-15')
    expect(calendar.workingDay(17)).toBe('2027-03-30')
    expect(calendar.day('next-january')).toBe('2028-01-01')
    expect(calendar.todaysStart).toBe('14:00')
    expect(demoCalendar(new Date('2027-03-12T00:10:00+01:00')).todaysStart).toBe('00:00')
  })

  it('has a clock that neither goes back nor beyond now', () => {
    const clock = new ChronicleClock(new Date('2026-01-01T00:00:00Z'), castNow)
    clock.goTo(new Date('2026-06-01T00:00:00Z'))
    clock.goTo(new Date('2026-05-01T00:00:00Z'))
    expect(clock.now()).toEqual(new Date('2026-06-01T00:00:00Z'))
    clock.goTo(new Date('2030-01-01T00:00:00Z'))
    expect(clock.now()).toEqual(castNow)
  })
})

/** The same database, whose transactions break off at the nth insertion in a table. */
function failingAfter(db: CastDatabase['handle']['db'], table: 'journal', insertions: number) {
  let left = insertions
  const guard = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(object, key) {
        const value = Reflect.get(object, key, object) as unknown
        if (typeof value !== 'function') return value
        if (key === 'transaction') {
          return (work: (tx: object) => unknown) => value.call(object, (tx: object) => work(guard(tx)))
        }
        if (key === 'insert') {
          return (into: unknown) => {
            if (into === journal && --left < 0) throw new Error(`interrupted in ${table}`)
            return value.call(object, into)
          }
        }
        return value.bind(object)
      },
    })
  return guard(db)
}
