import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { accounts } from '#db/schema/index.ts'
import { Conflict, Invalid } from '#server/errors.ts'
import { type CastDatabase, cast, castDatabase, castNow, castPassword } from '../../cast.ts'
import { databaseKinds } from '../../setup/database.ts'
import { leaving, personOf, secretOf } from './people.ts'

describe.each(databaseKinds())('a change of address, on %s', kind => {
  let demo: CastDatabase
  beforeAll(async () => {
    demo = await castDatabase(kind)
  })
  afterAll(() => demo.close())
  beforeEach(() => demo.clock.set(castNow))

  const address = '10.0.0.1'
  const emailOf = async (accountId: string) =>
    (await demo.handle.db.select().from(accounts).where(eq(accounts.id, accountId)))[0]?.email

  async function requested(email: string, newEmail: string) {
    const person = await personOf(demo, email)
    await demo.services.accounts.requestEmailChange(person, { email: newEmail, current: castPassword, address })
    const old = await leaving(demo, person.accountId, 'ancienne_adresse')
    const next = await leaving(demo, person.accountId, 'nouvelle_adresse')
    return { person, old, next, oldToken: secretOf(old), newToken: next ? secretOf(next) : '' }
  }

  it('is made once both addresses have confirmed, each once', async () => {
    const { person, old, next, oldToken, newToken } = await requested(cast.membre, ' Nouvelle@Tarn.test ')
    expect([old?.to, next?.to]).toEqual([undefined, 'nouvelle@tarn.test'])
    const { confirmEmailChange, emailChangeLinkPage, emailPage } = demo.services.accounts
    expect(await emailChangeLinkPage(newToken)).toMatchObject({ which: 'nouvelle', otherConfirmed: false })
    expect(await confirmEmailChange({ token: newToken, address })).toBe('waiting')
    expect(await confirmEmailChange({ token: newToken, address })).toBeNull()
    expect(await emailOf(person.accountId)).toBe(cast.membre)
    expect((await emailPage(person)).pending).toMatchObject({ oldConfirmed: false, newConfirmed: true })
    const both = [1, 2].map(() => confirmEmailChange({ token: oldToken, address }))
    expect((await Promise.all(both)).filter(Boolean)).toEqual(['changed'])
    expect(await emailOf(person.accountId)).toBe('nouvelle@tarn.test')
    expect((await leaving(demo, person.accountId, 'adresse_changee'))?.paragraphs[0]).toContain('nouvelle@tarn.test')
    expect((await emailPage(person)).pending).toBeNull()
  })

  it('is refused from the old address, cancelled from the profile, replaced by another one', async () => {
    const first = await requested(cast.membreOffre, 'un@tarn.test')
    const { refuseEmailChange, confirmEmailChange, cancelEmailChange } = demo.services.accounts
    expect(await refuseEmailChange({ token: first.oldToken, address })).toBe('cancelled')
    expect(await confirmEmailChange({ token: first.newToken, address })).toBeNull()
    const second = await requested(cast.membreOffre, 'deux@tarn.test')
    const third = await requested(cast.membreOffre, 'trois@tarn.test')
    expect(await confirmEmailChange({ token: second.newToken, address })).toBeNull()
    await cancelEmailChange(third.person)
    await expect(cancelEmailChange(third.person)).rejects.toThrow(Conflict)
    expect(await confirmEmailChange({ token: third.oldToken, address })).toBeNull()
    expect(await leaving(demo, third.person.accountId, 'nouvelle_adresse')).toBeNull()
    expect(await emailOf(third.person.accountId)).toBe(cast.membreOffre)
  })

  it('expires after two days, by the clock', async () => {
    const { oldToken } = await requested(cast.membreStrategique, 'autre@tarn.test')
    demo.clock.pass(48 * 60)
    expect(await demo.services.accounts.emailChangeLinkPage(oldToken)).toBeNull()
    expect(await demo.services.accounts.confirmEmailChange({ token: oldToken, address })).toBeNull()
  })

  it('does not say whether another account has the address, and never gives it to two', async () => {
    const taken = await requested(cast.copiloteOffre, cast.chef)
    expect(taken.next).toBeNull()
    const racing = await requested(cast.copiloteNumerique, 'course@tarn.test')
    expect(await demo.services.accounts.confirmEmailChange({ token: racing.oldToken, address })).toBe('waiting')
    const other = await demo.accountIdOf(cast.observateur)
    await demo.handle.db.update(accounts).set({ email: 'course@tarn.test' }).where(eq(accounts.id, other))
    expect(await demo.services.accounts.confirmEmailChange({ token: racing.newToken, address })).toBe('taken')
    expect(await emailOf(racing.person.accountId)).toBe(cast.copiloteNumerique)
  })

  it('is made by an administrateur for who has lost the old address', async () => {
    const administrateur = await personOf(demo, cast.administrateur)
    const accountId = await demo.accountIdOf(cast.prestataire)
    const { changeEmailFor } = demo.services.accounts
    await expect(changeEmailFor(administrateur, { accountId, email: cast.chef })).rejects.toThrow(Invalid)
    await changeEmailFor(administrateur, { accountId, email: 'Retrouvee@tarn.test' })
    expect(await emailOf(accountId)).toBe('retrouvee@tarn.test')
  })
})
