import { and, eq, inArray } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { accounts, decisions, instances, invitations, mandates, organisations } from '#db/schema/index.ts'
import { printedMinutes } from '#server/domain/minutes/printed-minutes.ts'
import { resultForm } from '#server/vocabulary/decision-forms.ts'
import type { MandateFunction } from '#server/vocabulary/governance.ts'
import { meetingForm } from '#server/vocabulary/meeting-forms.ts'
import { presenceForm } from '#server/vocabulary/presence-forms.ts'
import { type CastDatabase, cast, castDatabase, castNow } from '../cast.ts'
import { databaseKinds } from '../setup/database.ts'
import {
  decisionBlock,
  doc,
  heldMeeting,
  instanceIdOf,
  newMeeting,
  paragraph,
  refused,
  sealedParcours,
} from './acts.ts'

const link = 'https://visio.test/salle-secrete'

describe.each(databaseKinds())('how far pages and files reach, on %s', { timeout: 60_000 }, kind => {
  let demo: CastDatabase
  beforeAll(async () => {
    demo = await castDatabase(kind)
  })
  beforeEach(() => demo.clock.set(castNow))
  afterAll(() => demo.close())

  /** A proposal of Parcours to the strategic instance. */
  const proposal = async (day: string, wording: string) => {
    const { minutesId } = await sealedParcours(demo, day, doc(decisionBlock('production', wording)))
    demo.clock.set(castNow)
    const [row] = await demo.handle.db.select().from(decisions).where(eq(decisions.minutesId, minutesId))
    return row?.id ?? ''
  }
  const place = async (decisionId: string, meetingId: string) =>
    demo.services.decisions.placeOnAgenda(await demo.actorOf(cast.presidentStrategique), { decisionId, meetingId })
  const decisionFor = async (email: string, id: string) =>
    demo.services.decisions.decisionPage(await demo.actorOf(email), id)
  const announce = async (by: string, meetingId: string) =>
    demo.services.meetings.announceMeeting(await demo.actorOf(by), meetingId)
  const meetingFor = async (email: string, id: string) =>
    demo.services.meetings.meetingPage(await demo.actorOf(email), id)
  const known = async (email: string) => {
    const { rows } = await demo.services.meetings.meetingEntries(await demo.actorOf(email), { when: 'a-venir' })
    return rows.map(({ id }) => id)
  }
  const giveMandate = async (email: string, fn: MandateFunction, slug: string, meetingId: string | null = null) => {
    const { consortiumId } = await demo.actorOf(cast.chef)
    const [organisation] = await demo.handle.db
      .select({ id: organisations.id })
      .from(organisations)
      .where(and(eq(organisations.consortiumId, consortiumId), eq(organisations.slug, 'ccas')))
    const [row] = await demo.handle.db
      .insert(mandates)
      .values({
        consortiumId,
        accountId: await demo.accountIdOf(email),
        instanceId: await instanceIdOf(demo, slug),
        organisationId: organisation?.id ?? '',
        function: fn,
        civilite: 'monsieur',
        qualite: 'directeur',
        functionLabel: 'Invité',
        meetingId,
        startsOn: '2027-01-01',
        endsOn: '2027-12-31',
        createdAt: castNow,
      })
      .returning({ id: mandates.id })
    return row?.id ?? ''
  }

  describe('a decision', () => {
    it('[H6] does not say that it waits for a meeting that is not announced', async () => {
      const id = await proposal('2027-01-05', 'Ouvrir un accueil commun.')
      const { meetingId } = await newMeeting(demo, cast.presidentStrategique, 'strategique', { day: '2027-06-21' })
      await place(id, meetingId)
      const forGroup = await decisionFor(cast.membre, id)
      expect(forGroup.agendaMeeting).toBeNull()
      expect(JSON.stringify(forGroup)).not.toContain(meetingId)
      expect((await decisionFor(cast.presidentStrategique, id)).agendaMeeting?.id).toBe(meetingId)
      await announce(cast.presidentStrategique, meetingId)
      expect((await decisionFor(cast.membre, id)).agendaMeeting).toMatchObject({ id: meetingId, opens: false })
    })

    it('[H27] once adopted, keeps why it was put off for those who read it then', async () => {
      const id = await proposal('2027-01-06', 'Ouvrir un second accueil.')
      const held = await heldMeeting(demo, cast.presidentStrategique, 'strategique', { day: '2027-03-01' })
      const next = await newMeeting(demo, cast.presidentStrategique, 'strategique', { day: '2027-06-22' })
      demo.clock.set(castNow)
      const president = await demo.actorOf(cast.presidentStrategique)
      const record = (result: 'ajournee' | 'adoptee', reason: string) =>
        demo.services.decisions.recordResult(president, {
          decisionId: id,
          form: resultForm.parse({ result, meetingId: held.meetingId, reason }),
        })
      await record('ajournee', 'La direction hésite.')
      await place(id, next.meetingId)
      await record('adoptee', 'Le financement est acquis.')
      const forAll = await decisionFor(cast.membreOffre, id)
      expect(forAll.result?.reason).toBe('Le financement est acquis.')
      expect(JSON.stringify(forAll)).not.toContain('La direction hésite.')
      expect(JSON.stringify(forAll)).not.toContain(next.meetingId)
      for (const near of [cast.membre, cast.membreStrategique, cast.prestataire, cast.chef]) {
        expect(JSON.stringify(await decisionFor(near, id))).toContain('La direction hésite.')
      }
    })
  })

  it('[H6][H7] a meeting cancelled before its announcement was never announced; after, it was', async () => {
    const cancel = async (meetingId: string) =>
      demo.services.meetings.cancelMeeting(await demo.actorOf(cast.copilote1), { meetingId, reason: 'Salle prise' })
    const before = await newMeeting(demo, cast.copilote1, 'parcours', { day: '2027-05-25' })
    const after = await newMeeting(demo, cast.copilote1, 'parcours', { day: '2027-05-26' })
    for (const { meetingId } of [before, after]) await giveMandate(cast.invite, 'invite', 'parcours', meetingId)
    await announce(cast.copilote1, after.meetingId)
    await cancel(before.meetingId)
    await cancel(after.meetingId)
    for (const member of [cast.membreOffre, cast.presidentStrategique, cast.observateur]) {
      expect(await known(member)).not.toContain(before.meetingId)
      expect(await known(member)).toContain(after.meetingId)
    }
    await refused(meetingFor(cast.invite, before.meetingId), 404)
    expect((await meetingFor(cast.invite, after.meetingId)).endReason).toBe('Salle prise')
    expect(await known(cast.membre)).toContain(before.meetingId)
    expect((await meetingFor(cast.membre, before.meetingId)).endReason).toBe('Salle prise')
  })

  it('[H6] a meeting put off was announced: its date stays known, that of the next one not yet', async () => {
    const { meetingId } = await newMeeting(demo, cast.copilote1, 'parcours', { day: '2027-05-27' })
    await announce(cast.copilote1, meetingId)
    const put = await demo.services.meetings.postponeMeeting(await demo.actorOf(cast.copilote1), {
      meetingId,
      reason: 'Grève',
      day: '2027-06-28',
      startTime: '09:30',
    })
    expect(await known(cast.observateur)).toContain(meetingId)
    expect(await known(cast.observateur)).not.toContain(put.meetingId)
  })

  describe('minutes', () => {
    it('[H7] never give the video link, nor where the next meeting takes place, to those who read them', async () => {
      const instanceId = await instanceIdOf(demo, 'offre')
      const form = meetingForm.parse({
        day: '2027-05-11',
        startTime: '09:30',
        place: 'Gaillac',
        link,
        items: [{ title: 'Un point' }],
      })
      const lead = await demo.actorOf(cast.copiloteOffre)
      const { meetingId, minutesId } = await demo.services.meetings.createMeeting(lead, { instanceId, form })
      await announce(cast.copiloteOffre, meetingId)
      const next = { ...form, day: '2027-06-01', place: 'Lavaur' }
      const later = await demo.services.meetings.createMeeting(lead, { instanceId, form: next })
      expect((await printedMinutes(demo.handle.db, lead, minutesId)).nextMeeting).toBeNull()
      await announce(cast.copiloteOffre, later.meetingId)
      const printed = await printedMinutes(demo.handle.db, lead, minutesId)
      expect(printed.nextMeeting?.startsAt).toBeInstanceOf(Date)
      const page = await demo.services.minutes.minutesPage(lead, minutesId)
      for (const shown of [JSON.stringify(printed), JSON.stringify(page)]) {
        expect(shown).not.toContain(link)
        expect(shown).not.toContain('Lavaur')
      }
      expect((await meetingFor(cast.membreOffre, meetingId)).link).toBe(link)
    })

    it('[H13] hide from an invité who of the body comes, while they are written', async () => {
      const { meetingId, minutesId } = await newMeeting(demo, cast.copilote1, 'parcours', { day: '2027-05-20' })
      await giveMandate(cast.invite, 'invite', 'parcours', meetingId)
      await announce(cast.copilote1, meetingId)
      const membre = await demo.actorOf(cast.membre)
      await demo.services.meetings.answerPresence(membre, {
        meetingId,
        form: presenceForm.parse({ mandateId: membre.mandateIds[0], status: 'present', mode: 'sur_place' }),
      })
      const invite = await demo.actorOf(cast.invite)
      const shown = await demo.services.minutes.minutesPage(invite, minutesId)
      expect(shown.attendance).toBeNull()
      expect((await printedMinutes(demo.handle.db, invite, minutesId)).attendance).toEqual([])
      expect((await meetingFor(cast.invite, meetingId)).recipients).toEqual([])
      expect((await demo.services.minutes.minutesPage(membre, minutesId)).attendance?.length).toBeGreaterThan(3)
      expect((await printedMinutes(demo.handle.db, membre, minutesId)).attendance).toHaveLength(1)
      expect((await meetingFor(cast.membre, meetingId)).recipients.length).toBeGreaterThan(3)
    })

    it('[H13] tell the body, the attached prestataire and the chef de projet alone who received and read them', async () => {
      const { minutesId } = await sealedParcours(demo, '2027-01-07', doc(paragraph('Ce qui a été dit.')))
      demo.clock.set(castNow)
      const recipientsFor = async (email: string) =>
        (await demo.services.minutes.minutesPage(await demo.actorOf(email), minutesId)).sealed?.recipients.length
      for (const near of [cast.membre, cast.prestataire, cast.chef])
        expect(await recipientsFor(near)).toBeGreaterThan(3)
      for (const far of [cast.membreOffre, cast.presidentInstitutionnel]) expect(await recipientsFor(far)).toBe(0)
      // Who is to read them is still asked to say so.
      const president = await demo.actorOf(cast.presidentStrategique)
      expect((await demo.services.minutes.minutesPage(president, minutesId)).sealed).toMatchObject({
        toRead: true,
        recipients: [],
      })
    })
  })

  describe('a meeting of the strategic instance', () => {
    it('[H7] once announced, opens to the copilotes of technical groups, its permanent invités', async () => {
      const { meetingId, minutesId } = await newMeeting(demo, cast.presidentStrategique, 'strategique', {
        day: '2027-06-23',
      })
      await refused(meetingFor(cast.copiloteNumerique, meetingId), 404)
      await announce(cast.presidentStrategique, meetingId)
      const shown = await meetingFor(cast.copiloteNumerique, meetingId)
      expect(shown.agenda).toHaveLength(1)
      // Invités: neither the sheet of presences, nor the names of who is invited, nor the draft, nor an answer of their own.
      expect(shown).toMatchObject({ attendance: null, proposals: null, recipients: [], minutes: null })
      expect(shown.answersPresence).toBe(false)
      await refused(demo.services.minutes.minutesPage(await demo.actorOf(cast.copiloteNumerique), minutesId), 404)
      await refused(meetingFor(cast.membreOffre, meetingId), 404)
      const home = await demo.services.home.awaiting(await demo.actorOf(cast.copiloteNumerique))
      expect(home.nextMeetings.map(({ id }) => id)).toContain(meetingId)
      expect(await invitedTo(meetingId)).toEqual(
        expect.arrayContaining([cast.copilote1, cast.copilote2, cast.copiloteOffre, cast.copiloteNumerique]),
      )
      expect(await invitedTo(meetingId)).not.toEqual(expect.arrayContaining([cast.membre]))
    })

    it.each([
      ['restreint', cast.chef],
      ['national-2', cast.chef],
      ['institutionnelle', cast.presidentInstitutionnel],
    ])('[H7] and not those of « %s »', async (slug, by) => {
      const { meetingId } = await newMeeting(demo, by, slug, { day: '2027-06-24' })
      await announce(by, meetingId)
      await refused(meetingFor(cast.copiloteNumerique, meetingId), 404)
      expect(await invitedTo(meetingId)).not.toContain(cast.copiloteNumerique)
    })

    it('[H27] names a proposal on its agenda only to those who may read it', async () => {
      const id = await proposal('2027-01-08', 'Fermer le guichet de Mazamet.')
      const { meetingId, minutesId } = await newMeeting(demo, cast.presidentStrategique, 'strategique', {
        day: '2027-06-25',
      })
      await giveMandate(cast.invite, 'invite', 'strategique', meetingId)
      await place(id, meetingId)
      await announce(cast.presidentStrategique, meetingId)
      for (const reader of [cast.membreStrategique, cast.copilote1, cast.chef]) {
        expect((await meetingFor(reader, meetingId)).agenda[1]).toMatchObject({
          title: 'Proposition à décider\u00A0: Fermer le guichet de Mazamet.',
          decisionId: id,
        })
      }
      for (const other of [cast.invite, cast.assistantDossier, cast.copiloteNumerique]) {
        expect((await meetingFor(other, meetingId)).agenda[1]).toMatchObject({
          title: 'Proposition à décider',
          decisionId: null,
        })
      }
      const invite = await demo.actorOf(cast.invite)
      expect((await demo.services.minutes.minutesPage(invite, minutesId)).agenda).toEqual([])
      expect((await printedMinutes(demo.handle.db, invite, minutesId)).agenda[1]?.title).toBe('Proposition à décider')
    })

    const invitedTo = async (meetingId: string) => {
      const rows = await demo.handle.db
        .select({ email: accounts.email })
        .from(invitations)
        .innerJoin(accounts, eq(accounts.id, invitations.accountId))
        .where(eq(invitations.meetingId, meetingId))
      return rows.map(({ email }) => email)
    }
  })

  it('[H47] an assistant learns what the person they assist answered, not what others did', async () => {
    const { meetingId } = await newMeeting(demo, cast.presidentStrategique, 'strategique', { day: '2027-06-26' })
    const assistant = await demo.actorOf(cast.assistantDossier)
    const [suppleant] = await demo.handle.db
      .update(mandates)
      .set({ function: 'suppleant', carriesVoice: false, titulaireMandateId: assistant.assists[0] ?? null })
      .where(inArray(mandates.id, (await demo.actorOf(cast.membreStrategique)).mandateIds.slice(0, 1)))
      .returning({ id: mandates.id })
    await announce(cast.presidentStrategique, meetingId)
    await demo.services.meetings.answerPresence(await demo.actorOf(cast.membreStrategique), {
      meetingId,
      form: presenceForm.parse({ mandateId: suppleant?.id, status: 'present', mode: 'sur_place' }),
    })
    const around = async (email: string) =>
      (await demo.services.meetings.ownPresences(await demo.actorOf(email), meetingId)).presences[0]?.around
    expect(await around(cast.presidentStrategique)).toMatchObject([{ status: 'present' }])
    const told = await around(cast.assistantDossier)
    expect(told).toHaveLength(1)
    expect(told?.[0]).not.toHaveProperty('status')
  })

  describe('« Qui peut voir ceci ? »', () => {
    it('names the invités of a meeting to those who open it, and to no other member', async () => {
      const { meetingId } = await newMeeting(demo, cast.copilote1, 'parcours', { day: '2027-06-08' })
      await giveMandate(cast.invite, 'invite', 'parcours', meetingId)
      await announce(cast.copilote1, meetingId)
      const { name } = await demo.actorOf(cast.invite)
      const asked = async (email: string) => {
        const thing = { kind: 'reunion', id: meetingId }
        return JSON.stringify(await demo.services.access.accessPage(await demo.actorOf(email), thing))
      }
      expect(await asked(cast.membre)).toContain(name)
      for (const other of [cast.membreOffre, cast.observateur]) expect(await asked(other)).not.toContain(name)
    })

    it('[H44] does not know the mandate of an invité, as its page does not', async () => {
      const { meetingId } = await newMeeting(demo, cast.copilote1, 'parcours', { day: '2027-06-09' })
      const id = await giveMandate(cast.invite, 'invite', 'parcours', meetingId)
      for (const email of [cast.chef, cast.membre]) {
        const actor = await demo.actorOf(email)
        await refused(demo.services.mandates.mandatePage(actor, id), 404)
        await refused(demo.services.access.accessPage(actor, { kind: 'mandat', id }), 404)
      }
    })
  })

  it('offers an action neither to an institution that left nor to a body that is dissolved', async () => {
    const { minutesId } = await newMeeting(demo, cast.copilote1, 'parcours', { day: '2027-06-10' })
    const offered = async () => {
      const page = await demo.services.minutes.minutesPage(await demo.actorOf(cast.copilote1), minutesId)
      return (page.live?.writing?.owners ?? []).map(({ id }) => id)
    }
    const bodyId = await instanceIdOf(demo, 'formation')
    const { consortiumId } = await demo.actorOf(cast.chef)
    const [left] = await demo.handle.db
      .select({ id: organisations.id })
      .from(organisations)
      .where(and(eq(organisations.consortiumId, consortiumId), eq(organisations.slug, 'ccas')))
    expect(await offered()).toEqual(expect.arrayContaining([bodyId, left?.id]))
    const ended = '2027-03-01'
    await demo.handle.db.update(instances).set({ endsOn: ended }).where(eq(instances.id, bodyId))
    await demo.handle.db
      .update(organisations)
      .set({ enteredOn: '2021-01-01', leftOn: ended })
      .where(eq(organisations.id, left?.id ?? ''))
    const now = await offered()
    expect(now).not.toContain(bodyId)
    expect(now).not.toContain(left?.id)
  })
})
