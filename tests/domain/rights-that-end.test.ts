import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { consortiumFunctions, mandates, organisations, prestataireAttachments } from '#db/schema/index.ts'
import { newInstanceForm } from '#server/vocabulary/instance-forms.ts'
import { personOf } from '../administration/person.ts'
import { type CastDatabase, cast, castDatabase, castNow } from '../cast.ts'
import { tarnEtGaronne } from '../consortia/samples.ts'
import { databaseKinds } from '../setup/database.ts'
import { instanceIdOf, refused } from './acts.ts'

/** The day on which the group « Éphémère » is dissolved, and the CPAM leaves. */
const lastDay = '2027-05-31'
const dayAfter = new Date('2027-06-01T08:00:00Z')
const jour = (day: string) => ({ when: 'jour' as const, lastDay: day })

describe.each(databaseKinds())('what gave a right takes it away, on %s', { timeout: 60_000 }, kind => {
  let demo: CastDatabase
  beforeAll(async () => {
    demo = await castDatabase(kind)
  })
  beforeEach(() => demo.clock.set(castNow))
  afterAll(() => demo.close())

  const chef = () => demo.actorOf(cast.chef)
  const organisationIdOf = async (slug: string) => {
    const { consortiumId } = await chef()
    const [row] = await demo.handle.db
      .select({ id: organisations.id })
      .from(organisations)
      .where(and(eq(organisations.slug, slug), eq(organisations.consortiumId, consortiumId)))
    return row?.id ?? expect.fail(`no ${slug}`)
  }
  const newInstance = async (shortName: string, code: string) => {
    const { slug } = await demo.services.instances.createInstance(
      await chef(),
      newInstanceForm.parse({
        name: `Groupe ${shortName}`,
        shortName,
        code,
        level: 'operationnel',
        kind: 'groupe_transversal',
        validatorRule: 'tous_les_copilotes',
        draftReaders: 'instance',
        minutesVisibility: 'niveau',
      }),
    )
    return { slug, id: await instanceIdOf(demo, slug) }
  }
  const designate = async (email: string, changes: object) => {
    const { mandateId } = await demo.services.mandates.createMandate(await chef(), {
      person: { email, givenName: 'Noémie', familyName: 'Lacaze' },
      instanceId: '',
      organisationId: await organisationIdOf('cpam'),
      function: 'membre',
      functionLabel: 'Membre',
      civilite: 'madame',
      qualite: 'conseillère',
      carriesVoice: false,
      titulaireMandateId: null,
      readsDossier: false,
      replacesMandateId: null,
      startsOn: '2027-03-12',
      endsOn: null,
      ...changes,
    })
    return mandateId
  }
  const endOf = async (mandateId: string) => {
    const [row] = await demo.handle.db.select().from(mandates).where(eq(mandates.id, mandateId))
    return row?.endsOn
  }
  const setEnd = (mandateId: string, endsOn: string | null) =>
    demo.handle.db.update(mandates).set({ endsOn }).where(eq(mandates.id, mandateId))
  const dissolve = async (slug: string, day = lastDay) => {
    const { version } = await demo.services.instances.dissolutionPreview(await chef(), { slug, lastDay: day })
    await demo.services.instances.dissolveInstance(await chef(), { slug, lastDay: day, version })
  }
  const leave = async (slug: string, day = lastDay) => {
    const { version } = await demo.services.organisations.departurePreview(await chef(), { slug, lastDay: day })
    await demo.services.organisations.leaveConsortium(await chef(), { slug, lastDay: day, version })
  }

  it('[H34] an attachment to an instance whose dissolution is recorded ends with it', async () => {
    const { slug, id: instanceId } = await newInstance('Éphémère', 'EPH')
    await dissolve(slug)
    const [fn] = await demo.handle.db
      .select()
      .from(consortiumFunctions)
      .where(eq(consortiumFunctions.accountId, await demo.accountIdOf(cast.prestataire)))
    const attach = async (endsOn: string | null) =>
      demo.services.mandates.attachPrestataire(await chef(), {
        functionId: fn?.id ?? '',
        instanceId,
        startsOn: '2027-03-12',
        endsOn,
      })
    await refused(attach('2027-06-30'), 422, /dissoute\sle\s31\smai\s2027/)
    await attach(null)
    const attachments = await demo.handle.db
      .select({ endsOn: prestataireAttachments.endsOn })
      .from(prestataireAttachments)
      .where(eq(prestataireAttachments.instanceId, instanceId))
    expect(attachments).toEqual([{ endsOn: lastDay }])
    demo.clock.set(dayAfter)
    expect((await demo.actorOf(cast.prestataire)).attachedTo).not.toContain(instanceId)
  })

  it('[H34] a function given for an institution whose departure is recorded ends with it at the latest', async () => {
    const organisationId = await organisationIdOf('cpam')
    await leave('cpam')
    const give = async (fn: 'correspondant' | 'prestataire', days: { startsOn: string; endsOn: string | null }) =>
      demo.services.mandates.giveFunction(await chef(), {
        person: { email: `${fn}.cpam@tarn.test`, givenName: 'Inès', familyName: 'Daumas' },
        function: fn,
        functionLabel: '',
        civilite: 'madame',
        qualite: 'chargée de mission',
        organisationId,
        ...days,
      })
    for (const fn of ['correspondant', 'prestataire'] as const) {
      await refused(
        give(fn, { startsOn: '2027-03-12', endsOn: null }),
        422,
        /quitte\sle\sconsortium\sle\s31\smai\s2027/,
      )
      await refused(give(fn, { startsOn: '2027-06-01', endsOn: '2027-06-02' }), 422, /quitte\sle\sconsortium/)
      await give(fn, { startsOn: '2027-03-12', endsOn: lastDay })
    }
    demo.clock.set(dayAfter)
    expect((await demo.actorOf('correspondant.cpam@tarn.test')).functions).toEqual([])
    demo.clock.set(castNow)
    await demo.services.organisations.cancelDeparture(await chef(), 'cpam')
  })

  it('[H6] the invités of a leaving institution lose their meeting with it, and get it back', async () => {
    const inviteId = await demo.accountIdOf(cast.invite)
    const [invited] = await demo.handle.db.select().from(mandates).where(eq(mandates.accountId, inviteId))
    if (!invited) throw new Error('the demonstration has an invité')
    const [of] = await demo.handle.db.select().from(organisations).where(eq(organisations.id, invited.organisationId))
    const slug = of?.slug ?? ''
    const lasting = '2027-12-31'
    await setEnd(invited.id, lasting)
    const said = await demo.services.organisations.departurePreview(await chef(), { slug, lastDay })
    expect(said.mandates.map(({ mandateId }) => mandateId)).toContain(invited.id)
    expect((await demo.actorOf(cast.invite)).invitedTo).toEqual([invited.meetingId])
    await leave(slug)
    expect(await endOf(invited.id)).toBe(lastDay)
    demo.clock.set(dayAfter)
    expect((await demo.actorOf(cast.invite)).invitedTo).toEqual([])
    demo.clock.set(castNow)
    await demo.services.organisations.cancelDeparture(await chef(), slug)
    expect(await endOf(invited.id)).toBe(lasting)
  })

  it('[H34] who serves a mandate does not come back without it, nor longer than it', async () => {
    const { id: instanceId } = await newInstance('Retour', 'RET')
    const titulaire = await designate('titulaire@cpam.test', { instanceId })
    const serve = (email: string, fn: 'suppleant' | 'assistant', titulaireMandateId: string) =>
      designate(email, { instanceId, function: fn, titulaireMandateId })
    const suppleante = await serve('suppleante@cpam.test', 'suppleant', titulaire)
    const assistante = await serve('assistante@cpam.test', 'assistant', suppleante)

    await leave('cpam')
    await setEnd(titulaire, '2027-04-30')
    expect(await demo.services.organisations.cancelDeparture(await chef(), 'cpam')).toBeGreaterThan(0)
    expect([await endOf(suppleante), await endOf(assistante)], 'the titulaire ended before').toEqual([lastDay, lastDay])

    for (const id of [titulaire, suppleante, assistante]) await setEnd(id, null)
    await leave('cpam')
    await demo.services.organisations.cancelDeparture(await chef(), 'cpam')
    expect([await endOf(titulaire), await endOf(suppleante), await endOf(assistante)]).toEqual([null, null, null])
  })

  it('[H31] [H32] a departure taken back gives nothing in an instance dissolved meanwhile, nor the reverse', async () => {
    const { slug, id: instanceId } = await newInstance('Double', 'DBL')
    const mandateId = await designate('double@cpam.test', { instanceId })
    await leave('cpam')
    await dissolve(slug)
    await demo.services.organisations.cancelDeparture(await chef(), 'cpam')
    expect(await endOf(mandateId)).toBe(lastDay)
    await setEnd(mandateId, null)
    await demo.services.instances.cancelDissolution(await chef(), slug)
    await dissolve(slug)
    await leave('cpam')
    await demo.services.instances.cancelDissolution(await chef(), slug)
    expect(await endOf(mandateId)).toBe(lastDay)
    await demo.services.organisations.cancelDeparture(await chef(), 'cpam')
  })

  it('[H0] a suppléant has no right any more once the mandate served has ended, whatever the dates written', async () => {
    const { id: instanceId } = await newInstance('Service', 'SER')
    const titulaireMandateId = await designate('titulaire.bis@cpam.test', { instanceId })
    await designate('suppleante.bis@cpam.test', { instanceId, function: 'suppleant', titulaireMandateId })
    await designate('assistante.bis@cpam.test', {
      instanceId,
      function: 'assistant',
      titulaireMandateId,
      readsDossier: true,
    })
    expect((await demo.actorOf('suppleante.bis@cpam.test')).ownBodies).toEqual([instanceId])
    expect((await demo.actorOf('assistante.bis@cpam.test')).dossierOf).toEqual([instanceId])
    // Around the commands, which would end the three together.
    await setEnd(titulaireMandateId, '2027-03-31')
    demo.clock.set(new Date('2027-04-01T08:00:00Z'))
    expect((await demo.actorOf('suppleante.bis@cpam.test')).ownBodies).toEqual([])
    expect(await demo.actorOf('assistante.bis@cpam.test')).toMatchObject({ assists: [], dossierOf: [], mandateIds: [] })
    demo.clock.set(castNow)
    await demo.services.mandates.endMandate(await chef(), { mandateId: titulaireMandateId, ...jour('2027-03-20') })
  })

  it('[H34] a consortium file never makes a suppléant begin before the titulaire, nor end before beginning', async () => {
    const administrateur = await personOf(demo, cast.administrateur)
    const make = (slug: string, titulaire: string, suppleant: string) =>
      demo.services.administration.createConsortiumOfText(
        administrateur,
        tarnEtGaronne
          .replace('repère: tarn-et-garonne', `repère: ${slug}`)
          .replaceAll('tarn-et-garonne.test', `${slug}.test`)
          .replace('porte la voix: oui', `porte la voix: oui, ${titulaire}`)
          .replace(`remplace: irene.vidal@${slug}.test`, `remplace: irene.vidal@${slug}.test, ${suppleant}`),
      )
    await refused(make('trop-tard', 'du: 01/04/2027, au: 30/06/2027', 'au: 31/03/2027'), 422, /avant de commencer/)
    await make('a-l-heure', 'du: 01/04/2027, au: 30/06/2027', 'au: 30/06/2027')
    const [suppleante] = await demo.handle.db
      .select({ startsOn: mandates.startsOn, endsOn: mandates.endsOn })
      .from(mandates)
      .where(eq(mandates.accountId, await demo.accountIdOf('suzanne.marcou@a-l-heure.test')))
    expect(suppleante).toEqual({ startsOn: '2027-04-01', endsOn: '2027-06-30' })
  })
})
