import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { itemProposals } from '#db/schema/index.ts'
import { Conflict, Forbidden, NotFound } from '#server/errors.ts'
import { itemAnswerForm, itemProposalForm } from '#server/vocabulary/meeting-forms.ts'
import { type CastDatabase, cast, castDatabase } from '../cast.ts'
import { databaseKinds } from '../setup/database.ts'
import { newMeeting, typedMeeting } from './acts.ts'

describe.each(databaseKinds())('items that members propose for an agenda, on %s', kind => {
  let demo: CastDatabase
  let meetingId: string
  beforeAll(async () => {
    demo = await castDatabase(kind)
    meetingId = (await newMeeting(demo, cast.copilote1, 'parcours', { day: '2027-06-01' })).meetingId
  })
  afterAll(() => demo.close())

  const propose = async (by: string, title: string) => {
    await demo.services.meetings.proposeItem(await demo.actorOf(by), { meetingId, title, reason: 'On en a besoin.' })
    const [row] = await demo.handle.db.select().from(itemProposals).where(eq(itemProposals.title, title))
    return row?.id ?? ''
  }
  const answer = async (by: string, form: { proposal: string; answer: string; title?: string; reason?: string }) =>
    demo.services.meetings.answerItem(await demo.actorOf(by), { meetingId, form: itemAnswerForm.parse(form) })
  const pageFor = async (by: string) => demo.services.meetings.meetingPage(await demo.actorOf(by), meetingId)

  it('[H49] lets any member of the body propose, suppléants included, and tells the body who did', async () => {
    await propose(cast.suppleant, 'La mobilité')
    const page = await pageFor(cast.membre)
    expect(page.proposals).toMatchObject([{ title: 'La mobilité', state: 'proposee', yours: false }])
    expect((await pageFor(cast.suppleant)).proposals).toMatchObject([{ yours: true }])
    expect(page.agenda.map(({ title }) => title)).not.toContain('La mobilité')
  })

  it('[H49] is not for who reads without sitting: the attached prestataire, the chef de projet', async () => {
    for (const reader of [cast.prestataire, cast.chef]) await expect(propose(reader, 'Hors')).rejects.toThrow(Forbidden)
    await expect(propose(cast.membreOffre, 'Ailleurs')).rejects.toThrow(NotFound)
  })

  it('[H8] places an item at the end of the agenda, as worded by who holds it, once', async () => {
    const proposal = await propose(cast.membre, 'Le logement')
    const before = await pageFor(cast.copilote1)
    await answer(cast.copilote2, { proposal, answer: 'inscrite', title: 'Logement des jeunes' })
    const after = await pageFor(cast.copilote1)
    expect(after.agenda.at(-1)).toMatchObject({ title: 'Logement des jeunes' })
    expect(after.agenda).toHaveLength(before.agenda.length + 1)
    await expect(answer(cast.copilote1, { proposal, answer: 'ecartee', reason: 'Trop tard' })).rejects.toThrow(Conflict)
  })

  it('refuses a form of the meeting that was opened before: it would take the item off', async () => {
    const { revision } = await pageFor(cast.copilote1)
    await answer(cast.copilote1, {
      proposal: await propose(cast.membre, 'La santé'),
      answer: 'inscrite',
      title: 'La santé',
    })
    const form = typedMeeting({ day: '2027-06-01' })
    const old = { meetingId, revision, form }
    await expect(demo.services.meetings.editMeeting(await demo.actorOf(cast.copilote1), old)).rejects.toThrow(Conflict)
  })

  it('sets an item aside with a reason that its author reads', async () => {
    const proposal = await propose(cast.membre, 'Les horaires')
    await answer(cast.chef, { proposal, answer: 'ecartee', reason: 'Traité en juillet.' })
    const [mine] = (await pageFor(cast.membre)).proposals?.filter(({ title }) => title === 'Les horaires') ?? []
    expect(mine).toMatchObject({ state: 'ecartee', answer: 'Traité en juillet.' })
  })

  it('[H49] is withdrawn by its author alone, and answered by who holds the agenda alone', async () => {
    const proposal = await propose(cast.membre, 'Le numérique')
    await expect(answer(cast.suppleant, { proposal, answer: 'retiree' })).rejects.toThrow('Seule la personne')
    await expect(answer(cast.membre, { proposal, answer: 'inscrite', title: 'Oui' })).rejects.toThrow(Forbidden)
    await answer(cast.membre, { proposal, answer: 'retiree' })
    await expect(answer(cast.membre, { proposal, answer: 'retiree' })).rejects.toThrow(Conflict)
  })

  it('says in French what is missing', () => {
    expect(itemProposalForm.safeParse({ title: ' ' }).error?.issues[0]?.message).toMatch('Donnez un intitulé')
    const mute = { proposal: meetingId, answer: 'ecartee' }
    expect(itemAnswerForm.safeParse(mute).error?.issues[0]?.message).toMatch('pourquoi le point est écarté')
  })
})
