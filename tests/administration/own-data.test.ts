import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accounts } from '#db/schema/index.ts'
import { type CastDatabase, cast, castDatabase } from '../cast.ts'
import { databaseKinds } from '../setup/database.ts'
import { personOf } from './person.ts'

describe.each(databaseKinds())('everything held about oneself, on %s', kind => {
  let world: CastDatabase
  beforeAll(async () => {
    world = await castDatabase(kind)
  })
  afterAll(() => world.close())

  const dataOf = async (email: string) => world.services.personalData.ownData(await personOf(world, email))

  it('holds the account, the mandates, the presences, the agreements, what was received and what was done', async () => {
    const parts = new Map((await dataOf(cast.copilote1)).map(({ title, rows }) => [title, rows]))
    expect(parts.get('Compte')?.[0]).toMatchObject({
      Prénom: 'Hélène',
      Nom: 'Castagné',
      'Adresse électronique': cast.copilote1,
    })
    expect(parts.get('Mandats')?.[0]).toMatchObject({ Fonction: 'Copilote', 'Porte la voix': true })
    for (const title of [
      'Présences',
      'Accords sur des comptes rendus',
      'Comptes rendus reçus',
      'Invitations à des réunions',
      'Vos actes au journal',
    ]) {
      expect(parts.get(title)?.length, title).toBeGreaterThan(0)
    }
  })

  it('names nobody else, whoever asks, and shows no secret', async () => {
    const everybody = await world.handle.db.select().from(accounts)
    for (const email of [cast.copilote1, cast.chef, cast.membre, cast.administrateur, cast.ancien]) {
      // What an action says is what somebody wrote: it stands in minutes that they read.
      const parts = (await dataOf(email)).filter(({ title }) => title !== 'Actions dont vous êtes chargé')
      const text = JSON.stringify(parts)
      for (const other of everybody.filter(account => account.email !== email)) {
        expect(text, `${email} / ${other.email}`).not.toContain(other.email)
        expect(text, `${email} / ${other.id}`).not.toContain(other.id)
      }
      const own = everybody.find(account => account.email === email)
      if (own?.passwordHash) expect(text).not.toContain(own.passwordHash)
      expect(text).not.toMatch(/argon2/i)
    }
  })
})
