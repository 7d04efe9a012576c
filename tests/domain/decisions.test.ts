import { and, eq, isNull } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { agendaItems, competenceRules, decisions } from '#db/schema/index.ts'
import { competenceFor } from '#server/domain/decisions/competence.ts'
import type { RegisterLine } from '#server/domain/decisions/decision-register.ts'
import { verifyRegister } from '#server/domain/decisions/register.ts'
import { Refusal } from '#server/errors.ts'
import { codesOf } from '#server/vocabulary/closed-list.ts'
import { resultForm } from '#server/vocabulary/decision-forms.ts'
import { type DecisionResult, decisionNatureLabels } from '#server/vocabulary/decisions.ts'
import { type CastDatabase, cast, castDatabase, castNow } from '../cast.ts'
import { databaseKinds } from '../setup/database.ts'
import {
  decisionBlock,
  doc,
  heldMeeting,
  instanceIdOf,
  newMeeting,
  refused,
  sealedParcours,
  validate,
  write,
} from './acts.ts'

describe.each(databaseKinds())('the life of a decision on %s', kind => {
  let demo: CastDatabase
  beforeAll(async () => {
    demo = await castDatabase(kind)
  })
  beforeEach(() => demo.clock.set(castNow))
  afterAll(() => demo.close())

  const rowOf = async (id: string) => {
    const [row] = await demo.handle.db.select().from(decisions).where(eq(decisions.id, id))
    if (!row) throw new Error('no decision')
    return row
  }
  /** Proposals of Parcours, of these natures, from a meeting held on a day. */
  const proposals = async (day: string, ...natures: Parameters<typeof decisionBlock>[0][]) => {
    const blocks = natures.map((nature, n) => decisionBlock(nature, `Décision ${n + 1} du ${day}.`))
    const { minutesId } = await sealedParcours(demo, day, doc(...blocks))
    demo.clock.set(castNow)
    const rows = await demo.handle.db.select().from(decisions).where(eq(decisions.minutesId, minutesId))
    return rows.sort((a, b) => a.wording.localeCompare(b.wording))
  }
  const record = async (
    by: string,
    decisionId: string,
    meetingId: string,
    result: DecisionResult = 'adoptee',
    reason = 'Parce que.',
  ) =>
    demo.services.decisions.recordResult(await demo.actorOf(by), {
      decisionId,
      form: resultForm.parse({ result, meetingId, reason }),
    })
  const strategicHeld = async (day: string, startTime = '14:00') => {
    const meeting = await heldMeeting(demo, cast.presidentStrategique, 'strategique', {
      day,
      startTime,
      endTime: '16:00',
    })
    demo.clock.set(castNow)
    return meeting.meetingId
  }

  it('[M27] belongs to the instance that the consortium’s rules name, by equality and not by rank', async () => {
    const slugs = async (slug: string, consortium: 'tarn' | 'var') => {
      const { consortiumId } = await demo.actorOf(consortium === 'tarn' ? cast.chef : cast.chefVar)
      const instanceId = await instanceIdOf(demo, slug, consortium)
      const found = await competenceFor(demo.handle.db, { consortiumId, instanceId, day: '2027-03-12' })
      return Object.fromEntries(codesOf(decisionNatureLabels).map(nature => [nature, found[nature].slug]))
    }
    const tarn = {
      modalites_entre_membres: 'institutionnelle',
      acquisition_numerique: 'institutionnelle',
      elargissement_consortium: 'institutionnelle',
      extension_perimetre: 'institutionnelle',
      budget: 'institutionnelle',
      bilan: 'institutionnelle',
      numerique_sans_acquisition: 'strategique',
      coordination_groupes: 'strategique',
      production: 'strategique',
      experimentation: 'strategique',
      orientation: 'strategique',
      autre: 'strategique',
    }
    expect(await slugs('parcours', 'tarn')).toEqual({ ...tarn, organisation_interne: 'parcours' })
    expect(await slugs('institutionnelle', 'tarn')).toEqual({ ...tarn, organisation_interne: 'institutionnelle' })
    expect((await slugs('territoire-est', 'var')).production).toBe('departementale')
  })

  it('[M27] follows the rule of the day of its meeting', async () => {
    const { consortiumId } = await demo.actorOf(cast.chef)
    const [rule] = await demo.handle.db
      .select()
      .from(competenceRules)
      .where(and(eq(competenceRules.consortiumId, consortiumId), eq(competenceRules.nature, 'bilan')))
    await demo.handle.db
      .update(competenceRules)
      .set({ endsOn: '2027-02-28' })
      .where(and(eq(competenceRules.id, rule?.id ?? ''), isNull(competenceRules.endsOn)))
    const strategique = await instanceIdOf(demo, 'strategique')
    await demo.handle.db
      .insert(competenceRules)
      .values({ consortiumId, nature: 'bilan', instanceId: strategique, startsOn: '2027-03-01' })
    const [before] = await proposals('2027-02-26', 'bilan')
    const [after] = await proposals('2027-03-01', 'bilan')
    expect(before?.competentInstanceId).toBe(await instanceIdOf(demo, 'institutionnelle'))
    expect(after?.competentInstanceId).toBe(strategique)
  })

  it('[M21] is adopted at once, with its number, when it is about the body’s own work', async () => {
    const [own, other] = await proposals('2027-03-11', 'organisation_interne', 'production')
    expect(own).toMatchObject({
      state: 'adoptee',
      resultOn: '2027-03-11',
      number: expect.stringMatching(/^2027-PARC-\d{3}$/),
      competentInstanceId: own?.proposingInstanceId,
      resultMeetingId: own?.originMeetingId,
    })
    expect(other).toMatchObject({ state: 'proposee', number: null, resultMeetingId: null })
  })

  describe('[M28] its result', () => {
    it('names a held meeting of the competent instance, not earlier than the proposal', async () => {
      const [proposal] = await proposals('2027-03-03', 'production')
      const id = proposal?.id ?? ''
      const before = await strategicHeld('2027-03-02')
      const institutional = await heldMeeting(demo, cast.secretaireInstitutionnel, 'institutionnelle', {
        day: '2027-03-04',
      })
      demo.clock.set(castNow)
      const coming = await newMeeting(demo, cast.presidentStrategique, 'strategique', { day: '2027-06-01' })
      const varMeeting = await heldMeeting(demo, cast.copiloteVar, 'departementale', { day: '2027-03-05' })
      demo.clock.set(castNow)
      const me = cast.presidentStrategique
      await refused(record(me, id, before), 422, /avant la proposition/)
      await refused(record(me, id, institutional.meetingId), 422, /réunion de l’instance compétente/)
      await refused(record(me, id, varMeeting.meetingId), 422, /réunion de l’instance compétente/)
      await refused(record(me, id, '00000000-0000-4000-8000-000000000123'), 422)
      await refused(record(me, id, coming.meetingId), 409, /pas encore tenue/)
      expect(await rowOf(id)).toMatchObject({ state: 'proposee', number: null })
      const after = await strategicHeld('2027-03-04')
      expect(await record(me, id, after)).toEqual({ number: expect.stringMatching(/^2027-STRAT-\d{3}$/) })
      expect(await rowOf(id)).toMatchObject({
        state: 'adoptee',
        resultMeetingId: after,
        resultOn: '2027-03-04',
        resultReason: 'Parce que.',
        resultRecordedBy: await demo.accountIdOf(me),
      })
    })

    it('says why, unless it is adopted or noted', () => {
      const meetingId = '00000000-0000-4000-8000-000000000123'
      for (const result of ['rejetee', 'ajournee']) {
        expect(resultForm.safeParse({ result, meetingId, reason: '   ' }).success).toBe(false)
      }
      expect(resultForm.safeParse({ result: 'prise_d_acte', meetingId, reason: '' }).success).toBe(true)
    })

    it('[H29] is recorded by the competent presidency, its secretary or the chef de projet, and nobody else', async () => {
      const [one, two] = await proposals('2027-02-22', 'production', 'budget')
      const strategic = await strategicHeld('2027-02-23')
      const institutional = await heldMeeting(demo, cast.secretaireInstitutionnel, 'institutionnelle', {
        day: '2027-02-24',
      })
      demo.clock.set(castNow)
      for (const email of [cast.copilote1, cast.membreStrategique, cast.prestataire]) {
        await refused(record(email, one?.id ?? '', strategic), 403, /la présidence de l’instance compétente/)
      }
      for (const email of [cast.presidentInstitutionnel, cast.observateur, cast.chefVar, cast.ancien]) {
        await refused(record(email, one?.id ?? '', strategic), 404)
      }
      await record(cast.chef, one?.id ?? '', strategic)
      await record(cast.secretaireInstitutionnel, two?.id ?? '', institutional.meetingId)
    })

    it('is final: it is not recorded twice, nor withdrawn, nor placed on an agenda', async () => {
      const [proposal] = await proposals('2027-02-19', 'production')
      const id = proposal?.id ?? ''
      const meeting = await strategicHeld('2027-02-20')
      await record(cast.presidentStrategique, id, meeting, 'rejetee')
      await refused(record(cast.chef, id, meeting, 'adoptee'), 409, /décision proposée ou inscrite/)
      const coming = await newMeeting(demo, cast.presidentStrategique, 'strategique', { day: '2027-06-03' })
      const president = await demo.actorOf(cast.presidentStrategique)
      const placed = demo.services.decisions.placeOnAgenda(president, { decisionId: id, meetingId: coming.meetingId })
      await refused(placed, 409)
      const withdrawn = demo.services.decisions.withdrawDecision(await demo.actorOf(cast.copilote1), {
        decisionId: id,
        reason: 'Trop tard.',
      })
      await refused(withdrawn, 409)
    })

    it('[M30] may be put off, without a number: it then stands on an agenda again before another result', async () => {
      const [proposal] = await proposals('2027-02-16', 'production')
      const id = proposal?.id ?? ''
      const meeting = await strategicHeld('2027-02-17')
      expect(await record(cast.presidentStrategique, id, meeting, 'ajournee')).toEqual({ number: null })
      await refused(record(cast.presidentStrategique, id, meeting), 409)
      const coming = await newMeeting(demo, cast.presidentStrategique, 'strategique', { day: '2027-06-04' })
      const me = await demo.actorOf(cast.presidentStrategique)
      await demo.services.decisions.placeOnAgenda(me, { decisionId: id, meetingId: coming.meetingId })
      expect(await rowOf(id)).toMatchObject({ state: 'inscrite', agendaMeetingId: coming.meetingId })
      await record(cast.presidentStrategique, id, meeting)
      expect((await rowOf(id)).number).toMatch(/^2027-STRAT-/)
    })

    it('comes back to the proposing body until it says that it saw it', async () => {
      const [proposal] = await proposals('2027-02-11', 'production')
      const id = proposal?.id ?? ''
      await record(cast.presidentStrategique, id, await strategicHeld('2027-02-12'))
      const me = await demo.actorOf(cast.membre)
      const answered = async () => (await demo.services.home.awaiting(me)).answered.map(each => each.id)
      expect(await answered()).toContain(id)
      await demo.services.decisions.markAnswerSeen(me, id)
      expect(await answered()).not.toContain(id)
    })
  })

  describe('[H28] on an agenda', () => {
    it('stands on that of a coming meeting of the competent instance only, and once', async () => {
      const [proposal] = await proposals('2027-02-09', 'production')
      const id = proposal?.id ?? ''
      const me = await demo.actorOf(cast.presidentStrategique)
      const place = (meetingId: string) => demo.services.decisions.placeOnAgenda(me, { decisionId: id, meetingId })
      const elsewhere = await newMeeting(demo, cast.copilote1, 'parcours', { day: '2027-06-10' })
      await refused(place(elsewhere.meetingId), 422, /instance compétente/)
      await refused(place('n’importe quoi'), 422)
      await refused(place(await strategicHeld('2027-02-10')), 409, /déjà commencé/)
      const first = await newMeeting(demo, cast.presidentStrategique, 'strategique', { day: '2027-06-11' })
      const second = await newMeeting(demo, cast.presidentStrategique, 'strategique', { day: '2027-06-14' })
      await place(first.meetingId)
      await refused(place(first.meetingId), 409, /déjà inscrite/)
      const items = await demo.handle.db.select().from(agendaItems).where(eq(agendaItems.decisionId, id))
      expect(items).toHaveLength(1)
      expect(items[0]?.title).toBe('Proposition à décider\u00A0: Décision 1 du 2027-02-09.')
      await place(second.meetingId)
      expect(await rowOf(id)).toMatchObject({ state: 'inscrite', agendaMeetingId: second.meetingId })
    })

    it('cannot be taken off by editing the agenda', async () => {
      const [proposal] = await proposals('2027-02-08', 'production')
      const { meetingId } = await newMeeting(demo, cast.presidentStrategique, 'strategique', { day: '2027-06-15' })
      const me = await demo.actorOf(cast.presidentStrategique)
      await demo.services.decisions.placeOnAgenda(me, { decisionId: proposal?.id ?? '', meetingId })
      const form = { day: '2027-06-15', startTime: '09:30', endTime: '', title: '', place: 'Albi', link: '', items: [] }
      await refused(demo.services.meetings.editMeeting(me, { meetingId, revision: 1, form }), 422, /ajournez-la/)
    })
  })

  it('[M31][H30] is withdrawn by those who lead the proposing body, with a reason', async () => {
    const [proposal] = await proposals('2027-02-04', 'production')
    const input = { decisionId: proposal?.id ?? '', reason: 'Devenue inutile.' }
    for (const email of [cast.membre, cast.chef, cast.presidentStrategique]) {
      await refused(demo.services.decisions.withdrawDecision(await demo.actorOf(email), input), 403, /qui propose/)
    }
    await refused(demo.services.decisions.withdrawDecision(await demo.actorOf(cast.membreOffre), input), 404)
    await demo.services.decisions.withdrawDecision(await demo.actorOf(cast.copilote2), input)
    expect(await rowOf(input.decisionId)).toMatchObject({ state: 'retiree', withdrawnReason: 'Devenue inutile.' })
  })

  it('[M29] gets its number without gaps, however many results are recorded at the same instant', async () => {
    const natures = Array.from({ length: 8 }, () => 'production' as const)
    const made = await proposals('2027-02-02', ...natures)
    const meetingId = await strategicHeld('2027-02-03')
    const before = await numbersOf('2027-STRAT-')
    const outcomes = await Promise.allSettled([
      ...made.map((each, n) => record(n % 2 ? cast.chef : cast.presidentStrategique, each.id, meetingId)),
      // The same ones again: one of the two wins.
      ...made.slice(0, 4).map(each => record(cast.chef, each.id, meetingId, 'rejetee')),
    ])
    const lost = outcomes.filter(each => each.status === 'rejected').map(each => each.reason as Error)
    expect(lost.map(error => error instanceof Refusal && error.status)).toEqual([409, 409, 409, 409])
    const ranks = (await numbersOf('2027-STRAT-')).map(number => Number(number.split('-')[2]))
    expect(ranks).toHaveLength(before.length + 8)
    expect(ranks).toEqual(ranks.map((_, n) => n + 1))
    const { consortiumId } = await demo.actorOf(cast.chef)
    expect((await verifyRegister(demo.handle.db, consortiumId)).firstBroken).toBeNull()
  })

  it('[M29] takes the year of the day of the meeting in Paris, not of the day it is recorded', async () => {
    const [proposal] = await proposals('2026-12-30', 'production')
    // 00:30 on 1 January in Paris is still December in UTC.
    const newYear = await strategicHeld('2027-01-01', '00:30')
    const { number } = await record(cast.presidentStrategique, proposal?.id ?? '', newYear)
    expect(number).toMatch(/^2027-STRAT-/)
    expect((await rowOf(proposal?.id ?? '')).resultOn).toBe('2027-01-01')
  })

  it('[H27] is read in the register by those who may, page after page', async () => {
    const lines = async (email: string) => {
      const actor = await demo.actorOf(email)
      const read: RegisterLine[] = []
      for (let after: string | null | undefined; after !== null; ) {
        const page = await demo.services.decisions.decisionRegister(actor, { after })
        read.push(...page.lines)
        after = page.next
      }
      return { total: read.length, states: new Set(read.map(line => line.state)) }
    }
    const [all, observed] = [await lines(cast.chef), await lines(cast.observateur)]
    expect(observed.total).toBeLessThan(all.total)
    expect([...observed.states].every(state => state === 'adoptee' || state === 'prise_d_acte')).toBe(true)
    const mine = await demo.services.decisions.decisionRegister(await demo.actorOf(cast.chef), {
      states: ['retiree'],
      instanceSlug: 'parcours',
    })
    expect(mine.lines.length).toBeGreaterThan(0)
    expect(mine.lines.every(line => line.state === 'retiree')).toBe(true)
  })

  it('shows the competent instance the wording and its origin, and the minutes only if they may read them', async () => {
    const restricted = await heldMeeting(demo, cast.chef, 'restreint', {
      day: '2027-03-08',
    })
    await write(demo, cast.chef, restricted.minutesId, doc(decisionBlock('orientation', 'Orienter autrement.')))
    await demo.services.minutes.startProofreading(await demo.actorOf(cast.chef), restricted.minutesId)
    await validate(demo, cast.chef, restricted.minutesId)
    const [row] = await demo.handle.db.select().from(decisions).where(eq(decisions.minutesId, restricted.minutesId))
    const page = await demo.services.decisions.decisionPage(await demo.actorOf(cast.membreStrategique), row?.id ?? '')
    expect(page).toMatchObject({ wording: 'Orienter autrement.', minutesId: null, origin: { opens: false } })
    const own = await demo.services.decisions.decisionPage(await demo.actorOf(cast.membreRestreint), row?.id ?? '')
    expect(own.minutesId).toBe(restricted.minutesId)
    await refused(demo.services.decisions.decisionPage(await demo.actorOf(cast.copilote1), row?.id ?? ''), 404)
  })

  async function numbersOf(start: string): Promise<string[]> {
    const { consortiumId } = await demo.actorOf(cast.chef)
    const rows = await demo.handle.db.select().from(decisions).where(eq(decisions.consortiumId, consortiumId))
    return rows.flatMap(row => (row.number?.startsWith(start) ? [row.number] : [])).sort()
  }
})
