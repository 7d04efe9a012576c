import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { accounts, journal, securityLog } from '#db/schema/index.ts'
import { Conflict, Invalid } from '#server/errors.ts'
import { type CastDatabase, cast, castDatabase, castNow, castPassword } from '../../cast.ts'
import { databaseKinds } from '../../setup/database.ts'
import { invited, leaving, personOf, secretOf } from './people.ts'

describe.each(databaseKinds())('a change of address, on %s', kind => {
  let demo: CastDatabase
  beforeAll(async () => {
    demo = await castDatabase(kind)
  })
  afterAll(() => demo.close())
  beforeEach(() => {
    demo.clock.set(castNow)
    Object.assign(demo.context.settings, { sendsMail: true })
  })

  const address = '10.0.0.1'
  const emailOf = async (accountId: string) =>
    (await demo.handle.db.select().from(accounts).where(eq(accounts.id, accountId)))[0]?.email

  const signIn = (email: string) => ({ email, password: castPassword, address })

  /** How many times, from now on, those who have a text open were judged again. */
  function recheckCount(): () => number {
    const recheck = vi.spyOn(demo.context.live, 'recheck')
    recheck.mockClear()
    return () => recheck.mock.calls.length
  }

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

  it('ends the other sessions, closes their texts, and tells the address that is left', async () => {
    const { person, oldToken, newToken } = await requested(cast.membreInstitutionnel, 'suite@tarn.test')
    const elsewhere = await personOf(demo, cast.membreInstitutionnel)
    const stranger = await personOf(demo, cast.membreRestreint)
    const { confirmEmailChange } = demo.services.accounts
    await confirmEmailChange({ token: newToken, address })
    const rechecks = recheckCount()
    const { sessionId } = person
    expect(await confirmEmailChange({ token: oldToken, address, sessionId })).toBe('changed')
    expect(rechecks()).toBe(1)
    const { accountOf } = demo.services.sessions
    expect(await accountOf(person.cookie)).not.toBeNull()
    expect(await accountOf(elsewhere.cookie)).toBeNull()
    expect(await accountOf(stranger.cookie)).not.toBeNull()
    const told = await leaving(demo, person.accountId, 'adresse_quittee')
    expect(told?.to).toBe(cast.membreInstitutionnel)
    expect(JSON.stringify(told)).not.toContain('suite@tarn.test')
    expect(await demo.services.sessions.signIn(signIn('suite@tarn.test'))).not.toBeNull()
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

  it('made by an administrateur, leaves nothing to who knew the password or reads the old address', async () => {
    const administrateur = await personOf(demo, cast.administrateur)
    const intruder = await personOf(demo, cast.copilote1)
    const { accountId } = intruder
    const rechecks = recheckCount()
    await demo.services.accounts.changeEmailFor(administrateur, { accountId, email: 'sauf@tarn.test', address })
    expect(rechecks()).toBe(1)
    const { accountOf, signIn: tryIn } = demo.services.sessions
    expect(await accountOf(intruder.cookie)).toBeNull()
    expect(await tryIn(signIn('sauf@tarn.test'))).toBeNull()
    const told = await leaving(demo, accountId, 'adresse_quittee')
    expect([told?.to, told?.link]).toEqual([cast.copilote1, null])
    expect(told?.paragraphs.join(' ')).toContain('administrateur')
    const mail = await leaving(demo, accountId, 'adresse_changee')
    expect(mail?.to).toBe('sauf@tarn.test')
    const password = 'cerisier horloge tambour granit seigle'
    const { resetPassword } = demo.services.accounts
    expect(await resetPassword({ token: secretOf(mail), password, address })).toMatchObject({ accountId })
    const lines = await demo.handle.db.select().from(securityLog).where(eq(securityLog.accountId, accountId))
    const changed = lines.find(({ event }) => event === 'adresse_changee')
    expect(changed).toMatchObject({ by: administrateur.accountId, address })
    const acts = await demo.handle.db.select().from(journal).where(eq(journal.subjectId, accountId))
    expect(acts.map(({ verb }) => verb)).toContain('account.changeEmail')
  })

  it('sends their invitation again to who has not chosen a password yet', async () => {
    const administrateur = await personOf(demo, cast.administrateur)
    const accountId = await invited(demo, cast.suppleant)
    const before = secretOf(await leaving(demo, accountId, 'invitation'))
    await demo.services.accounts.changeEmailFor(administrateur, { accountId, email: 'invite@tarn.test' })
    const { invitationPage } = demo.services.accounts
    expect(await invitationPage(before)).toBeNull()
    const after = secretOf(await leaving(demo, accountId, 'adresse_changee'))
    expect(await invitationPage(after)).toMatchObject({ email: 'invite@tarn.test' })
  })

  it('leaves the password where no mail leaves: nobody could choose another one', async () => {
    Object.assign(demo.context.settings, { sendsMail: false })
    const administrateur = await personOf(demo, cast.administrateur)
    const accountId = await demo.accountIdOf(cast.presidentStrategique)
    await demo.services.accounts.changeEmailFor(administrateur, { accountId, email: 'sans-courriel@tarn.test' })
    expect(await demo.services.sessions.signIn(signIn('sans-courriel@tarn.test'))).toMatchObject({ accountId })
  })
})
