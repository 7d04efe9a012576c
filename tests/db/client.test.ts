import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { constraintName, type DatabaseHandle, rowsOf, sqlState } from '#db/client.ts'
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
