import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { decisions } from '#db/schema/index.ts'
import { Forbidden, VerificationNeeded } from '#server/errors.ts'
import { resultForm } from '#server/vocabulary/decision-forms.ts'
import { type CastDatabase, cast, castDatabase, castNow } from '../../cast.ts'
import { databaseKinds } from '../../setup/database.ts'
import { approve, decisionBlock, doc, heldMeeting, paragraph, sealedParcours, seen, statesOf, write } from '../acts.ts'
import { personOf, readPerson } from './people.ts'

describe.each(databaseKinds())('where a second factor is asked, on %s', kind => {
  let demo: CastDatabase
  beforeAll(async () => {
    demo = await castDatabase(kind)
  })
  afterAll(() => demo.close())
  beforeEach(() => {
    demo.clock.set(castNow)
    Object.assign(demo.context.settings, { secondFactor: 'offered' })
  })

  const require = () => Object.assign(demo.context.settings, { secondFactor: 'required' })
  const as = async (email: string, verification: 'courriel' | 'forte' | null) => ({
    ...(await demo.actorOf(email)),
    verification,
  })

  it('before validating minutes, a code by mail is enough; agreeing asks none', async () => {
    const { minutesId } = await heldMeeting(demo, cast.copilote1, 'parcours', { day: '2027-03-10' })
    await write(demo, cast.copilote1, minutesId, doc(paragraph('Rien à signaler.')))
    await demo.services.minutes.startProofreading(await demo.actorOf(cast.copilote1), minutesId)
    require()
    await approve(demo, cast.copilote1, minutesId)
    const input = { minutesId, seen: await seen(demo, minutesId), acceptWarnings: true, distribute: true }
    const { validateMinutes, validateMinutesInAbsence } = demo.services.minutes
    await expect(validateMinutes(await as(cast.copilote2, null), input)).rejects.toThrow(VerificationNeeded)
    await expect(validateMinutesInAbsence(await as(cast.chef, null), input)).rejects.toThrow(VerificationNeeded)
    // Who may not is told so, whatever they have given.
    await expect(validateMinutes(await as(cast.membre, null), input)).rejects.not.toThrow(VerificationNeeded)
    expect((await statesOf(demo, minutesId))?.minutes).toBe('en_relecture')
    await validateMinutes(await as(cast.copilote2, 'courriel'), input)
    expect((await statesOf(demo, minutesId))?.minutes).toBe('diffuse')
  })

  it('before adopting, a code by mail is not enough', async () => {
    const proposal = doc(decisionBlock('coordination_groupes', 'Se coordonner.'))
    const { minutesId } = await sealedParcours(demo, '2027-03-09', proposal)
    const held = await heldMeeting(demo, cast.presidentStrategique, 'strategique', {
      day: '2027-03-11',
      startTime: '14:00',
      endTime: '15:00',
    })
    demo.clock.set(castNow)
    const [decision] = await demo.handle.db.select().from(decisions).where(eq(decisions.minutesId, minutesId))
    const form = resultForm.parse({ result: 'adoptee', meetingId: held.meetingId, reason: '' })
    const input = { decisionId: decision?.id ?? '', form }
    const record = async (email: string, given: 'courriel' | 'forte' | null) =>
      demo.services.decisions.recordResult(await as(email, given), input)
    require()
    await expect(record(cast.presidentStrategique, null)).rejects.toThrow(VerificationNeeded)
    await expect(record(cast.presidentStrategique, 'courriel')).rejects.toThrow(VerificationNeeded)
    await expect(record(cast.copilote1, 'forte')).rejects.toThrow(Forbidden)
    expect((await record(cast.presidentStrategique, 'forte')).number).toMatch(/STRAT/)
  })

  it('the session carries it into every consortium, and signing in or reading asks none', async () => {
    require()
    const { cookie, sessionId } = await personOf(demo, cast.copilote1)
    const enter = async () => demo.services.consortia.enter(await readPerson(demo, cookie), 'tarn')
    expect((await enter()).actor.verification).toBeNull()
    await demo.handle.rows(
      sql`update sessions set verification = 'courriel',
        verified_at = ${castNow.toISOString()}::timestamptz where id = ${sessionId}`,
    )
    expect((await enter()).actor.verification).toBe('courriel')
    demo.clock.pass(12 * 60)
    expect((await enter()).actor.verification).toBeNull()
  })
})
