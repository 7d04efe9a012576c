import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accounts, mandates } from '#db/schema/index.ts'
import { parisInstant } from '#server/calendar.ts'
import { type CastDatabase, cast, castDatabase } from '../cast.ts'
import { databaseKinds } from '../setup/database.ts'
import { personOf } from './person.ts'

describe.each(databaseKinds())('the list of accounts, on %s', kind => {
  let world: CastDatabase
  beforeAll(async () => {
    world = await castDatabase(kind)
  })
  afterAll(() => world.close())

  const withoutRight = async () => {
    const person = await personOf(world, cast.administrateur)
    const list = await world.services.administration.accountList(person, { state: 'sans_droit' })
    return list.accounts.map(({ email }) => email)
  }
  const account = async (email: string, createdOn: string) => {
    const createdAt = parisInstant(createdOn, '09:00')
    await world.handle.db.insert(accounts).values({ email, givenName: 'Zoé', familyName: 'Zimmer', createdAt })
  }

  it('finds who has had neither mandate nor function for more than twelve months, to be kept or erased', async () => {
    const { db } = world.handle
    expect(await withoutRight()).toEqual([])
    const ancien = await world.accountIdOf(cast.ancien)
    const membre = await world.accountIdOf(cast.membre)
    const longAgo = { createdAt: parisInstant('2024-01-08', '09:00') }
    for (const id of [ancien, membre]) await db.update(accounts).set(longAgo).where(eq(accounts.id, id))
    const endsOn = (day: string) =>
      db.update(mandates).set({ startsOn: '2024-01-08', endsOn: day }).where(eq(mandates.accountId, ancien))
    await account('jamais.designee@tarn.test', '2026-01-05')
    await account('recente@tarn.test', '2026-06-01')

    // It is 12 March 2027.
    await endsOn('2026-03-12')
    expect(await withoutRight()).toEqual(['jamais.designee@tarn.test'])
    await endsOn('2026-03-11')
    expect((await withoutRight()).sort()).toEqual([cast.ancien, 'jamais.designee@tarn.test'])
    await db.update(accounts).set({ erasedAt: world.clock.now() }).where(eq(accounts.id, ancien))
    expect(await withoutRight()).toEqual(['jamais.designee@tarn.test'])
  })
})
