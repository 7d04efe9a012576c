import { and, asc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { attendance, instances, journal, meetings } from '#db/schema/index.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import type { PresenceForm } from '#server/vocabulary/presence-forms.ts'
import { type CastDatabase, cast, castDatabase } from '../cast.ts'
import { databaseKinds } from '../setup/database.ts'
import { refused } from './acts.ts'

const there: Omit<PresenceForm, 'mandateId'> = { status: 'present', mode: 'sur_place', representedBy: '', reason: '' }

describe.each(databaseKinds())('one’s own presence, on %s', { timeout: 60_000 }, kind => {
  let demo: CastDatabase
  let president: Actor
  let assistant: Actor
  let meetingId: string
  let mandateId: string
  beforeAll(async () => {
    demo = await castDatabase(kind)
    president = await demo.actorOf(cast.presidentStrategique)
    assistant = await demo.actorOf(cast.assistantDossier)
    const [meeting] = await demo.handle.db
      .select({ id: meetings.id })
      .from(meetings)
      .innerJoin(instances, eq(instances.id, meetings.instanceId))
      .where(
        and(
          eq(instances.slug, 'strategique'),
          eq(meetings.state, 'invitations_envoyees'),
          eq(meetings.consortiumId, president.consortiumId),
        ),
      )
    meetingId = meeting?.id ?? ''
    mandateId = assistant.assists[0] ?? ''
  }, 60_000)
  afterAll(() => demo.close())

  const answer = (actor: Actor, form: Partial<PresenceForm>) =>
    demo.services.meetings.answerPresence(actor, { meetingId, form: { mandateId, ...there, ...form } })

  const kept = async () => {
    const [row] = await demo.handle.db
      .select()
      .from(attendance)
      .where(and(eq(attendance.meetingId, meetingId), eq(attendance.mandateId, mandateId)))
    return row
  }

  it('[H48] waits on the home page of the titulaire and of their assistant, who is told for whom', async () => {
    const mine = (await demo.services.home.awaiting(president)).toAnswer
    expect(mine).toContainEqual(expect.objectContaining({ id: meetingId, person: null }))
    const assisted = (await demo.services.home.awaiting(assistant)).toAnswer
    expect(assisted).toContainEqual(
      expect.objectContaining({ id: meetingId, person: expect.stringContaining('Lasserre') }),
    )
  })

  it('[H48] the last answer counts, whoever gave it; the journal keeps each', async () => {
    await answer(president, {})
    await answer(assistant, { status: 'excuse', mode: '', reason: 'En séance ailleurs' })
    expect(await kept()).toMatchObject({ status: 'excuse', mode: null, recordedBy: assistant.accountId })
    const lines = await demo.handle.db
      .select()
      .from(journal)
      .where(and(eq(journal.verb, 'presence.answer'), eq(journal.subjectId, meetingId)))
      .orderBy(asc(journal.id))
    expect(lines.map(({ by, detail }) => ({ by, detail }))).toEqual([
      { by: president.accountId, detail: { mandateId, status: 'present', mode: 'sur_place' } },
      { by: assistant.accountId, detail: { mandateId, status: 'excuse', mode: null } },
    ])
    expect((await demo.services.home.awaiting(president)).toAnswer.map(({ id }) => id)).not.toContain(meetingId)
  })

  it('[H48] two answers at the same instant: one of them stands, whole, and both are in the journal', async () => {
    const before = await demo.handle.db.$count(journal, eq(journal.verb, 'presence.answer'))
    await Promise.all([
      answer(president, { mode: 'distance' }),
      answer(assistant, { status: 'represente', mode: '', representedBy: 'Anne Lefort' }),
    ])
    const row = await kept()
    expect([
      { status: 'present', mode: 'distance', representedBy: null },
      { status: 'represente', mode: null, representedBy: 'Anne Lefort' },
    ]).toContainEqual({ status: row?.status, mode: row?.mode, representedBy: row?.representedBy })
    expect(await demo.handle.db.$count(journal, eq(journal.verb, 'presence.answer'))).toBe(before + 2)
  })

  it('[H47] the reason is for the body: an assistant sees again only what they wrote', async () => {
    await answer(president, { status: 'excuse', mode: '', reason: 'Commission permanente' })
    const page = async (actor: Actor) => (await demo.services.meetings.ownPresences(actor, meetingId)).presences[0]
    expect((await page(president))?.answer?.reason).toBe('Commission permanente')
    expect((await page(assistant))?.answer?.reason).toBeNull()
    expect((await page(assistant))?.own).toBe(false)
    await answer(assistant, { status: 'excuse', mode: '', reason: 'Retenu' })
    expect((await page(assistant))?.answer?.reason).toBe('Retenu')
  })

  it('[H14] [H48] the secretariat still records; both see who did', async () => {
    await answer(president, {})
    const chef = await demo.actorOf(cast.chef)
    await demo.services.meetings.recordAttendance(chef, {
      meetingId,
      form: { lines: [{ mandateId, status: 'excuse', mode: '', representedBy: '', reason: '' }] },
    })
    const seen = (await demo.services.meetings.ownPresences(president, meetingId)).presences[0]
    expect(seen?.answer).toMatchObject({ status: 'excuse', by: 'Nadège Fauré' })
    const { recorders } = await demo.services.meetings.meetingPage(chef, meetingId)
    expect(recorders).toContainEqual(expect.objectContaining({ mandateId, by: 'Nadège Fauré' }))
  })

  it('[H48] nobody answers for a colleague, nor for a mandate of another body', async () => {
    const membre = await demo.actorOf(cast.membreStrategique)
    await refused(answer(membre, {}), 403)
    const [elsewhere] = (await demo.actorOf(cast.membre)).mandateIds
    await refused(answer(assistant, { mandateId: elsewhere }), 404)
    await refused(answer(await demo.actorOf(cast.membre), {}), 404)
  })
})
