import { and, desc, eq } from 'drizzle-orm'
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { recoveryCodes, securityLog, totpCredentials } from '#db/schema/index.ts'
import { requestPassword } from '#server/domain/accounts/forgotten-password.ts'
import { Conflict, Invalid, NotFound, TooManyTries, VerificationNeeded } from '#server/errors.ts'
import { type CastDatabase, cast, castDatabase, castNow, castPassword } from '../../cast.ts'
import { databaseKinds } from '../../setup/database.ts'
import { leaving, personOf, readPerson } from './people.ts'

describe.each(databaseKinds())('the second factor, on %s', kind => {
  let demo: CastDatabase
  beforeAll(async () => {
    demo = await castDatabase(kind)
  })
  afterAll(() => demo.close())
  beforeEach(() => {
    demo.clock.set(castNow)
    Object.assign(demo.context.settings, { secondFactor: 'required', sendsMail: false })
  })

  const from = { address: '10.0.0.1' }
  const codeOf = (secret: string) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: demo.clock.now().getTime() })

  /** Adds an application as its page does. */
  async function enrol(email: string) {
    const person = await personOf(demo, email)
    const { accounts } = demo.services
    const { secret } = await accounts.startEnrolment(person, { current: castPassword, ...from })
    const done = await accounts.confirmEnrolment(person, { secret, code: codeOf(secret), ...from })
    if (!('recoveryCodes' in done)) throw new Error('the first code was refused')
    return { person, secret, recoveryCodes: done.recoveryCodes }
  }

  it('is given by an application: a code serves once, and holds in its session for twelve hours', async () => {
    const { secret } = await enrol(cast.presidentStrategique)
    demo.clock.pass(5)
    const here = await personOf(demo, cast.presidentStrategique)
    expect(here.rights.verification).toBeNull()
    const code = codeOf(secret)
    const give = () => demo.services.accounts.verify(here, { means: 'application', code, ...from })
    const answers = await Promise.allSettled([give(), give(), give()])
    expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected'])
    const given = async () => (await readPerson(demo, here.cookie)).rights.verification
    expect(await given()).toBe('forte')
    const elsewhere = await personOf(demo, cast.presidentStrategique)
    expect(elsewhere.rights.verification).toBeNull()
    demo.clock.pass(12 * 60 - 1)
    expect(await given()).toBe('forte')
    demo.clock.pass(1)
    expect(await given()).toBeNull()
  })

  it('accepts the code of the step before and after, none farther, and none older than the last', async () => {
    const { secret } = await enrol(cast.membreStrategique)
    const person = await personOf(demo, cast.membreStrategique)
    const at = (minutes: number) =>
      new TOTP({ secret: Secret.fromBase32(secret) }).generate({
        timestamp: demo.clock.now().getTime() + minutes * 60_000,
      })
    const give = (code: string) => demo.services.accounts.verify(person, { means: 'application', code, ...from })
    demo.clock.pass(60)
    await expect(give(at(-1))).rejects.toThrow(Invalid)
    await expect(give(at(1))).rejects.toThrow(Invalid)
    await give(at(0.5))
    await expect(give(at(0))).rejects.toThrow(Invalid)
    await expect(give('abcdef')).rejects.toThrow(Invalid)
  })

  it('is given by a recovery code, each once, kept as a hash', async () => {
    const { person, recoveryCodes: codes } = await enrol(cast.copiloteOffre)
    expect(new Set(codes).size).toBe(10)
    const rows = await demo.handle.db.select().from(recoveryCodes).where(eq(recoveryCodes.accountId, person.accountId))
    expect(rows).toHaveLength(10)
    expect(JSON.stringify(rows)).not.toContain(codes[0])
    const here = await personOf(demo, cast.copiloteOffre)
    const code = ` ${codes[0]?.toUpperCase().replaceAll('-', ' ')} `
    const give = () => demo.services.accounts.verify(here, { means: 'secours', code, ...from })
    const answers = await Promise.allSettled([give(), give()])
    expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect((await readPerson(demo, here.cookie)).rights.verification).toBe('forte')
    expect((await demo.services.accounts.verificationPage(here)).recoveryCodesLeft).toBe(9)
  })

  it('is given by a code sent by mail: in its session, for ten minutes, five tries; it is not enough to adopt', async () => {
    Object.assign(demo.context.settings, { sendsMail: true })
    const { accounts } = demo.services
    const here = await personOf(demo, cast.copilote1)
    await accounts.sendMailCode(here, from)
    const words = (await leaving(demo, here.accountId, 'code'))?.paragraphs[0] ?? ''
    const code = words.replace(/\D/g, '')
    expect(code).toMatch(/^\d{6}$/)
    const elsewhere = await personOf(demo, cast.copilote1)
    const give = (person: typeof here, given: string) =>
      accounts.verify(person, { means: 'courriel', code: given, ...from })
    await expect(give(elsewhere, code)).rejects.toThrow(Invalid)
    await give(here, code)
    expect((await readPerson(demo, here.cookie)).rights.verification).toBe('courriel')
    await expect(give(here, code)).rejects.toThrow(Invalid)

    await accounts.sendMailCode(elsewhere, from)
    expect((await accounts.verificationPage(elsewhere)).awaitsMailCode).toBe(true)
    demo.clock.pass(10)
    expect((await accounts.verificationPage(elsewhere)).awaitsMailCode).toBe(false)
    expect(await leaving(demo, here.accountId, 'code')).toBeNull()
  })

  it('is not guessed: five tries for an account, whatever its sessions', async () => {
    const sessions = await Promise.all([1, 2].map(() => personOf(demo, cast.membreOffre)))
    const tries = Array.from({ length: 8 }, (_, n) =>
      demo.services.accounts.verify(sessions[n % 2] ?? expect.fail(), { means: 'secours', code: `code-${n}`, ...from }),
    )
    const answers = await Promise.allSettled(tries)
    const tooMany = answers.filter(answer => answer.status === 'rejected' && answer.reason instanceof TooManyTries)
    expect(tooMany).toHaveLength(3)
  })

  it('is sent by mail to a whole département, however many passwords are said to be forgotten from its address', async () => {
    Object.assign(demo.context.settings, { sendsMail: true })
    const { accounts } = demo.services
    const address = '10.9.0.1'
    for (let n = 0; n < 60; n += 1) {
      await requestPassword(demo.context, { email: `personne-${n}@tarn.test`, address }, async () => {})
    }
    const here = await personOf(demo, cast.observateur)
    for (let n = 0; n < 5; n += 1) await accounts.sendMailCode(here, { address })
    const refusal = accounts.sendMailCode(here, { address })
    await expect(refusal).rejects.toThrow(TooManyTries)
    await expect(refusal).rejects.toThrow(/une heure/)
    await accounts.sendMailCode(await personOf(demo, cast.correspondantCaf), { address })
  })

  it('leaves a line for each password or code that is refused in a session', async () => {
    const { person, secret } = await enrol(cast.copiloteNumerique)
    const { accounts } = demo.services
    const address = '10.9.0.2'
    const last = async () => {
      const [line] = await demo.handle.db
        .select({ event: securityLog.event })
        .from(securityLog)
        .where(and(eq(securityLog.accountId, person.accountId), eq(securityLog.address, address)))
        .orderBy(desc(securityLog.at))
        .limit(1)
      demo.clock.pass(1)
      return line?.event
    }
    await expect(accounts.startEnrolment(person, { current: 'non', address })).rejects.toThrow(Invalid)
    expect(await last()).toBe('mot_de_passe_refuse')
    const wrongCode = { current: castPassword, code: '000000', address }
    await expect(accounts.removeAuthenticator(person, wrongCode)).rejects.toThrow(Invalid)
    expect(await last()).toBe('verification_refusee')
    await accounts.removeAuthenticator(person, { current: castPassword, code: codeOf(secret), address })
    expect(await last()).toBe('application_retiree')
    const again = await accounts.startEnrolment(person, { current: castPassword, address })
    await accounts.confirmEnrolment(person, { secret: again.secret, code: '000000', address })
    expect(await last()).toBe('verification_refusee')
  })

  it('is not replaced by an enrolment that began while another was being confirmed', async () => {
    const { accounts } = demo.services
    const person = await personOf(demo, cast.assistantDossier)
    const confirmed = { accountId: person.accountId, secret: 'CONFIRMED', createdAt: castNow, confirmedAt: castNow }
    const inserted = Promise.withResolvers<void>()
    const confirming = demo.handle.db.transaction(async tx => {
      await tx.insert(totpCredentials).values(confirmed)
      inserted.resolve()
      await new Promise(resolve => setTimeout(resolve, 500))
    })
    await inserted.promise
    const starting = accounts.startEnrolment(person, { current: castPassword, ...from })
    await expect(starting).rejects.toThrow(Conflict)
    await confirming
    const kept = await demo.handle.db
      .select()
      .from(totpCredentials)
      .where(eq(totpCredentials.accountId, person.accountId))
    expect(kept).toMatchObject([{ secret: 'CONFIRMED', confirmedAt: castNow }])
  })

  it('asks for the password, and for a code by mail where mail leaves, before an application is added', async () => {
    const { accounts } = demo.services
    const person = await personOf(demo, cast.membreRestreint)
    await expect(accounts.startEnrolment(person, { current: 'un autre', ...from })).rejects.toThrow(Invalid)
    Object.assign(demo.context.settings, { sendsMail: true })
    const start = { current: castPassword, ...from }
    await expect(accounts.startEnrolment(person, start)).rejects.toThrow(VerificationNeeded)
    Object.assign(demo.context.settings, { sendsMail: false })
    const { secret, qrCode, uri } = await accounts.startEnrolment(person, start)
    expect(qrCode).toMatch(/^<svg/)
    expect(uri).toContain(secret)
    // Nothing counts before the first code, and who has not seen the secret learns nothing.
    expect((await accounts.authenticatorPage(person)).since).toBeNull()
    const blind = { secret: 'AAAA', code: codeOf(secret), ...from }
    await expect(accounts.confirmEnrolment(person, blind)).rejects.toThrow(Conflict)
    const wrong = await accounts.confirmEnrolment(person, { secret, code: '000000', ...from })
    expect(wrong).toMatchObject({ enrolment: { secret } })
    await expect(accounts.verify(person, { means: 'application', code: codeOf(secret), ...from })).rejects.toThrow(
      Invalid,
    )
  })

  it('is removed by its person with the password and a code; what it gave ends', async () => {
    const { person, recoveryCodes: codes } = await enrol(cast.secretaireInstitutionnel)
    const { accounts } = demo.services
    await expect(accounts.startEnrolment(person, { current: castPassword, ...from })).rejects.toThrow(Conflict)
    const remove = (code: string) => accounts.removeAuthenticator(person, { current: castPassword, code, ...from })
    await expect(remove('000000')).rejects.toThrow(Invalid)
    const renewed = await accounts.replaceRecoveryCodes(person, {
      current: castPassword,
      code: codes[0] ?? '',
      ...from,
    })
    expect(renewed.some(code => codes.includes(code))).toBe(false)
    await expect(remove(codes[1] ?? '')).rejects.toThrow(Invalid)
    const cookie = (await personOf(demo, cast.secretaireInstitutionnel)).cookie
    await remove(renewed[0] ?? '')
    expect((await accounts.authenticatorPage(person)).since).toBeNull()
    expect((await readPerson(demo, cookie)).rights.verification).toBeNull()
  })

  it('is removed by an administrateur for who has lost everything, and by nobody else', async () => {
    const { person } = await enrol(cast.presidentInstitutionnel)
    const { accounts } = demo.services
    const { accountId } = person
    const strong = async (email: string) => {
      const someone = await personOf(demo, email)
      return { ...someone, rights: { ...someone.rights, verification: 'forte' as const } }
    }
    await expect(accounts.removeAuthenticatorFor(await strong(cast.chef), { accountId })).rejects.toThrow(NotFound)
    const weak = await personOf(demo, cast.administrateur)
    await expect(accounts.removeAuthenticatorFor(weak, { accountId })).rejects.toThrow(VerificationNeeded)
    await accounts.removeAuthenticatorFor(await strong(cast.administrateur), { accountId })
    expect(await demo.handle.db.select().from(totpCredentials).where(eq(totpCredentials.accountId, accountId))).toEqual(
      [],
    )
  })
})
