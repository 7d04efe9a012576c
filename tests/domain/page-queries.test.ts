import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '#db/client.ts'
import type { AwaitingList } from '#server/domain/home/awaiting.ts'
import { mostAwaiting, mostNextMeetings } from '#server/domain/home/how-many.ts'
import { NotFound } from '#server/errors.ts'
import { createServices, type Services } from '#server/services.ts'
import { type CastDatabase, cast, castDatabase } from '../cast.ts'
import { databaseKinds } from '../setup/database.ts'

/** What a page asks of the services once the session is read and the person has entered, and how many statements it may run. */
const pages: Record<string, { most: number; ask: (services: Services, entry: Entry) => Promise<unknown> }> = {
  home: { most: 3, ask: (services, { actor }) => services.home.awaiting(actor) },
  instance: { most: 1, ask: (services, { actor }) => services.governance.instancePage(actor, 'parcours') },
  minutes: { most: 1, ask: (services, { actor, sealed }) => services.minutes.minutesPage(actor, sealed) },
  register: { most: 1, ask: (services, { actor }) => services.decisions.decisionRegister(actor) },
  instances: { most: 3, ask: (services, { actor }) => services.governance.governanceMap(actor) },
  access: {
    most: 6,
    ask: (services, { actor, sealed }) => services.access.accessPage(actor, { kind: 'compte-rendu', id: sealed }),
  },
  representation: {
    most: 1,
    ask: (services, { actor }) => services.representation.representationMatrix(actor, { day: actor.today }),
  },
  directory: { most: 2, ask: (services, { actor }) => services.representation.directory(actor) },
  chart: { most: 1, ask: (services, { actor }) => services.representation.organisationChart(actor) },
  meetings: { most: 3, ask: (services, { actor }) => services.meetings.meetingEntries(actor) },
}

type Entry = Awaited<ReturnType<Services['consortia']['enter']>> & { sealed: string }

const readers = ['chef', 'copilote1', 'membre', 'presidentStrategique', 'prestataire'] as const

describe.each(databaseKinds())('the statements that a page runs on %s', kind => {
  let demo: CastDatabase
  let statements: number
  let services: Services
  let sealed: string
  beforeAll(async () => {
    demo = await castDatabase(kind)
    const counted = counting(demo.handle.db, () => statements++)
    services = createServices({ ...demo.context, db: counted }, { secureCookies: false })
    const [row] = await demo.handle.rows<{ id: string }>(
      sql`select m.id from minutes m join meetings r on r.id = m.meeting_id join instances i on i.id = r.instance_id
        where i.slug = 'parcours' and m.state = 'diffuse' order by r.starts_at limit 1`,
    )
    sealed = row?.id ?? ''
  })
  afterAll(() => demo.close())

  it('are one for the session and all of a person’s rights', async () => {
    const cookie = (await services.sessions.open(await demo.accountIdOf(cast.copilote1))).split(';')[0]
    const enter = async (slug: string) => {
      const account = await services.sessions.accountOf(cookie)
      if (!account) throw new Error('a session is open')
      await services.consortia.enter(account, slug)
    }
    expect(await countOf(() => enter('tarn'))).toBe(1)
    // The same work for a consortium that is not theirs, and for one that does not exist.
    for (const slug of ['var', 'nulle-part']) {
      expect(await countOf(() => expect(enter(slug)).rejects.toThrow(NotFound))).toBe(1)
    }
  })

  it('are three at most, as many with ten times the data', async () => {
    const before = await counts()
    for (const [page, found] of Object.entries(before)) {
      expect(found, page).toBeLessThanOrEqual(pages[page.split(' ')[0] ?? '']?.most ?? 0)
      expect(found, page).toBeGreaterThan(0)
    }
    await tenfold()
    expect(await counts()).toEqual(before)
  })

  it('say which lists of the home page are cut, and show no more than the page holds', async () => {
    const cutSomewhere = new Set<string>()
    for (const reader of readers) {
      const { actor } = await services.consortia.enter({ accountId: await demo.accountIdOf(cast[reader]) }, 'tarn')
      const { cut, ...lists } = await services.home.awaiting(actor)
      for (const [name, list] of Object.entries(lists)) {
        const most = name === 'nextMeetings' ? mostNextMeetings : mostAwaiting
        expect(list.length, name).toBeLessThanOrEqual(most)
        if (cut.includes(name as AwaitingList)) cutSomewhere.add(name)
        // Both are parts of one list of minutes in proofreading.
        if (name === 'toApprove' || name === 'toValidate') continue
        if (cut.includes(name as AwaitingList)) expect(list.length, name).toBe(most)
      }
    }
    expect([...cutSomewhere]).not.toEqual([])
  })

  it('walk through a long list forth and back, each row once, filtered or not', async () => {
    const entry = await services.consortia.enter({ accountId: await demo.accountIdOf(cast.chef) }, 'tarn')
    for (const instanceSlug of [undefined, 'parcours']) {
      const page = (at: { after?: string | null; before?: string | null }) =>
        services.decisions.decisionRegister(entry.actor, { instanceSlug, ...at })
      const pagesForth = [await page({})]
      for (let next = pagesForth[0]?.next; next; next = pagesForth.at(-1)?.next)
        pagesForth.push(await page({ after: next }))
      const ids = (walked: typeof pagesForth) => walked.map(({ lines }) => lines.map(({ id }) => id))
      const all = ids(pagesForth).flat()
      expect(pagesForth.length).toBeGreaterThan(2)
      expect(new Set(all).size).toBe(all.length)
      expect(pagesForth[0]?.previous).toBeNull()

      const pagesBack = [await page({ before: pagesForth.at(-1)?.previous })]
      for (let back = pagesBack[0]?.previous; back; back = pagesBack[0]?.previous)
        pagesBack.unshift(await page({ before: back }))
      expect(ids(pagesBack)).toEqual(ids(pagesForth.slice(0, -1)))
    }
  })

  async function counts(): Promise<Record<string, number>> {
    const found: Record<string, number> = {}
    for (const reader of readers) {
      const entry = await services.consortia.enter({ accountId: await demo.accountIdOf(cast[reader]) }, 'tarn')
      for (const [page, { ask }] of Object.entries(pages)) {
        found[`${page} as ${reader}`] = await countOf(() => ask(services, { ...entry, sealed }))
      }
    }
    return found
  }

  async function countOf(work: () => Promise<unknown>): Promise<number> {
    statements = 0
    await work()
    return statements
  }

  /** Nine more of each meeting, with its minutes, text, agreements and recipients, and of each decision and action. */
  async function tenfold(): Promise<void> {
    const { rows } = demo.handle
    await rows(sql`create table copies as
      select m.id as old, n, gen_random_uuid() as meeting, gen_random_uuid() as minutes from meetings m, generate_series(1, 9) n`)
    const columns = {
      meetings: { id: 'c.meeting', previous_meeting_id: 'null', replaced_by_id: 'null' },
      minutes: { id: 'c.minutes', meeting_id: 'c.meeting' },
      live_texts: { id: 'gen_random_uuid()', minutes_id: 'c.minutes' },
      minutes_approvals: { id: 'gen_random_uuid()', minutes_id: 'c.minutes' },
      minutes_recipients: { id: 'gen_random_uuid()', minutes_id: 'c.minutes' },
      decisions: { id: 'gen_random_uuid()', minutes_id: 'c.minutes', number_year: 'null', number_rank: 'null' },
      action_items: { id: 'gen_random_uuid()', minutes_id: 'c.minutes' },
    }
    for (const [table, changed] of Object.entries(columns)) {
      const names = await rows<{ name: string }>(
        sql`select column_name as name from information_schema.columns where table_name = ${table} and table_schema = 'public'`,
      )
      const given = names.map(({ name }) => (changed as Record<string, string>)[name] ?? `t.${name}`)
      const meeting = table === 'meetings' ? 't.id' : table === 'minutes' ? 't.meeting_id' : 'k.meeting_id'
      const through = meeting.startsWith('t.') ? '' : 'join minutes k on k.id = t.minutes_id'
      const before = await rows<{ total: number }>(sql.raw(`select count(*) as total from ${table}`))
      await rows(
        sql.raw(
          `insert into ${table} (${names.map(({ name }) => name).join(', ')})
           select ${given.join(', ')} from ${table} t ${through} join copies c on c.old = ${meeting}`,
        ),
      )
      const after = await rows<{ total: number }>(sql.raw(`select count(*) as total from ${table}`))
      expect(Number(after[0]?.total), table).toBe(10 * Number(before[0]?.total))
    }
  }
})

/** A handle that says when a statement is sent: nothing of the product is made for it. */
function counting(db: Database, onStatement: () => void): Database {
  const session = (db as unknown as { session: object }).session
  const counted = new Proxy(session, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key)
      if (key !== 'prepareQuery' || typeof value !== 'function') return value
      return (...args: unknown[]) => {
        onStatement()
        return value.apply(target, args) as unknown
      }
    },
  })
  const copy = Object.create(db) as Record<string, unknown>
  copy.session = counted
  return copy as unknown as Database
}
