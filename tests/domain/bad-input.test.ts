import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { agendaItems, meetings } from '#db/schema/index.ts'
import { parisInstant } from '#server/calendar.ts'
import { Refusal } from '#server/errors.ts'
import { resultForm } from '#server/vocabulary/decision-forms.ts'
import { meetingForm } from '#server/vocabulary/meeting-forms.ts'
import { type CastDatabase, cast, castDatabase } from '../cast.ts'
import { databaseKinds } from '../setup/database.ts'
import { decisionBlock, doc, heldMeeting, instanceIdOf, paragraph, refused, sealedParcours } from './acts.ts'

describe.each(databaseKinds())('what people type, on %s', kind => {
  let demo: CastDatabase
  beforeAll(async () => {
    demo = await castDatabase(kind)
  })
  afterAll(() => demo.close())

  const create = async (form: Parameters<typeof demo.services.meetings.createMeeting>[1]['form']) => {
    const instanceId = await instanceIdOf(demo, 'parcours')
    return demo.services.meetings.createMeeting(await demo.actorOf(cast.copilote1), { instanceId, form })
  }

  it('is refused by the form, refused by the verb, or kept as it is', { timeout: 120_000 }, async () => {
    // Both nights on which the clock changes are among the days.
    const day = fc.constantFrom('2027-03-28', '2027-10-31', '2027-03-12', '2028-02-29', '2027-02-30')
    const time = fc.constantFrom('00:00', '01:59', '02:00', '02:30', '02:59', '03:00', '03:15', '14:00', '23:59')
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ unit: 'grapheme', maxLength: 40 }))
    const typed = fc.record({
      day,
      startTime: time,
      endTime: fc.oneof(fc.constant(''), time),
      title: text,
      place: fc.oneof(fc.constant('Albi'), text),
      items: fc.array(fc.record({ title: text, reporter: text }), { maxLength: 3 }),
    })
    let kept = 0
    await fc.assert(
      fc.asyncProperty(typed, async input => {
        const form = meetingForm.safeParse(input)
        if (!form.success) return
        const made = await create(form.data).catch((error: unknown) => {
          if (error instanceof Refusal) return null
          throw error
        })
        if (made === null) return
        kept++
        const [row] = await demo.handle.db.select().from(meetings).where(eq(meetings.id, made.meetingId))
        expect(row).toMatchObject({ title: form.data.title, place: form.data.place })
        const items = await demo.handle.db
          .select()
          .from(agendaItems)
          .where(eq(agendaItems.meetingId, made.meetingId))
          .orderBy(agendaItems.position)
        expect(items.map(item => item.title)).toEqual(form.data.items.map(item => item.title))
      }),
      { numRuns: 150 },
    )
    expect(kept).toBeGreaterThan(10)
  })

  it('is refused when the clock change leaves the meeting no time', async () => {
    // On 28 March 2027 at 02:00 it is 03:00 in Paris: 02:30 does not exist.
    const form = meetingForm.parse({ day: '2027-03-28', startTime: '02:30', endTime: '03:15', place: 'Albi' })
    await refused(create(form), 422, /après avoir commencé/)
    expect(parisInstant('2027-03-28', '02:30')).toEqual(parisInstant('2027-03-28', '03:30'))
  })

  it('may be as long as the form allows, in every field, emoji included', async () => {
    const form = meetingForm.parse({
      day: '2027-05-04',
      startTime: '09:00',
      title: '👩‍👩‍👧'.repeat(25),
      place: 'é'.repeat(300),
      link: `https://exemple.fr/${'a'.repeat(480)}`,
      items: Array.from({ length: 100 }, (_, n) => ({ title: `${n} ${'œ'.repeat(290)}`, reporter: 'R'.repeat(200) })),
    })
    const { meetingId, minutesId } = await create(form)
    const page = await demo.services.meetings.meetingPage(await demo.actorOf(cast.membre), meetingId)
    expect(page.agenda).toHaveLength(100)
    const minutes = await demo.services.minutes.minutesPage(await demo.actorOf(cast.membre), minutesId)
    expect(JSON.stringify(minutes.content)).toContain(`99 ${'œ'.repeat(290)}`)
  })

  it('never cuts a character in two: a long wording on an agenda', async () => {
    const wording = `${'a'.repeat(270)}${'👍'.repeat(20)}`
    const { minutesId } = await sealedParcours(demo, '2027-03-11', doc(decisionBlock('production', wording)))
    const register = await demo.services.decisions.decisionRegister(await demo.actorOf(cast.chef), {})
    const decisionId = register.lines.find(line => line.wording === wording)?.id ?? ''
    const { meetingId } = await demo.services.meetings.createMeeting(await demo.actorOf(cast.presidentStrategique), {
      instanceId: await instanceIdOf(demo, 'strategique'),
      form: meetingForm.parse({ day: '2027-05-04', startTime: '09:00', place: 'Albi' }),
    })
    await demo.services.decisions.placeOnAgenda(await demo.actorOf(cast.presidentStrategique), {
      decisionId,
      meetingId,
    })
    const [item] = await demo.handle.db.select().from(agendaItems).where(eq(agendaItems.decisionId, decisionId))
    expect(item?.title.length).toBeLessThanOrEqual(300)
    expect(item?.title).toMatch(/^Proposition à décider\u00A0: a+👍+…$/u)
    expect(minutesId).not.toBe('')
  })

  it('is kept whole in a reason, and a decision shows it as it was typed', async () => {
    const reason = `« Motif »\nsur deux lignes — ${'é'.repeat(1900)}`
    await sealedParcours(demo, '2027-03-09', doc(paragraph('x'), decisionBlock('production', 'À rejeter ici.')))
    const register = await demo.services.decisions.decisionRegister(await demo.actorOf(cast.chef), {})
    const decisionId = register.lines.find(line => line.wording === 'À rejeter ici.')?.id ?? ''
    const { meetingId } = await heldMeeting(demo, cast.presidentStrategique, 'strategique', { day: '2027-03-10' })
    await demo.services.decisions.recordResult(await demo.actorOf(cast.presidentStrategique), {
      decisionId,
      form: resultForm.parse({ result: 'rejetee', meetingId, reason }),
    })
    const page = await demo.services.decisions.decisionPage(await demo.actorOf(cast.membre), decisionId)
    expect(page.result?.reason).toBe(reason)
  })
})
