import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { errorForLog } from '#server/log.ts'
import { databaseKinds, testDatabase } from '../setup/database.ts'

describe('an error in the log', () => {
  it.each(databaseKinds())('shows a query that failed on %s without what people wrote', async kind => {
    const handle = await testDatabase(kind)
    const secret = 'Mme Durand, allocataire 1234567'
    const queries = [
      sql`select ${secret}::uuid`,
      sql`insert into accounts (email, given_name, family_name, created_at) values (${secret}, '', '', now())`,
    ]
    for (const query of queries) {
      const error = await handle.rows(query).catch((thrown: unknown) => thrown)
      const shown = JSON.stringify(errorForLog(new Error('not saved', { cause: error })))
      expect(shown).not.toContain('Durand')
      expect(shown).toMatch(/Error: not saved: Failed query: (select|insert) .*ERROR 2[\dA-Z]{4}/)
      expect(shown).toContain('log.test.ts')
    }
    expect(JSON.stringify(errorForLog(await handle.rows(queries[1] ?? sql``).catch(each => each)))).toContain(
      'accounts_email_normalized',
    )
    await handle.close()
  })

  it('shows any other error with its message, its place and its causes', () => {
    const shown = errorForLog(new TypeError('no such thing', { cause: new Error('disk full') }))
    expect(shown).toMatchObject({ type: 'TypeError', message: 'TypeError: no such thing: Error: disk full' })
    expect((shown as { stack: string }).stack).toMatch(/no such thing\n +at [\s\S]+caused by: Error: disk full\n +at /)
    expect(errorForLog({ status: 404 })).toEqual({ status: 404 })
  })
})
