import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { accounts, securityLog } from '#db/schema/index.ts'
import { requestPassword } from '#server/domain/accounts/forgotten-password.ts'
import { Conflict, Invalid, TooManyTries } from '#server/errors.ts'
import { checkNewPassword } from '#server/sessions/password-rules.ts'
import { strengthOf } from '#server/sessions/password-strength.ts'
import { hashPassword } from '#server/sessions/passwords.ts'
import { type CastDatabase, cast, castDatabase, castNow, castPassword } from '../../cast.ts'
import { databaseKinds } from '../../setup/database.ts'
import { leaving, mailsFor, personOf, readPerson, secretOf } from './people.ts'

const password = 'cerisier horloge tambour granit'

describe.each(databaseKinds())('passwords, on %s', kind => {
  let demo: CastDatabase
  let accountId: string
  beforeAll(async () => {
    demo = await castDatabase(kind)
    accountId = await demo.accountIdOf(cast.membre)
  })
  afterAll(() => demo.close())
  beforeEach(async () => {
    demo.clock.set(castNow)
    const passwordHash = await hashPassword(castPassword)
    await demo.handle.db.update(accounts).set({ passwordHash }).where(eq(accounts.id, accountId))
  })

  const ask = (email: string, address: string) => requestPassword(demo.context, { email, address }, async () => {})
  const askAndRead = async (address: string) => {
    await ask(cast.membre, address)
    return secretOf(await leaving(demo, accountId, 'mot_de_passe'))
  }

  it('answers alike, after the same time, whether an account has the address or not', async () => {
    const waited: number[] = []
    let answered = 0
    const asking = (email: string) => {
      const pause = (milliseconds: number) => {
        waited.push(milliseconds)
        return Promise.resolve()
      }
      return requestPassword(demo.context, { email, address: '10.2.0.1' }, pause).then(answer => {
        answered += 1
        return answer
      })
    }
    const emails = [cast.membre, cast.suspendu, cast.ancien, 'personne@tarn.test', 'pas une adresse', '']
    expect(await Promise.all(emails.map(asking))).toEqual(emails.map(() => undefined))
    expect(new Set(waited).size).toBe(1)
    expect([waited.length, answered]).toEqual([emails.length, emails.length])
    expect(waited[0]).toBeGreaterThan(300)
    // The answer waits for the pause, whatever the work.
    let release = () => {}
    const held = requestPassword(demo.context, { email: 'personne@tarn.test', address: '10.2.0.1' }, () => {
      return new Promise<void>(resolve => {
        release = resolve
      })
    })
    expect(await Promise.race([held.then(() => 'answered'), Promise.resolve('waiting')])).toBe('waiting')
    release()
    await held
  })

  it('sends five links at most in an hour, without saying so; none to a suspended account', async () => {
    const before = await mailsFor(demo, accountId, 'mot_de_passe')
    for (let n = 0; n < 8; n += 1) await ask(cast.membreOffre, `10.3.0.${n}`)
    expect(await mailsFor(demo, await demo.accountIdOf(cast.membreOffre), 'mot_de_passe')).toBe(5)
    await ask(cast.suspendu, '10.3.1.1')
    expect(await mailsFor(demo, await demo.accountIdOf(cast.suspendu), 'mot_de_passe')).toBe(0)
    expect(await mailsFor(demo, accountId, 'mot_de_passe')).toBe(before)
  })

  it('is replaced once by the link: two at once, one wins; the sessions end and a mail says so', async () => {
    const session = await personOf(demo, cast.membre)
    const token = await askAndRead('10.4.0.1')
    const { accounts: verbs, sessions } = demo.services
    expect(await verbs.passwordLinkPage(token)).toEqual({ email: cast.membre, passwordLength: 12 })
    const reset = () => verbs.resetPassword({ token, password, address: '10.4.0.1' })
    const answers = await Promise.all([reset(), reset()])
    expect(answers.filter(Boolean)).toMatchObject([{ accountId }])
    expect(await verbs.passwordLinkPage(token)).toBeNull()
    expect(await sessions.accountOf(session.cookie)).toBeNull()
    expect((await leaving(demo, accountId, 'mot_de_passe_change'))?.subject).toContain('a changé')
    expect(await sessions.signIn({ email: cast.membre, password, address: '10.4.0.1' })).toMatchObject({ accountId })
    const lines = await demo.handle.db.select().from(securityLog).where(eq(securityLog.accountId, accountId))
    expect(lines.filter(({ event }) => event === 'mot_de_passe_change')).toHaveLength(1)
  })

  it('too weak, is no attack on the link that brought it', async () => {
    const token = await askAndRead('10.4.1.1')
    const reset = (next: string) => demo.services.accounts.resetPassword({ token, password: next, address: '10.4.1.1' })
    for (let n = 0; n < 7; n += 1) await expect(reset('azertyuiop12')).rejects.toThrow(Invalid)
    expect(await reset(password)).toMatchObject({ accountId })
  })

  it('opens no session once it was replaced, even for who gave it just before', async () => {
    const { accounts: verbs, sessions } = demo.services
    const who = { email: cast.membre, password: castPassword, address: '10.4.2.1' }
    const proved = (await sessions.signIn(who)) ?? expect.fail('refused')
    const here = await personOf(demo, cast.membre)
    await verbs.changePassword(here, { current: castPassword, password, address: '10.4.2.1' })
    await expect(sessions.open(accountId, null, proved.passwordMark)).rejects.toThrow(Conflict)
    expect(await verbs.ownSessions(here)).toHaveLength(1)
    const anew = (await sessions.signIn({ ...who, password })) ?? expect.fail('refused')
    const [cookie = ''] = (await sessions.open(accountId, null, anew.passwordMark)).split(';')
    expect(await sessions.accountOf(cookie)).toMatchObject({ accountId })
  })

  it('has a link of one hour, by the clock', async () => {
    const token = await askAndRead('10.5.0.1')
    demo.clock.pass(59)
    expect(await demo.services.accounts.passwordLinkPage(token)).not.toBeNull()
    demo.clock.pass(1)
    expect(await demo.services.accounts.passwordLinkPage(token)).toBeNull()
    expect(await demo.services.accounts.resetPassword({ token, password, address: '10.5.0.1' })).toBeNull()
  })

  it('changes by the current one; this session stays, the others end', async () => {
    const here = await personOf(demo, cast.membre)
    const elsewhere = await personOf(demo, cast.membre)
    const change = (current: string, next: string) =>
      demo.services.accounts.changePassword(here, { current, password: next, address: '10.6.0.1' })
    await expect(change('un autre', password)).rejects.toThrow(Invalid)
    await expect(change(castPassword, castPassword)).rejects.toThrow(Invalid)
    await expect(change(castPassword, 'azertyuiop12')).rejects.toThrow(Invalid)
    await change(castPassword, password)
    expect((await readPerson(demo, here.cookie)).accountId).toBe(accountId)
    expect(await demo.services.sessions.accountOf(elsewhere.cookie)).toBeNull()
  })

  it('is not guessed from an open session', async () => {
    const here = await personOf(demo, cast.membreStrategique)
    const wrong = () => demo.services.accounts.changePassword(here, { current: 'non', password, address: '10.7.0.1' })
    // All at once: each is counted before its outcome is known.
    const answers = await Promise.allSettled(Array.from({ length: 8 }, wrong))
    const tooMany = answers.filter(answer => answer.status === 'rejected' && answer.reason instanceof TooManyTries)
    expect(tooMany).toHaveLength(3)
  })
})

describe('the strength of a password', () => {
  it('is judged in French, on its first characters', async () => {
    const weak = await strengthOf('azertyuiop12', [])
    expect(weak.score).toBeLessThan(3)
    expect(weak.advice.join(' ')).toMatch(/clavier/)
    const nathalie = { email: 'n.m@tarn.test', givenName: 'Nathalie', familyName: 'Lefèvre', powerful: false }
    await expect(checkNewPassword('nathalie lefevre', nathalie)).rejects.toThrow(Invalid)
    await expect(checkNewPassword('lefevre ou un autre mot', nathalie)).rejects.toThrow(Invalid)
    await checkNewPassword(password, nathalie)
    expect((await strengthOf(password, [])).score).toBe(4)
    expect((await strengthOf('aB3$'.repeat(250), [])).score).toBeLessThan(3)
  })
})
