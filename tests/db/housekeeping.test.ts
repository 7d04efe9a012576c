import { PGlite } from '@electric-sql/pglite'
import { afterAll, describe, expect, it } from 'vitest'
import { shortenLog, tidyOneTable } from '#db/housekeeping.ts'

describe('the housekeeping of the embedded database', () => {
  const opening = PGlite.create()
  afterAll(async () => (await opening).close())

  it('frees the rows that are dead, table by table, then has nothing to do', async () => {
    const client = await opening
    await client.exec(`
      create table journal_like (id int primary key, content text);
      create table quiet (id int primary key)`)
    const pages = async () => {
      const { rows } = await client.query<{ bytes: number }>("select pg_relation_size('journal_like') as bytes")
      return rows[0]?.bytes ?? 0
    }
    const fill = () =>
      client.exec("insert into journal_like select n, repeat('x', 100) from generate_series(1, 5000) n")
    await fill()
    const once = await pages()
    for (let n = 0; n < 4; n++) {
      await client.exec('delete from journal_like')
      expect(await tidyOneTable(client)).toBe('public.journal_like')
      await fill()
    }
    expect(await pages()).toBe(once)
    expect(await tidyOneTable(client)).toBe('public.journal_like')
    expect(await tidyOneTable(client)).toBeNull()
  })

  it('ends the growth of the log of the database', async () => {
    const client = await opening
    await client.exec('create table written (content text)')
    const files = async () => {
      const { rows } = await client.query<{ files: number }>('select count(*)::int as files from pg_ls_waldir()')
      return rows[0]?.files ?? 0
    }
    const counts = []
    for (let n = 0; n < 6; n++) {
      await client.exec("insert into written select repeat('y', 1000) from generate_series(1, 35000)")
      expect(await shortenLog(client)).toBe(true)
      expect(await shortenLog(client)).toBe(false)
      await client.exec('truncate written')
      counts.push(await files())
    }
    expect(counts.at(-1)).toBe(counts.at(-3))
  })
})
