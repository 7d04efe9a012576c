import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { constraintName, type Database, type DatabaseHandle, rowsOf, sqlState, type Transaction } from '#db/client.ts'
import { accounts } from '#db/schema/index.ts'
import { databaseKinds, testDatabase } from '../setup/database.ts'

const NOW = new Date('2027-03-12T13:00:00.123Z')

describe.each(databaseKinds())('the database client on %s', kind => {
  let handle: DatabaseHandle

  beforeAll(async () => {
    handle = await testDatabase(kind)
  })
  afterAll(() => handle.close())

  it('reads raw rows the same way on both drivers', async () => {
    const rows = await handle.rows(sql`
      select 12::bigint as small, 9007199254740993::bigint as large, count(*) as counted, 1.50::numeric as amount,
        '2027-03-12T14:00:00+01'::timestamptz as instant, date '2027-03-12' as day, '\\x00ff'::bytea as bytes,
        '{"a": [1]}'::jsonb as json, array['x', 'y'] as list, null as nothing
      from accounts`)
    expect(rows).toEqual([
      {
        small: 12,
        large: 9007199254740993n,
        counted: 0,
        amount: '1.50',
        instant: '2027-03-12 13:00:00+00',
        day: '2027-03-12',
        bytes: new Uint8Array([0, 255]),
        json: { a: [1] },
        list: ['x', 'y'],
        nothing: null,
      },
    ])
  })

  it('takes dates, bytes and objects as parameters of a raw query', async () => {
    const rows = await handle.rows(sql`
      select ${NOW}::timestamptz as instant, ${new Uint8Array([1, 2])}::bytea as bytes, ${{ a: 1 }}::jsonb as json`)
    expect(rows).toEqual([{ instant: '2027-03-12 13:00:00.123+00', bytes: new Uint8Array([1, 2]), json: { a: 1 } }])
  })

  it('gives instants back as the Date that went in', async () => {
    const [account] = await handle.db.insert(accounts).values(someone('date@tarn.test')).returning()
    expect(account?.createdAt).toEqual(NOW)
  })

  it('names the violated constraint and its SQLSTATE', async () => {
    await handle.db.insert(accounts).values(someone('twice@tarn.test'))
    const error = await handle.db
      .insert(accounts)
      .values(someone('twice@tarn.test'))
      .catch((each: unknown) => each)
    expect(constraintName(error)).toBe('accounts_email_unique')
    expect(sqlState(error)).toBe('23505')
    expect(constraintName(new Error('other'))).toBeNull()
    expect(sqlState('not an error')).toBeNull()
  })

  it('rolls a failed transaction back', async () => {
    await expect(
      handle.db.transaction(async tx => {
        await tx.insert(accounts).values(someone('undone@tarn.test'))
        expect(await rowsOf(tx, sql`select 1 from accounts where email = 'undone@tarn.test'`)).toHaveLength(1)
        throw new Error('stop')
      }),
    ).rejects.toThrow('stop')
    expect(await handle.rows(sql`select 1 from accounts where email = 'undone@tarn.test'`)).toEqual([])
  })

  it('reads, refuses and rolls back alike when a statement comes back, in a transaction or not', async () => {
    const read = (executor: Database | Transaction, day: string | null) =>
      rowsOf(
        executor,
        sql`select ${NOW}::timestamptz as instant, ${day}::date as day, ${new Uint8Array([0, 39])}::bytea as bytes,
          ${"l’été d'un \\ « $1 »"}::text as words, ${true}::boolean as yes, ${12}::bigint + 1 as sum, ${{ a: "'" }}::jsonb as json`,
      )
    const first = await read(handle.db, '2027-03-12')
    expect(first).toMatchObject([{ day: '2027-03-12', bytes: new Uint8Array([0, 39]), yes: true, sum: 13 }])
    for (let time = 0; time < 7; time++) expect(await read(handle.db, '2027-03-12')).toEqual(first)
    expect(await handle.db.transaction(tx => read(tx, '2027-03-12'))).toEqual(first)
    expect(await read(handle.db, null)).toEqual([{ ...first[0], day: null }])

    const add = (executor: Database | Transaction, email: string) =>
      executor
        .insert(accounts)
        .values(someone(email))
        .returning({ email: accounts.email, createdAt: accounts.createdAt })
    for (const n of [1, 2, 3]) expect(await add(handle.db, `many${n}@tarn.test`)).toMatchObject([{ createdAt: NOW }])
    const refused = await add(handle.db, 'many1@tarn.test').catch((each: unknown) => each)
    expect([constraintName(refused), sqlState(refused)]).toEqual(['accounts_email_unique', '23505'])
    await expect(
      handle.db.transaction(async tx => {
        await add(tx, 'many4@tarn.test')
        await add(tx, 'many1@tarn.test')
      }),
    ).rejects.toThrow()
    expect(await handle.rows(sql`select 1 from accounts where email like 'many%'`)).toHaveLength(3)
    const nul = await add(handle.db, 'nul\0@tarn.test').catch((each: unknown) => each)
    expect(sqlState(nul)).toBe('22021')
  })

  it('runs a statement in a transaction while the same one waits outside to be prepared', async () => {
    const read = (executor: Database | Transaction) => rowsOf(executor, sql`select ${7}::int as once_more`)
    await read(handle.db)
    const inside = handle.db.transaction(async tx => {
      await new Promise(setImmediate)
      return read(tx)
    })
    const outside = new Promise(setImmediate).then(() => read(handle.db))
    expect(await Promise.all([inside, outside])).toEqual([[{ once_more: 7 }], [{ once_more: 7 }]])
  })

  it('sorts French with the icu collation', async () => {
    const rows = await handle.rows<{ word: string }>(sql`
      select word from unnest(array['Zoé', 'élan', 'Eau', 'abbé']) as word order by word collate "und-x-icu"`)
    expect(rows.map(row => row.word)).toEqual(['abbé', 'Eau', 'élan', 'Zoé'])
  })
})

describe.runIf(databaseKinds().includes('pglite'))('PGlite', () => {
  it('refuses the outer handle inside a transaction, instead of waiting for ever', async () => {
    const handle = await testDatabase('pglite')
    await expect(handle.db.transaction(() => handle.rows(sql`select 1`))).rejects.toMatchObject({
      cause: { message: expect.stringContaining('would wait for ever') },
    })
    expect(await handle.rows(sql`select 1 as one`)).toEqual([{ one: 1 }])
    await handle.close()
  })
})

function someone(email: string) {
  return { email, givenName: 'Odile', familyName: 'Vayssière', createdAt: NOW }
}
