import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { mandates, minutesApprovals } from '#db/schema/index.ts'
import { parisInstant } from '#server/calendar.ts'
import { type CastDatabase, cast, castDatabase, castNow } from '../cast.ts'
import { databaseKinds } from '../setup/database.ts'
import {
  actionBlock,
  approve,
  decisionBlock,
  doc,
  heading,
  heldMeeting,
  newMeeting,
  paragraph,
  refused,
  seen,
  statesOf,
  validate,
  write,
} from './acts.ts'

const text = doc(paragraph('Le groupe retient la trame.'))
const changed = doc(paragraph('Le groupe retient la trame, sauf une question.'))

describe.each(databaseKinds())('agreements on minutes, on %s', kind => {
  let demo: CastDatabase
  beforeAll(async () => {
    demo = await castDatabase(kind)
  })
  beforeEach(() => demo.clock.set(castNow))
  afterAll(() => demo.close())

  const minutesOf = async (email: string, minutesId: string) =>
    demo.services.minutes.minutesPage(await demo.actorOf(email), minutesId)

  /** Minutes of Parcours in proofreading since the end of a meeting. */
  const proofread = async (day: string, slug = 'parcours', by: string = cast.copilote1) => {
    const meeting = await heldMeeting(demo, by, slug, { day })
    await write(demo, by, meeting.minutesId, text)
    await demo.services.minutes.startProofreading(await demo.actorOf(by), meeting.minutesId)
    return meeting.minutesId
  }

  it('[M5] are proofread only once the meeting is held', async () => {
    const { minutesId } = await newMeeting(demo, cast.copilote1, 'parcours', { day: '2027-03-19' })
    const tried = demo.services.minutes.startProofreading(await demo.actorOf(cast.copilote1), minutesId)
    await refused(tried, 409, /compte rendu en brouillon d’une réunion tenue/)
  })

  it('[M5] are proofread only if somebody may validate: « désignez d’abord un copilote »', async () => {
    const { minutesId } = await heldMeeting(demo, cast.copiloteVar, 'territoire-ouest', { day: '2027-03-11' })
    const seats = await demo.handle.db.select().from(mandates).where(eq(mandates.function, 'copilote'))
    const actor = await demo.actorOf(cast.chefVar)
    const page = await demo.services.governance.instancePage(actor, 'territoire-ouest')
    for (const seat of seats.filter(each => each.instanceId === page.id)) {
      await demo.handle.db.update(mandates).set({ endsOn: '2027-03-11' }).where(eq(mandates.id, seat.id))
    }
    demo.clock.set(castNow)
    const tried = demo.services.minutes.startProofreading(await demo.actorOf(cast.chefVar), minutesId)
    await refused(tried, 409, /désignez d’abord un copilote/)
  })

  it('[M7] are given on the text as seen: not on a text that has moved since', async () => {
    const minutesId = await proofread('2027-03-10')
    const stale = await seen(demo, minutesId)
    await write(demo, cast.copilote2, minutesId, changed)
    const me = await demo.actorOf(cast.copilote1)
    await refused(demo.services.minutes.approveMinutes(me, { minutesId, seen: stale }), 409, /Le texte a changé/)
    await approve(demo, cast.copilote1, minutesId)
    expect((await minutesOf(cast.copilote1, minutesId)).live?.missing.map(each => each.name)).toEqual([
      'M.\u00A0Yannick Pradel',
    ])
  })

  it('[M7] are recorded once for one text', async () => {
    const minutesId = await proofread('2027-03-09')
    await approve(demo, cast.copilote1, minutesId)
    await approve(demo, cast.copilote1, minutesId)
    expect(await demo.handle.db.$count(minutesApprovals, eq(minutesApprovals.minutesId, minutesId))).toBe(1)
  })

  it('[M8] are void once the text changes; the others see what changed and may maintain theirs', async () => {
    const minutesId = await proofread('2027-03-08')
    await approve(demo, cast.copilote1, minutesId)
    await write(demo, cast.copilote2, minutesId, changed)

    const { live } = await minutesOf(cast.copilote1, minutesId)
    expect(live?.validators.find(each => each.you)).toMatchObject({ current: false })
    expect(JSON.stringify(live?.mySeenContent)).toContain('Le groupe retient la trame.')
    expect(live?.missing.map(each => each.name)).toEqual(['Mme\u00A0Hélène Castagné', 'M.\u00A0Yannick Pradel'])

    await approve(demo, cast.copilote1, minutesId)
    const after = (await minutesOf(cast.copilote1, minutesId)).live
    expect(after?.validators.find(each => each.you)).toMatchObject({ current: true })
    expect(after?.mySeenContent).toBeNull()
    const rows = await demo.handle.db
      .select({ maintained: minutesApprovals.maintained })
      .from(minutesApprovals)
      .where(eq(minutesApprovals.minutesId, minutesId))
    expect(rows.map(row => row.maintained)).toEqual([false, true])
  })

  it('[M4] still stand after a return to the draft that changes nothing', async () => {
    const minutesId = await proofread('2027-03-05')
    await approve(demo, cast.copilote1, minutesId)
    const me = await demo.actorOf(cast.copilote2)
    await demo.services.minutes.resumeDrafting(me, minutesId)
    expect(await statesOf(demo, minutesId)).toMatchObject({ minutes: 'brouillon' })
    await demo.services.minutes.startProofreading(me, minutesId)
    expect((await minutesOf(cast.copilote2, minutesId)).live?.missing.map(each => each.name)).toEqual([
      'M.\u00A0Yannick Pradel',
    ])
  })

  it('[M10] are wanted of every copilote before validation, and validating is agreeing', async () => {
    const minutesId = await proofread('2027-03-04')
    await refused(validate(demo, cast.copilote2, minutesId), 409, /Il manque l’accord de Mme.Hélène Castagné/)
    await approve(demo, cast.copilote1, minutesId)
    await validate(demo, cast.copilote2, minutesId)
    expect(await statesOf(demo, minutesId)).toMatchObject({ minutes: 'diffuse' })
    const { sealed } = await minutesOf(cast.copilote1, minutesId)
    expect(sealed?.approvals.map(each => each.name)).toEqual(['Mme\u00A0Hélène Castagné', 'M.\u00A0Yannick Pradel'])
    expect(sealed?.inAbsenceOf).toEqual([])
  })

  it('[M10] leave nothing behind when validation is refused', async () => {
    const minutesId = await proofread('2027-03-03')
    await refused(validate(demo, cast.copilote2, minutesId), 409)
    expect(await demo.handle.db.$count(minutesApprovals, eq(minutesApprovals.minutesId, minutesId))).toBe(0)
    expect(await statesOf(demo, minutesId)).toMatchObject({ minutes: 'en_relecture' })
  })

  it('[M9] are those of the presidency for a steering body, of the chef de projet for the restricted group', async () => {
    const strategic = await proofread('2027-03-02', 'strategique', cast.presidentStrategique)
    await refused(approve(demo, cast.chef, strategic), 403, /la présidence de l’instance/)
    await validate(demo, cast.presidentStrategique, strategic)
    expect(await statesOf(demo, strategic)).toMatchObject({ minutes: 'diffuse' })

    const restricted = await proofread('2027-03-01', 'restreint', cast.chef)
    await refused(approve(demo, cast.membreRestreint, restricted), 403, /le chef de projet/)
    await validate(demo, cast.chef, restricted)
    expect(await statesOf(demo, restricted)).toMatchObject({ minutes: 'diffuse' })
  })

  it('[M9] no longer count once their author’s mandate has ended', async () => {
    const minutesId = await proofread('2027-02-26')
    await approve(demo, cast.copilote2, minutesId)
    const { mandateIds } = await demo.actorOf(cast.copilote2)
    const mandateId = mandateIds[0] ?? ''
    await demo.handle.db.update(mandates).set({ endsOn: '2027-02-26' }).where(eq(mandates.id, mandateId))
    demo.clock.set(parisInstant('2027-02-27', '09:00'))
    const { live } = await minutesOf(cast.copilote1, minutesId)
    expect(live?.validators.map(each => each.name)).toEqual(['Mme\u00A0Hélène Castagné'])
    await refused(approve(demo, cast.copilote2, minutesId), 404)
    await validate(demo, cast.copilote1, minutesId)
    const sealed = (await minutesOf(cast.copilote1, minutesId)).sealed
    expect(sealed?.approvals.map(each => each.name)).toEqual(['Mme\u00A0Hélène Castagné'])
    await demo.handle.db.update(mandates).set({ endsOn: null }).where(eq(mandates.id, mandateId))
  })

  describe('[M11] in somebody’s absence', () => {
    const inAbsence = async (email: string, minutesId: string) =>
      demo.services.minutes.validateMinutesInAbsence(await demo.actorOf(email), {
        minutesId,
        seen: await seen(demo, minutesId),
        acceptWarnings: true,
        distribute: true,
      })

    it('are wanted no more five working days after proofreading began, public holidays left out', async () => {
      // Easter Monday falls on 29 March 2027.
      const minutesId = await proofread('2027-03-23')
      await approve(demo, cast.copilote1, minutesId)
      demo.clock.set(parisInstant('2027-03-30', '23:59'))
      await refused(inAbsence(cast.copilote1, minutesId), 409, /cinq jours ouvrés/)
      expect((await minutesOf(cast.copilote1, minutesId)).live).toMatchObject({
        absenceFrom: '2027-03-31',
        absencePossible: false,
      })
      demo.clock.set(parisInstant('2027-03-31', '00:01'))
      expect((await minutesOf(cast.copilote1, minutesId)).live?.absencePossible).toBe(true)
      await inAbsence(cast.copilote1, minutesId)
      const { sealed } = await minutesOf(cast.copilote1, minutesId)
      expect(sealed?.inAbsenceOf).toEqual(['M.\u00A0Yannick Pradel'])
      expect(sealed?.approvals.map(each => each.name)).toEqual(['Mme\u00A0Hélène Castagné'])
    })

    it('may be done without by the chef de projet, whose own agreement is not one', async () => {
      const minutesId = await proofread('2027-02-15')
      demo.clock.set(parisInstant('2027-03-01', '09:00'))
      await inAbsence(cast.chef, minutesId)
      const { sealed } = await minutesOf(cast.copilote1, minutesId)
      expect(sealed?.approvals).toEqual([])
      expect(sealed?.inAbsenceOf).toEqual(['Mme\u00A0Hélène Castagné', 'M.\u00A0Yannick Pradel'])
      expect(sealed?.validatedBy).toBe('Nadège Fauré')
    })

    it('are still wanted of the presidency, which nobody replaces', async () => {
      const minutesId = await proofread('2027-02-16', 'strategique', cast.presidentStrategique)
      demo.clock.set(parisInstant('2027-03-01', '09:00'))
      await refused(inAbsence(cast.presidentStrategique, minutesId), 409, /validation par les copilotes/)
    })

    it('count their delay again after a return to the draft', async () => {
      const minutesId = await proofread('2027-02-17')
      demo.clock.set(parisInstant('2027-03-01', '09:00'))
      const me = await demo.actorOf(cast.copilote1)
      await demo.services.minutes.resumeDrafting(me, minutesId)
      await demo.services.minutes.startProofreading(me, minutesId)
      await refused(inAbsence(cast.copilote1, minutesId), 409, /cinq jours ouvrés/)
    })
  })

  describe('[M12] warnings', () => {
    it('are read before validating, and forbid nothing', async () => {
      const { minutesId } = await heldMeeting(demo, cast.copilote1, 'parcours', { day: '2027-02-25' })
      await write(
        demo,
        cast.copilote1,
        minutesId,
        doc(
          heading('Un point vide'),
          heading('Un point rempli'),
          paragraph('Rempli.'),
          actionBlock('Appeler la CPAM.'),
          decisionBlock(null, 'Continuer.'),
        ),
      )
      await demo.services.minutes.startProofreading(await demo.actorOf(cast.copilote1), minutesId)
      const { live } = await minutesOf(cast.copilote1, minutesId)
      expect(live?.warnings.map(each => each.code)).toEqual([
        'nobody_present',
        'action_without_owner',
        'action_without_date',
        'decision_without_nature',
        'empty_item',
      ])
      expect(live?.warnings.at(-1)?.message).toBe('Le point «\u00A0Un point vide\u00A0» est vide.')
      await approve(demo, cast.copilote1, minutesId)
      await refused(
        validate(demo, cast.copilote2, minutesId, { acceptWarnings: false }),
        409,
        /lisez les avertissements/,
      )
      await validate(demo, cast.copilote2, minutesId, { acceptWarnings: true })
      expect(await statesOf(demo, minutesId)).toMatchObject({ minutes: 'diffuse' })
    })
  })

  it('[M13] refuses an empty decision or action: they would enter the registers', async () => {
    for (const block of [decisionBlock('autre', ''), actionBlock('')]) {
      const { minutesId } = await heldMeeting(demo, cast.copilote1, 'parcours', { day: '2027-02-24' })
      await write(demo, cast.copilote1, minutesId, doc(paragraph('Texte.'), block))
      await demo.services.minutes.startProofreading(await demo.actorOf(cast.copilote1), minutesId)
      await approve(demo, cast.copilote1, minutesId)
      await refused(validate(demo, cast.copilote2, minutesId), 422, /est vide/)
      expect(await statesOf(demo, minutesId)).toMatchObject({ minutes: 'en_relecture' })
    }
  })

  it('[M6] lets membres and suppléants write while writing is open to them', async () => {
    const { minutesId } = await newMeeting(demo, cast.copilote1, 'parcours', { day: '2027-03-24' })
    const mode = async (email: string) => {
      const [grant] = await demo.services.liveAccess([
        { accountId: await demo.accountIdOf(email), minutesId, epoch: 1 },
      ])
      return grant?.mode ?? null
    }
    expect([await mode(cast.membre), await mode(cast.suppleant)]).toEqual(['read', 'read'])
    const me = await demo.actorOf(cast.copilote1)
    await demo.services.minutes.setOpenToMembers(me, { minutesId, open: true })
    expect([await mode(cast.membre), await mode(cast.suppleant)]).toEqual(['write', 'write'])
    expect([await mode(cast.membreOffre), await mode(cast.ancien)]).toEqual([null, null])
    await demo.services.minutes.setOpenToMembers(me, { minutesId, open: false })
    expect(await mode(cast.membre)).toBe('read')
  })
})
