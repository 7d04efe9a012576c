import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { attendance, mandates } from '#db/schema/index.ts'
import { attendanceForm } from '#server/vocabulary/meeting-forms.ts'
import { type CastDatabase, cast, castDatabase, castNow } from '../cast.ts'
import { databaseKinds } from '../setup/database.ts'
import { doc, heldMeeting, instanceIdOf, newMeeting, paragraph, refused, sealedParcours } from './acts.ts'

describe.each(databaseKinds())('the attendance on %s', kind => {
  let demo: CastDatabase
  beforeAll(async () => {
    demo = await castDatabase(kind)
  })
  beforeEach(() => demo.clock.set(castNow))
  afterAll(() => demo.close())

  const mandateOf = async (email: string, slug = 'parcours') => {
    const accountId = await demo.accountIdOf(email)
    const instanceId = await instanceIdOf(demo, slug, email.endsWith('@var.test') ? 'var' : 'tarn')
    const [row] = await demo.handle.db
      .select()
      .from(mandates)
      .where(and(eq(mandates.accountId, accountId), eq(mandates.instanceId, instanceId)))
    return row?.id ?? ''
  }
  const record = async (by: string, meetingId: string, lines: object[]) =>
    demo.services.meetings.recordAttendance(await demo.actorOf(by), {
      meetingId,
      form: attendanceForm.parse({ lines }),
    })
  const sheetOf = async (by: string, meetingId: string) =>
    (await demo.services.meetings.meetingPage(await demo.actorOf(by), meetingId)).attendance ?? []

  it('records who came, how, and by whom they were represented; a line without status is left as it was', async () => {
    const { meetingId } = await heldMeeting(demo, cast.copilote1, 'parcours', { day: '2027-03-11' })
    const [one, two, three] = [
      await mandateOf(cast.copilote1),
      await mandateOf(cast.copilote2),
      await mandateOf(cast.membre),
    ]
    await record(cast.copilote1, meetingId, [
      { mandateId: one, status: 'present', mode: 'distance' },
      { mandateId: two, status: 'excuse', reason: 'Conseil d’administration' },
    ])
    await record(cast.copilote1, meetingId, [
      { mandateId: one, status: '' },
      { mandateId: three, status: 'represente', representedBy: 'M. Théo Galinier' },
    ])
    const sheet = await sheetOf(cast.membre, meetingId)
    const line = (mandateId: string) => sheet.find(each => each.mandateId === mandateId)
    expect(line(one)).toMatchObject({ status: 'present', mode: 'distance' })
    expect(line(two)).toMatchObject({ status: 'excuse', reason: 'Conseil d’administration' })
    expect(line(three)).toMatchObject({ status: 'represente', representedBy: 'M. Théo Galinier' })
  })

  it('changes as often as needed, and forgets what no longer goes with the status', async () => {
    const { meetingId } = await heldMeeting(demo, cast.copilote1, 'parcours', { day: '2027-03-10' })
    const mandateId = await mandateOf(cast.membre)
    await record(cast.chef, meetingId, [{ mandateId, status: 'excuse', reason: 'Malade' }])
    await record(cast.copilote2, meetingId, [{ mandateId, status: 'present', mode: 'sur_place', reason: 'Malade' }])
    const rows = await demo.handle.db.select().from(attendance).where(eq(attendance.meetingId, meetingId))
    expect(rows).toMatchObject([{ status: 'present', mode: 'sur_place', reason: null, representedBy: null }])
    expect(rows[0]?.recordedBy).toBe(await demo.accountIdOf(cast.copilote2))
  })

  it('[M20] never shows reasons inside the minutes', async () => {
    const { meetingId, minutesId } = await heldMeeting(demo, cast.copilote1, 'parcours', { day: '2027-03-08' })
    await record(cast.copilote1, meetingId, [
      { mandateId: await mandateOf(cast.membre), status: 'excuse', reason: 'Rendez-vous médical' },
    ])
    const page = await demo.services.minutes.minutesPage(await demo.actorOf(cast.copilote1), minutesId)
    expect(JSON.stringify(page.attendance)).toContain('excuse')
    expect(JSON.stringify(page)).not.toContain('Rendez-vous médical')
  })

  it('refuses a person who has no seat there on that day, and changes nothing', async () => {
    const { meetingId } = await heldMeeting(demo, cast.copilote1, 'parcours', { day: '2027-03-05' })
    const known = { mandateId: await mandateOf(cast.membre), status: 'present' }
    for (const stranger of [
      await mandateOf(cast.membreOffre, 'offre'),
      await mandateOf(cast.copiloteVar, 'departementale'),
      await mandateOf(cast.futur),
      await mandateOf(cast.ancien),
      '00000000-0000-4000-8000-000000000009',
    ]) {
      const tried = record(cast.copilote1, meetingId, [known, { mandateId: stranger, status: 'present' }])
      await refused(tried, 422, /n’a pas de mandat dans cette instance/)
    }
    expect(await demo.handle.db.$count(attendance, eq(attendance.meetingId, meetingId))).toBe(0)
  })

  it('[H14] is for those who lead the body, once the meeting is announced', async () => {
    const { meetingId } = await newMeeting(demo, cast.copilote1, 'parcours', { day: '2027-03-19' })
    const line = [{ mandateId: await mandateOf(cast.membre), status: 'present' }]
    await refused(record(cast.copilote1, meetingId, line), 409, /réunion annoncée, en cours ou tenue/)
    await demo.services.meetings.announceMeeting(await demo.actorOf(cast.copilote1), meetingId)
    await refused(record(cast.membre, meetingId, line), 403)
    await refused(record(cast.prestataire, meetingId, line), 403)
    await refused(record(cast.ancien, meetingId, line), 404)
  })

  it('[M19] belongs to the minutes once they are sealed: it no longer changes', async () => {
    const { meetingId } = await sealedParcours(demo, '2027-03-04', doc(paragraph('Rien à signaler.')))
    const line = [{ mandateId: await mandateOf(cast.membre), status: 'absent' }]
    await refused(record(cast.copilote1, meetingId, line), 409, /validé/)
  })

  it('keeps in the sheet who sat on the day of the meeting, though their mandate has ended', async () => {
    const demoMeeting = await heldMeeting(demo, cast.copilote1, 'parcours', { day: '2027-01-11' })
    demo.clock.set(castNow)
    const names = (await sheetOf(cast.copilote1, demoMeeting.meetingId)).map(line => line.name)
    expect(names).toContain('M.\u00A0Bernard Alquier')
    expect(names).not.toContain('Mme\u00A0Odile Marty')
  })
})
