import { and, eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { consortiumFunctions, journal, mandates, organisationNames, organisations } from '#db/schema/index.ts'
import { newOrganisationForm, organisationForm, organisationNameForm } from '#server/vocabulary/organisation-forms.ts'
import { type CastDatabase, cast, castDatabase } from '../cast.ts'
import { databaseKinds } from '../setup/database.ts'
import { doc, paragraph, refused, sealedParcours } from './acts.ts'

const typed = { name: 'Chambre de métiers du Tarn', shortName: 'CMA 81', phase: 'elargi' }

describe.each(databaseKinds())('the institutions of a consortium, on %s', { timeout: 60_000 }, kind => {
  let demo: CastDatabase
  beforeAll(async () => {
    demo = await castDatabase(kind)
  })
  afterAll(() => demo.close())

  const chef = () => demo.actorOf(cast.chef)
  it('[H39] leads to what an institution has to do who may read it', async () => {
    const readsActivity = async (email: string) =>
      (await demo.services.organisations.organisationPage(await demo.actorOf(email), 'caf')).can.readActivity
    expect(await readsActivity(cast.chef)).toBe(true)
    expect(await readsActivity(cast.correspondantCaf)).toBe(true)
    expect(await readsActivity(cast.membre)).toBe(false)
  })

  const page = async (slug: string) => demo.services.organisations.organisationPage(await chef(), slug)
  const edited = async (slug: string) => demo.services.organisations.organisationToEdit(await chef(), slug)
  const create = async (fields: Record<string, string> = {}) =>
    demo.services.organisations.createOrganisation(await chef(), newOrganisationForm.parse({ ...typed, ...fields }))
  const rename = async (slug: string, fields: Record<string, string>) =>
    demo.services.organisations.changeOrganisationNames(await chef(), {
      slug,
      form: organisationNameForm.parse({ version: (await edited(slug)).namesVersion, ...fields }),
    })
  const rowOf = async (slug: string) => {
    const [row] = await demo.handle.db.select().from(organisations).where(eq(organisations.slug, slug))
    return row ?? expect.fail(`no ${slug}`)
  }

  describe('[H31] one enters', () => {
    it('under a name of its own, at an address made from its initials', async () => {
      const { slug } = await create({ name: 'Œuvre d’été', shortName: 'Œuvre d’Été' })
      expect(slug).toBe('oeuvre-d-ete')
      expect(await page(slug)).toMatchObject({ name: 'Œuvre d’été', names: [{ startsOn: null, endsOn: null }] })
      await demo.services.organisations.deleteOrganisation(await chef(), slug)
      await refused(page(slug), 404)
    })

    it('by a decision of the register that was adopted, named by its number', async () => {
      await refused(create({ enteredByNumber: '2026-STRAT-999' }), 422, /pas au registre/)
      const decided = await demo.services.decisions.decisionRegister(await chef(), {})
      const adopted = decided.lines.find(line => line.state === 'adoptee') ?? expect.fail('nothing was adopted')
      const rejected = decided.lines.find(line => line.state === 'rejetee') ?? expect.fail('nothing was rejected')
      await refused(create({ enteredByNumber: rejected.number ?? '' }), 422, /pas au registre/)
      const { slug } = await create({ enteredByNumber: adopted.number?.toLowerCase() ?? '' })
      expect((await page(slug)).enteredByDecision).toEqual({ id: adopted.id, number: adopted.number })
      await demo.services.organisations.deleteOrganisation(await chef(), slug)
    })

    it('not under the name or the initials of another', async () => {
      await refused(create({ shortName: 'caf' }), 422, /Une autre structure/)
    })

    it('by the chef de projet alone, who is named to the others', async () => {
      const form = newOrganisationForm.parse(typed)
      const membre = await demo.actorOf(cast.membre)
      await refused(demo.services.organisations.createOrganisation(membre, form), 403, /le chef de projet/)
      await refused(demo.services.organisations.createOrganisation(await demo.actorOf(cast.invite), form), 404)
    })
  })

  describe('[H31] its names follow one another', () => {
    let slug: string
    beforeEach(async () => {
      slug = (await create()).slug
    })
    afterEach(async () => demo.services.organisations.deleteOrganisation(await chef(), slug))

    it('without a gap: the former one ends the day before', async () => {
      await rename(slug, { act: 'ajouter', name: 'CMX Occitanie', shortName: 'CMX', startsOn: '2027-04-01' })
      expect((await page(slug)).names).toMatchObject([
        { name: typed.name, startsOn: null, endsOn: '2027-03-31' },
        { name: 'CMX Occitanie', startsOn: '2027-04-01', endsOn: null },
      ])
      // Between two others.
      await rename(slug, { act: 'ajouter', name: 'CMX de transition', shortName: 'CMXT', startsOn: '2027-01-01' })
      const { name, names } = await page(slug)
      expect(name).toBe('CMX de transition')
      expect(names.map(({ endsOn }) => endsOn)).toEqual(['2026-12-31', '2027-03-31', null])
      await rename(slug, { act: 'retirer', nameId: names[1]?.id ?? '' })
      expect((await page(slug)).names.map(({ endsOn }) => endsOn)).toEqual(['2027-03-31', null])
    })

    it('one at a time: never two from the same day, never none', async () => {
      await rename(slug, { act: 'ajouter', name: 'CMX Occitanie', shortName: 'CMX', startsOn: '2027-04-01' })
      const twice = { act: 'ajouter', name: 'Autre', shortName: 'A', startsOn: '2027-04-01' }
      await refused(rename(slug, twice), 422, /commence déjà/)
      const [first] = (await page(slug)).names
      await refused(rename(slug, { act: 'retirer', nameId: first?.id ?? '' }), 409, /corrigez-le/)
    })

    it('and are changed from what is saved, not from what was', async () => {
      const { namesVersion: version } = await edited(slug)
      await rename(slug, { act: 'ajouter', name: 'CMX Occitanie', shortName: 'CMX', startsOn: '2027-04-01' })
      const late = { act: 'ajouter', name: 'Autre', shortName: 'A', startsOn: '2027-05-01', version }
      await refused(rename(slug, late), 409, /Quelqu’un d’autre/)
    })
  })

  it('[H31] old minutes keep the name of their day', async () => {
    const before = await sealedParcours(demo, '2027-03-02', doc(paragraph('Ce qui a été dit.')))
    const [row] = await demo.handle.db
      .select({ slug: organisations.slug, name: organisationNames.name })
      .from(mandates)
      .innerJoin(organisations, eq(organisations.id, mandates.organisationId))
      .innerJoin(organisationNames, eq(organisationNames.organisationId, organisations.id))
      .where(and(eq(mandates.accountId, await demo.accountIdOf(cast.membre))))
      .orderBy(organisationNames.startsOn)
    const { slug } = row ?? expect.fail('membre represents nobody')
    const old = (await page(slug)).name
    await rename(slug, { act: 'ajouter', name: 'Le nouveau nom', shortName: 'NN', startsOn: '2027-03-10' })
    const after = await sealedParcours(demo, '2027-03-11', doc(paragraph('Ce qui a été dit.')))
    const shown = async (minutesId: string) =>
      JSON.stringify(await demo.services.minutes.minutesPage(await demo.actorOf(cast.membre), minutesId))
    expect(await shown(before.minutesId)).toContain(old)
    expect(await shown(before.minutesId)).not.toContain('Le nouveau nom')
    expect(await shown(after.minutesId)).toContain('Le nouveau nom')
    await rename(slug, { act: 'retirer', nameId: (await page(slug)).names.at(-1)?.id ?? '' })
    expect(await shown(after.minutesId)).toContain('Le nouveau nom')
  })

  it('[H31] what is known of it is changed from what is saved', async () => {
    const { slug } = await create()
    const { version } = await edited(slug)
    const change = async (territory: string) =>
      demo.services.organisations.editOrganisation(await chef(), {
        slug,
        form: organisationForm.parse({ phase: 'elargi', territory, version }),
      })
    await change('Albigeois')
    await refused(change('Castrais'), 409, /Quelqu’un d’autre/)
    expect((await page(slug)).territory).toBe('Albigeois')
    await demo.services.organisations.deleteOrganisation(await chef(), slug)
  })

  describe('[H31] one leaves', () => {
    const lastDay = '2027-03-31'
    const preview = async (slug: string, day = lastDay) =>
      demo.services.organisations.departurePreview(await chef(), { slug, lastDay: day })
    const leave = async (slug: string, day = lastDay) =>
      demo.services.organisations.leaveConsortium(await chef(), {
        slug,
        lastDay: day,
        version: (await preview(slug, day)).version,
      })
    const ends = async (slug: string) =>
      demo.handle.db
        .select({ id: mandates.id, startsOn: mandates.startsOn, endsOn: mandates.endsOn })
        .from(mandates)
        .where(eq(mandates.organisationId, (await rowOf(slug)).id))
        .orderBy(mandates.id)

    it('with its mandates, which end that day as was said; and comes back with them', async () => {
      const before = await ends('caf')
      const said = await preview('caf')
      expect(said.mandates.length).toBeGreaterThan(2)
      expect(said.functions.map(each => each.function)).toContain('correspondant')
      await leave('caf')
      const after = await ends('caf')
      for (const { mandateId, lastDay: day } of said.mandates) {
        expect(after.find(({ id }) => id === mandateId)?.endsOn).toBe(day ?? undefined)
      }
      expect(after.every(({ endsOn }) => endsOn !== null && endsOn <= lastDay)).toBe(true)
      demo.clock.set(new Date('2027-03-31T21:59:00Z'))
      expect((await demo.actorOf(cast.correspondantCaf)).functions).toEqual(['correspondant'])
      demo.clock.set(new Date('2027-03-31T22:01:00Z'))
      expect((await demo.actorOf(cast.correspondantCaf)).functions).toEqual([])
      expect(await demo.services.organisations.cancelDeparture(await chef(), 'caf')).toBe(
        said.mandates.filter(each => each.lastDay !== null).length,
      )
      expect(await ends('caf')).toEqual(before)
      expect((await page('caf')).leftOn).toBeNull()
      await demo.handle.db
        .update(consortiumFunctions)
        .set({ endsOn: null })
        .where(eq(consortiumFunctions.function, 'correspondant'))
    })

    it('only as was said: somebody designated meanwhile is said first', async () => {
      const { version } = await preview('caf')
      const [mandate] = await ends('caf')
      await demo.handle.db
        .update(mandates)
        .set({ endsOn: '2027-03-20' })
        .where(eq(mandates.id, mandate?.id ?? ''))
      const late = demo.services.organisations.leaveConsortium(await chef(), { slug: 'caf', lastDay, version })
      await refused(late, 409, /Quelqu’un d’autre/)
      await demo.handle.db
        .update(mandates)
        .set({ endsOn: null })
        .where(eq(mandates.id, mandate?.id ?? ''))
    })

    it('not with the only chef de projet', async () => {
      const [chefs] = await demo.handle.db
        .select({ slug: organisations.slug })
        .from(consortiumFunctions)
        .innerJoin(organisations, eq(organisations.id, consortiumFunctions.organisationId))
        .where(eq(consortiumFunctions.accountId, await demo.accountIdOf(cast.chef)))
      expect((await preview(chefs?.slug ?? '')).obstacles).toEqual([expect.stringContaining('seul chef de projet')])
      await refused(leave(chefs?.slug ?? ''), 409, /seul chef de projet/)
    })
  })

  it('[H0] one of the neighbour, a name of another one, are not found, whatever is done', async () => {
    const { organisations: verbs } = demo.services
    const actor = await chef()
    const foreign = { slug: 'ddets', version: '', lastDay: '2027-03-31' }
    const [name] = (await page('cpam')).names
    const naming = (slug: string, version: string) => ({
      slug,
      form: organisationNameForm.parse({ act: 'retirer', nameId: name?.id, version }),
    })
    const calls = [
      () => verbs.organisationPage(actor, foreign.slug),
      () => verbs.organisationToEdit(actor, foreign.slug),
      () => verbs.departurePreview(actor, foreign),
      () => verbs.leaveConsortium(actor, foreign),
      () => verbs.cancelDeparture(actor, foreign.slug),
      () => verbs.deleteOrganisation(actor, foreign.slug),
      () =>
        verbs.editOrganisation(actor, { ...foreign, form: organisationForm.parse({ phase: 'elargi', version: '' }) }),
      () => verbs.changeOrganisationNames(actor, naming(foreign.slug, '')),
      async () => verbs.changeOrganisationNames(actor, naming('caf', (await edited('caf')).namesVersion)),
    ]
    const lines = await demo.handle.db.$count(journal)
    for (const call of calls) await refused(call(), 404)
    expect(await demo.handle.db.$count(journal)).toBe(lines)
  })

  it('[H31] one that has served is not deleted, one to which nothing refers is', async () => {
    await refused(demo.services.organisations.deleteOrganisation(await chef(), 'caf'), 409, /a déjà servi/)
    const { slug } = await create()
    const { id } = await rowOf(slug)
    await demo.services.organisations.deleteOrganisation(await chef(), slug)
    const lines = await demo.handle.db.select().from(journal).where(eq(journal.subjectId, id))
    expect(lines.map(({ verb }) => verb)).toEqual(['organisation.create', 'organisation.delete'])
  })
})
