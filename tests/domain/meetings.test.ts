import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { accounts, agendaItems, decisions, invitations, journal, meetings, minutes } from '#db/schema/index.ts'
import { parisInstant } from '#server/calendar.ts'
import { readLiveText } from '#server/collaboration/stored-text.ts'
import { type CastDatabase, cast, castDatabase, castNow } from '../cast.ts'
import { databaseKinds } from '../setup/database.ts'
import {
  decisionBlock,
  doc,
  heading,
  heldMeeting,
  newMeeting,
  paragraph,
  refused,
  sealedParcours,
  typedMeeting,
  write,
} from './acts.ts'

describe.each(databaseKinds())('the life of a meeting on %s', kind => {
  let demo: CastDatabase
  beforeAll(async () => {
    demo = await castDatabase(kind)
  })
  beforeEach(() => demo.clock.set(castNow))
  afterAll(() => demo.close())

  const rowOf = async (meetingId: string) => {
    const [row] = await demo.handle.db.select().from(meetings).where(eq(meetings.id, meetingId))
    if (!row) throw new Error('no meeting')
    return row
  }

  it('[M1] is created in preparation, with minutes whose skeleton follows the agenda', async () => {
    const { meetingId, minutesId } = await newMeeting(demo, cast.copilote1, 'parcours', {
      day: '2027-05-04',
      items: [{ title: 'Bilan de l’essai', reporter: 'M. Yannick Pradel' }, { title: 'Suites' }],
    })
    expect(await rowOf(meetingId)).toMatchObject({
      state: 'preparation',
      startsAt: parisInstant('2027-05-04', '09:30'),
      createdAt: castNow,
      revision: 1,
    })
    const text = await readLiveText(demo.handle.db, { minutesId, epoch: 1 })
    expect(text.content.content?.map(node => node.type)).toEqual([
      'essential',
      'heading',
      'paragraph',
      'paragraph',
      'heading',
      'paragraph',
    ])
    expect(JSON.stringify(text.content)).toContain('Bilan de l’essai')
    expect(JSON.stringify(text.content)).toContain('Rapporteur\u00A0: M. Yannick Pradel')
    expect(text.firstEditedAt).toBeNull()
  })

  it('[M2] lets the skeleton follow the agenda until somebody has written', async () => {
    const { meetingId, minutesId } = await newMeeting(demo, cast.copilote1, 'parcours', { day: '2027-05-05' })
    const edit = async (revision: number, title: string) => {
      const form = typedMeeting({ day: '2027-05-05', items: [{ title }] })
      await demo.services.meetings.editMeeting(await demo.actorOf(cast.copilote1), { meetingId, revision, form })
      const { content } = await readLiveText(demo.handle.db, { minutesId, epoch: 1 })
      return JSON.stringify(content)
    }
    expect(await edit(1, 'Premier titre')).toContain('Premier titre')
    await write(demo, cast.copilote2, minutesId, doc(heading('Premier titre'), paragraph('Écrit.')))
    const after = await edit(2, 'Second titre')
    expect(after).toContain('Premier titre')
    expect(after).not.toContain('Second titre')
  })

  it('[M3] gives its minutes the visibility that the body has on that day', async () => {
    const visibilityIn = async (slug: string, by: string) => {
      const { minutesId } = await newMeeting(demo, by, slug, { day: '2027-05-06' })
      const [row] = await demo.handle.db.select().from(minutes).where(eq(minutes.id, minutesId))
      return row?.visibility
    }
    expect(await visibilityIn('parcours', cast.copilote1)).toBe('niveau')
    expect(await visibilityIn('restreint', cast.chef)).toBe('instance')
    expect(await visibilityIn('national-2', cast.chef)).toBe('consortium')
  })

  it('goes from preparation to held, each step dated and signed', async () => {
    const { meetingId } = await heldMeeting(demo, cast.copilote2, 'parcours', { day: '2027-05-11' })
    const author = await demo.accountIdOf(cast.copilote2)
    expect(await rowOf(meetingId)).toMatchObject({
      state: 'tenue',
      announcedAt: castNow,
      announcedBy: author,
      startedAt: parisInstant('2027-05-11', '09:30'),
      heldAt: parisInstant('2027-05-11', '11:00'),
      heldBy: author,
    })
    const lines = await demo.handle.db.select().from(journal).where(eq(journal.subjectId, meetingId))
    expect(lines.map(line => line.verb)).toEqual([
      'meeting.create',
      'meeting.announce',
      'meeting.start',
      'meeting.close',
    ])
  })

  it('[H9][H10][H11][H12] takes no step out of order', async () => {
    const { meetings: verbs } = demo.services
    const { meetingId } = await newMeeting(demo, cast.copilote1, 'parcours', { day: '2027-05-12' })
    const me = await demo.actorOf(cast.copilote1)
    await refused(verbs.startMeeting(me, meetingId), 409, /réunion annoncée, pas encore ouverte/)
    await refused(verbs.closeMeeting(me, meetingId), 409)
    await refused(
      verbs.postponeMeeting(me, { meetingId, reason: 'x', day: '2027-06-01', startTime: '09:00' }),
      409,
      /a changé d’état/,
    )
    await verbs.announceMeeting(me, meetingId)
    await refused(verbs.announceMeeting(me, meetingId), 409)
    await verbs.startMeeting(me, meetingId)
    await refused(verbs.cancelMeeting(me, { meetingId, reason: 'Grève' }), 409)
    await verbs.closeMeeting(me, meetingId)
    await refused(verbs.editMeeting(me, { meetingId, revision: 1, form: typedMeeting({ day: '2027-05-13' }) }), 409)
    expect((await rowOf(meetingId)).state).toBe('tenue')
  })

  it('[H5] is created by those who lead the body, not by its members', async () => {
    const typed = { day: '2027-05-18' }
    await refused(newMeeting(demo, cast.membre, 'parcours', typed), 403, /Peuvent le faire.*les copilotes/)
    await refused(newMeeting(demo, cast.copilote1, 'offre', typed), 403)
    await refused(newMeeting(demo, cast.ancien, 'parcours', typed), 404)
    await refused(newMeeting(demo, cast.invite, 'parcours', typed), 404)
  })

  describe('when it is announced', () => {
    it('reaches the body, its suppléants, the attached prestataire and the invités of this meeting', async () => {
      const { meetingId } = await newMeeting(demo, cast.copilote1, 'parcours', { day: '2027-05-19' })
      const { recipients } = await demo.services.meetings.announceMeeting(await demo.actorOf(cast.copilote1), meetingId)
      const rows = await demo.handle.db
        .select({ email: accounts.email })
        .from(invitations)
        .innerJoin(accounts, eq(accounts.id, invitations.accountId))
        .where(eq(invitations.meetingId, meetingId))
      const emails = rows.map(row => row.email)
      expect(emails).toHaveLength(recipients)
      expect(emails).toEqual(
        expect.arrayContaining([cast.copilote1, cast.copilote2, cast.membre, cast.suppleant, cast.prestataire]),
      )
      // Of another meeting, ended, to come after it, of the project as a whole, of another body.
      for (const absent of [cast.invite, cast.ancien, cast.futur, cast.chef, cast.presidentStrategique]) {
        expect(emails).not.toContain(absent)
      }
    })

    it('reaches somebody whose mandate begins by the day of the meeting', async () => {
      const { meetingId } = await newMeeting(demo, cast.copilote1, 'parcours', { day: '2028-01-04' })
      await demo.services.meetings.announceMeeting(await demo.actorOf(cast.copilote1), meetingId)
      const futur = await demo.accountIdOf(cast.futur)
      const rows = await demo.handle.db.select().from(invitations).where(eq(invitations.meetingId, meetingId))
      expect(rows.map(row => row.accountId)).toContain(futur)
    })

    it('leaves out suspended accounts', async () => {
      const { meetingId } = await newMeeting(demo, cast.copiloteOffre, 'offre', { day: '2027-05-20' })
      await demo.services.meetings.announceMeeting(await demo.actorOf(cast.copiloteOffre), meetingId)
      const rows = await demo.handle.db.select().from(invitations).where(eq(invitations.meetingId, meetingId))
      expect(rows.map(row => row.accountId)).toContain(await demo.accountIdOf(cast.membreOffre))
      expect(rows.map(row => row.accountId)).not.toContain(await demo.accountIdOf(cast.suspendu))
    })

    it('is refused with an empty agenda', async () => {
      const { meetingId } = await newMeeting(demo, cast.copilote1, 'parcours', { day: '2027-05-21', items: [] })
      const announced = demo.services.meetings.announceMeeting(await demo.actorOf(cast.copilote1), meetingId)
      await refused(announced, 409, /ordre du jour est vide/)
    })

    it('[H6][H7] shows its date to every member, its page to its own', async () => {
      const { meetingId } = await newMeeting(demo, cast.copilote1, 'parcours', { day: '2027-05-25' })
      const entry = async (email: string) => {
        const entries = await demo.services.meetings.meetingEntries(await demo.actorOf(email))
        return entries.rows.find(each => each.id === meetingId)
      }
      expect(await entry(cast.observateur)).toBeUndefined()
      await demo.services.meetings.announceMeeting(await demo.actorOf(cast.copilote1), meetingId)
      expect(await entry(cast.observateur)).toMatchObject({ opens: false, title: null, minutes: null })
      expect(await entry(cast.membre)).toMatchObject({ opens: true, title: '' })
      await refused(demo.services.meetings.meetingPage(await demo.actorOf(cast.observateur), meetingId), 404)
    })
  })

  describe('when its page is edited', () => {
    it('refuses a form made from an older revision', async () => {
      const { meetingId } = await newMeeting(demo, cast.copilote1, 'parcours', { day: '2027-05-26' })
      const edit = async (email: string, revision: number, day: string) =>
        demo.services.meetings.editMeeting(await demo.actorOf(email), {
          meetingId,
          revision,
          form: typedMeeting({ day }),
        })
      await edit(cast.copilote1, 1, '2027-05-27')
      await refused(edit(cast.copilote2, 1, '2027-05-28'), 409, /Quelqu’un d’autre a modifié/)
      expect((await rowOf(meetingId)).startsAt).toEqual(parisInstant('2027-05-27', '09:30'))
    })

    it('keeps the items it knows and refuses those of another meeting', async () => {
      const mine = await newMeeting(demo, cast.copilote1, 'parcours', { day: '2027-06-01' })
      const other = await newMeeting(demo, cast.copilote1, 'parcours', { day: '2027-06-02' })
      const itemsOf = (id: string) => demo.handle.db.select().from(agendaItems).where(eq(agendaItems.meetingId, id))
      const [known] = await itemsOf(mine.meetingId)
      const [foreign] = await itemsOf(other.meetingId)
      const edit = async (id: string | undefined) => {
        const form = typedMeeting({ day: '2027-06-01', items: [{ title: 'Renommé' }] })
        const items = form.items.map(item => ({ ...item, id }))
        const row = await rowOf(mine.meetingId)
        await demo.services.meetings.editMeeting(await demo.actorOf(cast.copilote1), {
          meetingId: mine.meetingId,
          revision: row.revision,
          form: { ...form, items },
        })
      }
      await refused(edit(foreign?.id), 422, /n’appartient pas à cette réunion/)
      await edit(known?.id)
      expect(await itemsOf(mine.meetingId)).toMatchObject([{ id: known?.id, title: 'Renommé' }])
      expect(await itemsOf(other.meetingId)).toMatchObject([{ id: foreign?.id, title: 'Point d’étape' }])
    })
  })

  describe('when it is put off', () => {
    it('[M30] is replaced by another, in preparation, with its agenda, and its proposals move there', async () => {
      const source = await sealedParcours(
        demo,
        '2027-03-09',
        doc(decisionBlock('experimentation', 'Essayer ailleurs.')),
      )
      const [proposal] = await demo.handle.db.select().from(decisions).where(eq(decisions.minutesId, source.minutesId))
      const decisionId = proposal?.id ?? ''
      const { meetingId } = await newMeeting(demo, cast.presidentStrategique, 'strategique', { day: '2027-06-08' })
      const me = await demo.actorOf(cast.presidentStrategique)
      await demo.services.decisions.placeOnAgenda(me, { decisionId, meetingId })
      await demo.services.meetings.announceMeeting(me, meetingId)
      const input = { meetingId, reason: 'Salle indisponible.', startTime: '10:00' }
      await refused(demo.services.meetings.postponeMeeting(me, { ...input, day: '2027-06-07' }), 422, /venir après/)
      const replacement = await demo.services.meetings.postponeMeeting(me, { ...input, day: '2027-06-15' })

      expect(await rowOf(meetingId)).toMatchObject({
        state: 'reportee',
        endReason: 'Salle indisponible.',
        replacedById: replacement.meetingId,
      })
      expect(await rowOf(replacement.meetingId)).toMatchObject({
        state: 'preparation',
        startsAt: parisInstant('2027-06-15', '10:00'),
        endsAt: parisInstant('2027-06-15', '11:30'),
        previousMeetingId: meetingId,
      })
      const items = await demo.handle.db
        .select()
        .from(agendaItems)
        .where(eq(agendaItems.meetingId, replacement.meetingId))
        .orderBy(agendaItems.position)
      expect(items.map(item => item.decisionId)).toEqual([null, decisionId])
      const [moved] = await demo.handle.db.select().from(decisions).where(eq(decisions.id, decisionId))
      expect(moved).toMatchObject({ state: 'inscrite', agendaMeetingId: replacement.meetingId })
      const [text] = await demo.handle.db.select().from(minutes).where(eq(minutes.meetingId, replacement.meetingId))
      expect(text?.state).toBe('brouillon')
    })

    it('is cancelled with its reason, and its minutes can no longer be written', async () => {
      const { meetingId, minutesId } = await newMeeting(demo, cast.copilote1, 'parcours', { day: '2027-06-09' })
      const me = await demo.actorOf(cast.copilote1)
      await demo.services.meetings.announceMeeting(me, meetingId)
      await demo.services.meetings.cancelMeeting(me, { meetingId, reason: 'Grève des transports.' })
      expect(await rowOf(meetingId)).toMatchObject({ state: 'annulee', endReason: 'Grève des transports.' })
      const [access] = await demo.services.liveAccess([{ accountId: me.accountId, minutesId, epoch: 1 }])
      expect(access?.mode).toBe('read')
    })
  })

  it('offers the previous meeting to resume: place and agenda, without the proposals it carried', async () => {
    const { previous, instance } = await demo.services.meetings.meetingToResume(
      await demo.actorOf(cast.presidentStrategique),
      'strategique',
    )
    expect(instance).toMatchObject({ slug: 'strategique', cadence: 'Trois réunions par an' })
    expect(previous?.items.length).toBeGreaterThan(0)
    expect(previous?.items.every(item => !item.title.startsWith('Proposition à décider'))).toBe(true)
    await refused(demo.services.meetings.meetingToResume(await demo.actorOf(cast.membre), 'parcours'), 403)
    await refused(demo.services.meetings.meetingToResume(await demo.actorOf(cast.membre), 'inconnue'), 404)
  })
})
