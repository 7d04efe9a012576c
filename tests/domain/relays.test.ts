import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decisionRelays, decisions, journal } from '#db/schema/index.ts'
import { relayAnswerForm, relayForm } from '#server/vocabulary/decision-forms.ts'
import { type CastDatabase, cast, castDatabase } from '../cast.ts'
import { databaseKinds } from '../setup/database.ts'
import { refused } from './acts.ts'

describe.each(databaseKinds())('a decision to relay, on %s', kind => {
  let demo: CastDatabase
  let decisionId: string
  beforeAll(async () => {
    demo = await castDatabase(kind)
    const [enlargement] = await demo.handle.db
      .select({ id: decisions.id })
      .from(decisions)
      .where(and(eq(decisions.nature, 'elargissement_consortium'), eq(decisions.state, 'adoptee')))
    decisionId = enlargement?.id ?? expect.fail('the enlargement was adopted')
  })
  afterAll(() => demo.close())

  const form = (dueOn: string, instructions = '') => relayForm.parse({ dueOn, instructions })
  const pageFor = async (email: string) => demo.services.decisions.decisionPage(await demo.actorOf(email), decisionId)
  const ask = async (email: string, dueOn: string, instructions?: string) =>
    demo.services.decisions.askRelay(await demo.actorOf(email), { decisionId, form: form(dueOn, instructions) })
  const answer = async (email: string, organisation: string, typed: Record<string, string>) =>
    demo.services.decisions.answerRelay(await demo.actorOf(email), {
      decisionId,
      organisation,
      form: relayAnswerForm.parse(typed),
    })
  const ofCaf = async (email: string) => (await pageFor(email)).relay?.lines.find(({ slug }) => slug === 'caf')
  const awaited = async () =>
    (await demo.services.home.awaiting(await demo.actorOf(cast.correspondantCaf))).toRelay.map(({ id }) => id)

  it('[H51] is asked by the secretariat of the competent instance, and awaits every institution that sits', async () => {
    await refused(ask(cast.copilote1, '2027-06-30'), 403, /secrétariat de l’instance compétente/)
    expect((await pageFor(cast.membre)).relay).toBeNull()
    await refused(answer(cast.correspondantCaf, 'caf', { outcome: 'pas_encore' }), 409, /Personne ne demande/)
    await ask(cast.secretaireInstitutionnel, '2027-06-30', 'Aux équipes')
    const { relay } = await pageFor(cast.observateur)
    expect(relay).toMatchObject({ dueOn: '2027-06-30', instructions: 'Aux équipes' })
    expect(relay?.lines.map(({ slug }) => slug)).toEqual(expect.arrayContaining(['caf', 'departement', 'cpam']))
    expect(relay?.lines.map(({ answer, mayAnswer }) => [answer, mayAnswer])).toEqual(
      relay?.lines.map(() => [null, false]),
    )
    expect(await awaited()).toContain(decisionId)
  })

  it('[H51] is changed without losing answers, and taken back while there is none', async () => {
    const secretaire = await demo.actorOf(cast.secretaireInstitutionnel)
    await demo.services.decisions.withdrawRelay(secretaire, decisionId)
    expect(await awaited()).not.toContain(decisionId)
    await refused(demo.services.decisions.withdrawRelay(secretaire, decisionId), 409, /Personne ne demande/)
    await ask(cast.chef, '2027-06-30')
    await answer(cast.chef, 'cpam', { outcome: 'relayee', relayedOn: '2021-01-04', note: 'Réunion de service' })
    await ask(cast.chef, '2027-07-15', 'Aux équipes et aux élus')
    expect(await demo.handle.db.$count(decisionRelays, eq(decisionRelays.decisionId, decisionId))).toBe(1)
    const { relay, can } = await pageFor(cast.chef)
    expect(relay?.dueOn).toBe('2027-07-15')
    expect(relay?.lines.find(({ slug }) => slug === 'cpam')?.answer?.note).toBe('Réunion de service')
    expect(can.withdrawRelay).toMatchObject({ allowed: false, status: 409 })
    await refused(demo.services.decisions.withdrawRelay(secretaire, decisionId), 409, /déjà répondu/)
  })

  it('[H52] is answered by the correspondant, who may correct it and take it back', async () => {
    await refused(answer(cast.membreInstitutionnel, 'caf', { outcome: 'pas_encore' }), 403, /correspondants/)
    await refused(answer(cast.correspondantCaf, 'cpam', { outcome: 'pas_encore' }), 403)
    await refused(answer(cast.correspondantCaf, 'nulle-part', { outcome: 'pas_encore' }), 404)
    await refused(answer(cast.invite, 'caf', { outcome: 'pas_encore' }), 404)
    await answer(cast.correspondantCaf, 'caf', { outcome: 'relayee', relayedOn: '2021-01-05', note: 'Intranet' })
    expect((await ofCaf(cast.membre))?.answer).toEqual({
      outcome: 'relayee',
      relayedOn: '2021-01-05',
      note: 'Intranet',
    })
    expect(await awaited()).not.toContain(decisionId)
    await answer(cast.correspondantCaf, 'caf', { outcome: 'sans_objet', relayedOn: '2021-01-05', note: 'Hors sujet' })
    expect((await ofCaf(cast.chef))?.answer).toEqual({ outcome: 'sans_objet', relayedOn: null, note: 'Hors sujet' })
    await answer(cast.correspondantCaf, 'caf', { outcome: 'pas_encore' })
    expect((await ofCaf(cast.correspondantCaf))?.answer).toBeNull()
    expect((await ofCaf(cast.correspondantCaf))?.mayAnswer).toBe(true)
    expect(await awaited()).toContain(decisionId)
  })

  it('refuses a day to come, a missing day, a missing reason, and says so', async () => {
    await refused(
      answer(cast.correspondantCaf, 'caf', { outcome: 'relayee', relayedOn: '2099-01-01' }),
      422,
      /pas encore venu/,
    )
    expect(relayAnswerForm.safeParse({ outcome: 'relayee', relayedOn: '' }).success).toBe(false)
    expect(relayAnswerForm.safeParse({ outcome: 'sans_objet', note: '' }).success).toBe(false)
    expect(relayForm.safeParse({ dueOn: '31/12/2027' }).success).toBe(false)
  })

  it('[H35] leaves a line in the journal for each act', async () => {
    const lines = await demo.handle.db.select().from(journal).where(eq(journal.subjectId, decisionId))
    const verbs = lines.map(({ verb }) => verb).filter(verb => verb.includes('elay'))
    expect(verbs.filter(verb => verb === 'decision.askRelay')).toHaveLength(3)
    expect(verbs.filter(verb => verb === 'decision.withdrawRelay')).toHaveLength(1)
    expect(verbs.filter(verb => verb === 'decision.answerRelay')).toHaveLength(4)
  })
})
