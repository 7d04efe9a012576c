import { desc } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { journal, securityLog } from '#db/schema/index.ts'
import { type CastDatabase, cast, castDatabase, castPassword } from '../../cast.ts'
import { databaseKinds } from '../../setup/database.ts'
import { personOf } from './people.ts'

describe.each(databaseKinds())('the security log, on %s', kind => {
  let demo: CastDatabase
  beforeAll(async () => {
    demo = await castDatabase(kind)
  })
  afterAll(() => demo.close())

  const lines = async () =>
    (await demo.handle.db.select().from(securityLog).orderBy(desc(securityLog.at))).map(
      ({ event, accountId, address }) => `${event} ${accountId} ${address}`,
    )

  it('keeps sign-ins, refusals and sign-outs with where they came from; the journal keeps none of them', async () => {
    const accountId = await demo.accountIdOf(cast.membre)
    const journalled = (await demo.handle.db.select().from(journal)).length
    const { signIn, close } = demo.services.sessions
    await signIn({ email: cast.membre, password: castPassword, address: '10.1.0.1' })
    demo.clock.pass(1)
    await signIn({ email: cast.membre, password: 'non', address: '10.1.0.2' })
    demo.clock.pass(1)
    await signIn({ email: 'personne@tarn.test', password: 'non', address: '10.1.0.3' })
    demo.clock.pass(1)
    await close((await personOf(demo, cast.membre)).cookie, '10.1.0.4')
    await close('espace_spie=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', '10.1.0.5')
    expect(await lines()).toEqual([
      `deconnexion ${accountId} 10.1.0.4`,
      'connexion_refusee null 10.1.0.3',
      `connexion_refusee ${accountId} 10.1.0.2`,
      `connexion ${accountId} 10.1.0.1`,
    ])
    expect((await demo.handle.db.select().from(journal)).length).toBe(journalled)
  })

  it('is not for others to fill: five failures by account, fifty by address, then no line', async () => {
    const before = (await lines()).length
    const { signIn } = demo.services.sessions
    for (let n = 0; n < 8; n += 1) await signIn({ email: cast.chef, password: 'non', address: `10.2.0.${n}` })
    expect((await lines()).length - before).toBe(5)
    // Even the right password, for a quarter of an hour.
    expect(await signIn({ email: cast.chef, password: castPassword, address: '10.2.1.1' })).toBeNull()
    const many = Array.from({ length: 60 }, (_, n) => `nobody-${n}@tarn.test`)
    for (const email of many) await signIn({ email, password: 'non', address: '10.3.0.1' })
    expect((await lines()).length - before).toBe(55)
    const neighbour = { email: cast.membreOffre, password: castPassword }
    expect(await signIn({ ...neighbour, address: '10.3.0.1' })).toBeNull()
    expect(await signIn({ ...neighbour, address: '10.3.0.2' })).not.toBeNull()
  })
})
