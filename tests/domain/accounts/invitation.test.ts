import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { accountLinks, accounts, mandates } from '#db/schema/index.ts'
import { Invalid, TooManyTries } from '#server/errors.ts'
import { type CastDatabase, cast, castDatabase, castNow } from '../../cast.ts'
import { databaseKinds } from '../../setup/database.ts'
import { invited, leaving, secretOf } from './people.ts'

const password = 'cerisier horloge tambour granit'

describe.each(databaseKinds())('an invitation, on %s', kind => {
  let demo: CastDatabase
  let accountId: string
  let token: string
  beforeAll(async () => {
    demo = await castDatabase(kind)
  })
  afterAll(() => demo.close())
  beforeEach(async () => {
    demo.clock.set(castNow)
    accountId = await invited(demo, cast.membre)
    token = secretOf(await leaving(demo, accountId, 'invitation'))
  })

  const accept = (given = token, address = '10.0.0.1') =>
    demo.services.accounts.acceptInvitation({ token: given, password, address })
  const show = () => demo.services.accounts.invitationPage(token)

  it('shows who invites to what, as often as one likes, and consumes nothing', async () => {
    for (const _ of [1, 2, 3]) {
      const page = await show()
      expect(page?.email).toBe(cast.membre)
      expect(page?.passwordLength).toBe(12)
      expect(page?.consortia.map(({ by, rights }) => [by.length > 0, rights.length > 0])).toEqual([[true, true]])
    }
    expect(await accept()).toMatchObject({ accountId })
  })

  it('is not an attack on its address when the password is too weak: only links that nobody was sent are', async () => {
    const address = '10.9.0.3'
    const weak = () => demo.services.accounts.acceptInvitation({ token, password: 'azertyuiop12', address })
    for (let n = 0; n < 7; n += 1) await expect(weak()).rejects.toThrow(Invalid)
    expect(await accept(token, address)).toMatchObject({ accountId })
  })

  it('serves once: of two acceptations at once, exactly one wins', async () => {
    const answers = await Promise.all([accept(), accept(), accept()])
    expect(answers.filter(answer => answer !== null)).toMatchObject([{ accountId }])
    expect(await show()).toBeNull()
    expect(await accept()).toBeNull()
    const signedIn = { email: cast.membre, password, address: '10.0.0.1' }
    expect(await demo.services.sessions.signIn(signedIn)).toMatchObject({ accountId })
  })

  it('is one of those that left twice: the first that serves kills the other', async () => {
    const other = secretOf(await leaving(demo, accountId, 'invitation'))
    expect(other).not.toBe(token)
    expect(await demo.services.accounts.invitationPage(other)).not.toBeNull()
    const answers = await Promise.all([accept(token), accept(other)])
    expect(answers.filter(Boolean)).toHaveLength(1)
  })

  it('expires after fourteen days, by the clock', async () => {
    demo.clock.set(new Date(castNow.getTime() + 14 * 24 * 3600_000 - 1))
    expect(await show()).not.toBeNull()
    demo.clock.set(new Date(castNow.getTime() + 14 * 24 * 3600_000))
    expect(await show()).toBeNull()
    expect(await accept()).toBeNull()
  })

  it('dies with the last mandate, by the clock, and its mail with it', async () => {
    const before = await demo.handle.db.select().from(mandates).where(eq(mandates.accountId, accountId))
    await demo.handle.db.update(mandates).set({ endsOn: '2027-03-12' }).where(eq(mandates.accountId, accountId))
    expect(await show()).not.toBeNull()
    demo.clock.set(new Date('2027-03-12T23:00:00Z'))
    expect(await show()).toBeNull()
    expect(await accept()).toBeNull()
    expect(await leaving(demo, accountId, 'invitation')).toBeNull()
    for (const { id, endsOn } of before) {
      await demo.handle.db.update(mandates).set({ endsOn }).where(eq(mandates.id, id))
    }
  })

  it('dies with a suspension', async () => {
    await demo.handle.db.update(accounts).set({ suspendedAt: castNow }).where(eq(accounts.id, accountId))
    expect(await show()).toBeNull()
    expect(await accept()).toBeNull()
    expect(await leaving(demo, accountId, 'invitation')).toBeNull()
    await demo.handle.db.update(accounts).set({ suspendedAt: null }).where(eq(accounts.id, accountId))
  })

  it('keeps no token, and asks for a password that is good enough for what the person may do', async () => {
    const rows = await demo.handle.db.select().from(accountLinks).where(eq(accountLinks.accountId, accountId))
    expect(JSON.stringify(rows)).not.toContain(token)
    const { acceptInvitation } = demo.services.accounts
    for (const weak of ['court', 'aaaaaaaaaaaaaaaa', 'motdepasse12', `${cast.membre.split('@')[0]}-2027`]) {
      const answer = acceptInvitation({ token, password: weak, address: `10.0.1.${weak.length}` })
      await expect(answer, weak).rejects.toThrow(/Invalid|Ce mot de passe/)
      if (weak === 'aaaaaaaaaaaaaaaa') break
    }
    const chefId = await invited(demo, cast.chef)
    const chefToken = secretOf(await leaving(demo, chefId, 'invitation'))
    const twelve = { token: chefToken, password: 'Xk4$9qLm2#vT', address: '10.0.0.2' }
    await expect(acceptInvitation(twelve)).rejects.toThrow(Invalid)
    expect((await demo.services.accounts.invitationPage(chefToken))?.passwordLength).toBe(16)
  })

  it('is not tried without end', async () => {
    for (const _ of [1, 2, 3, 4, 5]) expect(await accept('un-jeton', '10.0.9.9')).toBeNull()
    await expect(accept('un-jeton', '10.0.9.9')).rejects.toThrow(TooManyTries)
  })
})
