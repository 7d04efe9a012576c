import { asc, eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, rowsOf } from '#db/client.ts'
import { registerEvents, registerHeads } from '#db/schema/index.ts'
import { appendToRegister, verifyRegister } from '#server/domain/decisions/register.ts'
import { type CastDatabase, cast, castDatabase, castNow } from '../cast.ts'
import { databaseKinds } from '../setup/database.ts'

describe.each(databaseKinds())('[M32] the register of decisions on %s', kind => {
  let demo: CastDatabase
  let consortiumId: string
  beforeAll(async () => {
    demo = await castDatabase(kind)
    consortiumId = (await demo.actorOf(cast.chef)).consortiumId
  })
  afterAll(() => demo.close())

  const check = () => verifyRegister(demo.handle.db, consortiumId)
  const events = () =>
    demo.handle.db
      .select()
      .from(registerEvents)
      .where(eq(registerEvents.consortiumId, consortiumId))
      .orderBy(asc(registerEvents.rank))

  it('is one chain for each consortium, from its first event to its head', async () => {
    const rows = await events()
    const [head] = await demo.handle.db.select().from(registerHeads).where(eq(registerHeads.consortiumId, consortiumId))
    expect(rows.map(row => row.rank)).toEqual(rows.map((_, n) => n + 1))
    expect(rows[0]?.previousHash).toBe('0'.repeat(64))
    expect(rows.slice(1).map(row => row.previousHash)).toEqual(rows.slice(0, -1).map(row => row.hash))
    expect(head).toMatchObject({ rank: rows.length, hash: rows.at(-1)?.hash })
    expect(await check()).toEqual({ events: rows.length, firstBroken: null })
  })

  it('grows one event at a time, whoever appends at the same instant', async () => {
    const before = (await check()).events
    const [first] = await events()
    const by = await demo.accountIdOf(cast.chef)
    await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        demo.handle.db.transaction(tx =>
          appendToRegister(tx, {
            consortiumId,
            decisionId: first?.decisionId ?? '',
            kind: 'placed_on_agenda',
            payload: { n },
            at: castNow,
            by,
          }),
        ),
      ),
    )
    expect(await check()).toEqual({ events: before + 6, firstBroken: null })
  })

  it.each([
    ['a payload', sql`update register_events set payload = '{"result":"adoptee"}'::jsonb where rank = 5`, 5],
    [
      'an author',
      sql`update register_events set by = (select id from accounts where is_administrateur) where rank = 4`,
      4,
    ],
    ['an instant', sql`update register_events set at = at + interval '1 day' where rank = 6`, 6],
    ['a kind', sql`update register_events set kind = 'withdrawn' where rank = 3`, 3],
    ['a salt', sql`update register_events set salt = 'AAAA' where rank = 2`, 2],
    ['a missing event', sql`delete from register_events where rank = 7`, 7],
    ['the last event', sql`delete from register_events where rank = (select max(rank) from register_events)`, null],
  ])('shows that %s was tampered with by somebody who could silence the database', async (_, tampering, broken) => {
    const { events: total } = await check()
    // What an intruder with every right on the database could do, undone at the end of the test.
    const found = await undone(async tx => {
      await rowsOf(tx, sql`alter table register_events disable trigger user`)
      await rowsOf(tx, tampering)
      return verifyRegister(tx, consortiumId)
    })
    expect(found.firstBroken).toBe(broken ?? total)
    expect((await check()).firstBroken).toBeNull()
  })

  it('shows that its end was cut off, head included', async () => {
    const found = await undone(async tx => {
      await rowsOf(tx, sql`alter table register_events disable trigger user`)
      await rowsOf(tx, sql`update register_heads set hash = ${'f'.repeat(64)}`)
      return verifyRegister(tx, consortiumId)
    })
    expect(found.firstBroken).toBe(found.events + 1)
  })

  /** Works in a transaction that is rolled back. */
  async function undone<Result>(work: (tx: Database) => Promise<Result>): Promise<Result> {
    try {
      return await demo.handle.db.transaction(async tx => {
        throw new Undo(await work(tx))
      })
    } catch (error) {
      if (error instanceof Undo) return error.result as Result
      throw error
    }
  }
})

/** Carries a result out of a transaction that must not last. */
class Undo extends Error {
  readonly result: unknown
  constructor(result: unknown) {
    super('undo')
    this.result = result
  }
}
