import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { competenceRules, decisions, externalBodies } from '#db/schema/index.ts'
import { competenceFor } from '#server/domain/decisions/competence.ts'
import {
  competenceForm,
  externalBodyForm,
  newExternalBodyForm,
  visibilitiesForm,
} from '#server/vocabulary/competence-forms.ts'
import type { DecisionNature } from '#server/vocabulary/decisions.ts'
import { type CastDatabase, cast, castDatabase } from '../cast.ts'
import { databaseKinds } from '../setup/database.ts'
import { instanceIdOf, refused } from './acts.ts'

describe.each(databaseKinds())('who decides what, on %s', { timeout: 60_000 }, kind => {
  let demo: CastDatabase
  let strategic: string
  let institutional: string
  beforeAll(async () => {
    demo = await castDatabase(kind)
    strategic = await instanceIdOf(demo, 'strategique')
    institutional = await instanceIdOf(demo, 'institutionnelle')
  })
  afterAll(() => demo.close())

  const chef = () => demo.actorOf(cast.chef)
  const page = async () => demo.services.competence.competencePage(await chef())
  const ruleOf = async (nature: DecisionNature) =>
    (await page()).natures.find(each => each.nature === nature) ?? expect.fail(nature)
  const change = async (fields: Record<string, string>) =>
    demo.services.competence.changeCompetence(
      await chef(),
      competenceForm.parse({ act: 'changer', version: (await page()).version, ...fields }),
    )
  const competent = async (nature: DecisionNature, day: string) => {
    const key = { consortiumId: (await chef()).consortiumId, instanceId: await instanceIdOf(demo, 'parcours'), day }
    return (await competenceFor(demo.handle.db, key))[nature].slug
  }

  it('[H33] an instance becomes competent from a day on, the one before ends the day before', async () => {
    await change({ nature: 'experimentation', instanceId: institutional, startsOn: '2027-04-01' })
    expect(await competent('experimentation', '2027-03-31')).toBe('strategique')
    expect(await competent('experimentation', '2027-04-01')).toBe('institutionnelle')
    const { today, toCome } = await ruleOf('experimentation')
    expect(today).toMatchObject({ endsOn: '2027-03-31', mayBeWithdrawn: false })
    expect(toCome).toMatchObject([{ instance: { slug: 'institutionnelle' }, endsOn: null, mayBeWithdrawn: true }])
    // Between the two; then for the instance that proposes.
    await change({ nature: 'experimentation', instanceId: 'elle-meme', startsOn: '2027-03-20' })
    expect(await competent('experimentation', '2027-03-25')).toBe('parcours')
    expect(await competent('experimentation', '2027-04-01')).toBe('institutionnelle')
  })

  it('[H33] there are never two for the same nature and day, nor none', async () => {
    await change({ nature: 'experimentation', instanceId: strategic, startsOn: '2027-03-20' })
    const rows = await demo.handle.db
      .select()
      .from(competenceRules)
      .where(
        and(
          eq(competenceRules.nature, 'experimentation'),
          eq(competenceRules.consortiumId, (await chef()).consortiumId),
        ),
      )
      .orderBy(competenceRules.startsOn)
    expect(rows.map(({ endsOn }) => endsOn)).toEqual(['2027-03-19', '2027-03-31', null])
    for (const [rank, { startsOn }] of rows.slice(1).entries()) {
      const before = rows[rank]?.endsOn ?? expect.fail('a gap')
      expect(Date.parse(startsOn) - Date.parse(before)).toBe(86_400_000)
    }
  })

  it('[H33] a rule that has not served is taken back: the one before goes on', async () => {
    for (const { id } of (await ruleOf('experimentation')).toCome.toReversed()) {
      const form = competenceForm.parse({ act: 'retirer', ruleId: id, version: (await page()).version })
      await demo.services.competence.changeCompetence(await chef(), form)
    }
    const { today, toCome } = await ruleOf('experimentation')
    expect(toCome).toEqual([])
    expect(today).toMatchObject({ instance: { slug: 'strategique' }, endsOn: null })
    const form = competenceForm.parse({ act: 'retirer', ruleId: today?.id, version: (await page()).version })
    await refused(demo.services.competence.changeCompetence(await chef(), form), 409, /a déjà servi/)
  })

  it('[H33] what was decided keeps the instance of its day; the past does not change', async () => {
    const kept = await demo.handle.db.select().from(decisions).orderBy(decisions.id)
    await change({ nature: 'production', instanceId: institutional, startsOn: '2027-03-12' })
    expect(await demo.handle.db.select().from(decisions).orderBy(decisions.id)).toEqual(kept)
    await refused(change({ nature: 'production', instanceId: strategic, startsOn: '2027-03-11' }), 422, /le passé/)
    const { today } = await ruleOf('production')
    expect(today?.mayBeWithdrawn).toBe(true)
    const form = competenceForm.parse({ act: 'retirer', ruleId: today?.id, version: (await page()).version })
    await demo.services.competence.changeCompetence(await chef(), form)
    expect(await competent('production', '2027-03-12')).toBe('strategique')
  })

  it('[H33] names an instance of this consortium, that lasts; and is changed from what is saved', async () => {
    const elsewhere = await instanceIdOf(demo, 'departementale', 'var')
    await refused(change({ nature: 'budget', instanceId: elsewhere, startsOn: '2027-05-01' }), 422, /de la liste/)
    await refused(change({ nature: 'budget', instanceId: institutional, startsOn: '2027-05-01' }), 422, /vaut déjà/)
    const { version } = await page()
    await change({ nature: 'bilan', instanceId: strategic, startsOn: '2027-05-01' })
    await refused(
      change({ nature: 'bilan', instanceId: institutional, startsOn: '2027-06-01', version }),
      409,
      /Quelqu’un/,
    )
  })

  it('[H33] default visibilities begin a new instance of each kind; those of technical groups go up', async () => {
    const { visibilities, version } = await demo.services.competence.defaultVisibilities(await chef())
    expect(visibilities.groupe_national).toBe('consortium')
    const form = { ...visibilities, groupe_operationnel: 'consortium', version }
    await demo.services.competence.setDefaultVisibilities(await chef(), visibilitiesForm.parse(form))
    const { beginnings } = await demo.services.instances.newInstance(await chef())
    expect(beginnings.groupe_operationnel).toMatchObject({ level: 'operationnel', minutesVisibility: 'consortium' })
    expect(beginnings.groupe_national).toMatchObject({ level: 'strategique', validatorRule: 'chef_de_projet' })
    const again = demo.services.competence.setDefaultVisibilities(await chef(), visibilitiesForm.parse(form))
    await refused(again, 409, /Quelqu’un/)
    const narrow = visibilitiesForm.safeParse({ ...form, groupe_transversal: 'instance' })
    expect(narrow.error?.issues.map(({ path }) => path)).toEqual([['groupe_transversal']])
  })

  it('[H33] external bodies are entered, changed, ended, deleted', async () => {
    const before = await demo.handle.db.$count(externalBodies)
    const form = newExternalBodyForm.parse({ name: 'Commission du logement', purpose: 'Les conventions' })
    await demo.services.competence.createExternalBody(await chef(), form)
    await refused(demo.services.competence.createExternalBody(await chef(), form), 422, /Ce nom est pris/)
    const stranger = newExternalBodyForm.parse({ name: 'Autre', organisationId: strategic })
    await refused(demo.services.competence.createExternalBody(await chef(), stranger), 422, /de la liste/)
    const { bodies } = await demo.services.competence.externalBodiesPage(await chef())
    const body = bodies.find(({ name }) => name === form.name)
    if (!body) throw new Error('it was entered')
    const edit = async (fields: Record<string, string>) =>
      demo.services.competence.changeExternalBody(await chef(), {
        id: body.id,
        form: externalBodyForm.parse({ name: body.name, version: body.version, ...fields }),
      })
    await edit({ endsOn: '2027-12-31' })
    await refused(edit({ name: 'CP' }), 409, /Quelqu’un/)
    // Every member reads it with the rules, though no structure has it.
    const read = (await demo.services.competence.competencePage(await demo.actorOf(cast.membre))).externalBodies
    expect(read.find(({ id }) => id === body.id)).toMatchObject({ organisation: null, endsOn: '2027-12-31' })
    await refused(demo.services.competence.deleteExternalBody(await demo.actorOf(cast.chefVar), body.id), 404)
    await demo.services.competence.deleteExternalBody(await chef(), body.id)
    expect(await demo.handle.db.$count(externalBodies)).toBe(before)
  })

  it('[H33] nobody but the chef de projet', async () => {
    const membre = await demo.actorOf(cast.membre)
    expect((await demo.services.competence.competencePage(membre)).can.editCompetence.allowed).toBe(false)
    await refused(demo.services.competence.defaultVisibilities(membre), 403, /le chef de projet/)
    await refused(demo.services.competence.externalBodiesPage(await demo.actorOf(cast.invite)), 404)
  })
})
