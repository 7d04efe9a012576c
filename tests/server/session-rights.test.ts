import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NotFound } from '#server/errors.ts'
import { type CastDatabase, cast, castDatabase } from '../cast.ts'
import { databaseKinds } from '../setup/database.ts'

describe.each(databaseKinds())('the rights that a session brings, on %s', kind => {
  let demo: CastDatabase
  beforeAll(async () => {
    demo = await castDatabase(kind)
  })
  afterAll(() => demo.close())

  it('[H1] end at the next request, with the mandate, the account or the session', async () => {
    const { services, handle, clock } = demo
    const id = await demo.accountIdOf(cast.membre)
    const cookie = (await services.sessions.open(id)).split(';')[0]
    const enter = async () => {
      const account = await services.sessions.accountOf(cookie)
      if (!account) return 'signed out'
      return services.consortia.enter(account, 'tarn').then(
        () => 'in',
        error => (error instanceof NotFound ? 'not found' : error),
      )
    }
    expect(await enter()).toBe('in')

    await handle.rows(sql`
      update mandates set ends_on = '2027-03-12'
      where account_id = ${id} and (ends_on is null or ends_on > '2027-03-12')`)
    clock.set(new Date('2027-03-12T22:59:59Z'))
    expect(await enter()).toBe('in')
    clock.set(new Date('2027-03-12T23:00:00Z'))
    expect(await enter()).toBe('not found')
    clock.set(new Date('2027-03-12T13:32:00Z'))
    expect(await enter()).toBe('in')

    await handle.rows(sql`update accounts set suspended_at = now() where id = ${id}`)
    expect(await enter()).toBe('signed out')
    await handle.rows(sql`update accounts set suspended_at = null where id = ${id}`)
    expect(await enter()).toBe('in')

    await handle.rows(sql`update sessions set expires_at = now() - interval '1 second' where user_id = ${id}`)
    expect(await enter()).toBe('signed out')
  })
})
