import { and, desc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  accounts,
  consortiumFunctions,
  journal,
  mandates,
  organisations,
  outgoingMails,
  prestataireAttachments,
} from '#db/schema/index.ts'
import type { Invalid } from '#server/errors.ts'
import { loadActor } from '#server/habilitations/actor.ts'
import { type CastDatabase, cast, castDatabase, castNow } from '../cast.ts'
import { databaseKinds } from '../setup/database.ts'
import { instanceIdOf, refused } from './acts.ts'

const now = { when: 'maintenant' as const, lastDay: null }
const on = (lastDay: string) => ({ when: 'jour' as const, lastDay })
const nobodys = '00000000-0000-4000-8000-0000000000ff'

describe.each(databaseKinds())('[H34] mandates and functions on %s', kind => {
  let demo: CastDatabase
  beforeAll(async () => {
    demo = await castDatabase(kind)
  })
  beforeEach(() => demo.clock.set(castNow))
  afterAll(() => demo.close())

  const chef = () => demo.actorOf(cast.chef)
  const organisationId = async (slug: string) => {
    const { consortiumId } = await chef()
    const rows = await demo.handle.db.select().from(organisations).where(eq(organisations.slug, slug))
    return rows.find(row => row.consortiumId === consortiumId)?.id ?? ''
  }
  /** A designation as a membre of the group « offre de services », for the CAF, from tomorrow. */
  const designation = async (email: string, changes: object = {}) => ({
    person: { email, givenName: 'Noémie', familyName: 'Lacaze' },
    instanceId: await instanceIdOf(demo, 'offre'),
    organisationId: await organisationId('caf'),
    function: 'membre' as const,
    functionLabel: 'Membre',
    civilite: 'madame' as const,
    qualite: 'conseillère',
    carriesVoice: false,
    titulaireMandateId: null,
    readsDossier: false,
    replacesMandateId: null,
    startsOn: '2027-03-12',
    endsOn: null,
    ...changes,
  })
  const create = async (email: string, changes: object = {}) =>
    demo.services.mandates.createMandate(await chef(), await designation(email, changes))
  const mandateOf = async (id: string) => {
    const [row] = await demo.handle.db.select().from(mandates).where(eq(mandates.id, id))
    return row
  }
  const mandateIdOf = async (email: string, slug: string) => {
    const rows = await demo.handle.db
      .select()
      .from(mandates)
      .where(
        and(
          eq(mandates.accountId, await demo.accountIdOf(email)),
          eq(mandates.instanceId, await instanceIdOf(demo, slug)),
        ),
      )
    return rows[0]?.id ?? ''
  }
  const mailsTo = async (accountId: string) =>
    demo.handle.db
      .select({ kind: outgoingMails.kind, about: outgoingMails.about })
      .from(outgoingMails)
      .where(eq(outgoingMails.accountId, accountId))

  it('designates somebody whom nobody knows: an account, a mandate, an invitation, the journal, at once', async () => {
    const made = await create('Noemie.Lacaze@caf.test ')
    const [account] = await demo.handle.db.select().from(accounts).where(eq(accounts.id, made.accountId))
    expect(account).toMatchObject({ email: 'noemie.lacaze@caf.test', familyName: 'Lacaze', passwordHash: null })
    expect(made.newAccount).toBe(true)
    expect(await mailsTo(made.accountId)).toEqual([{ kind: 'invitation', about: {} }])
    const [line] = await demo.handle.db.select().from(journal).orderBy(desc(journal.at)).limit(1)
    expect(line).toMatchObject({ verb: 'mandate.create', subjectId: made.mandateId, by: (await chef()).accountId })
    const { actor, offre } = {
      actor: await demo.actorOf('noemie.lacaze@caf.test'),
      offre: await instanceIdOf(demo, 'offre'),
    }
    expect(actor.ownBodies).toEqual([offre])
  })

  it('tells who signs in already of the mandate; invites once whoever receives two', async () => {
    const known = await create(cast.membre)
    expect(known.newAccount).toBe(false)
    expect(await mailsTo(known.accountId)).toEqual([{ kind: 'mandat', about: { mandateId: known.mandateId } }])
    const first = await create('deux.fois@caf.test')
    await create('deux.fois@caf.test', { instanceId: await instanceIdOf(demo, 'numerique') })
    expect(await mailsTo(first.accountId)).toHaveLength(1)
  })

  it('reuses an account that another consortium knows, without telling its name, nor that it exists', async () => {
    await refused(create(cast.copiloteVar, { person: { email: cast.copiloteVar, givenName: '', familyName: '' } }), 422)
    await refused(
      create('inconnu@caf.test', { person: { email: 'inconnu@caf.test', givenName: '', familyName: '' } }),
      422,
    )
    const made = await create(cast.copiloteVar)
    expect(made).toMatchObject({ newAccount: false, accountId: await demo.accountIdOf(cast.copiloteVar) })
  })

  it('does not designate whoever administers the platform', async () => {
    await refused(create(cast.administrateur), 422)
    const says = await create(cast.administrateur).catch((error: Invalid) => JSON.stringify(error.fields))
    expect(says).toContain('ne peut pas être utilisée ici')
    expect(says).not.toMatch(/administr/)
  })

  it('refuses a second seat of one person in a body on the same day', async () => {
    await refused(create(cast.membreOffre), 422, /siège\sdéjà\sdans\scette\sinstance/)
    const ended = await create('deux.temps@caf.test', { endsOn: '2027-04-30' })
    await create('deux.temps@caf.test', { startsOn: '2027-05-01' })
    await refused(create('deux.temps@caf.test', { startsOn: '2027-04-30', endsOn: '2027-04-30' }), 422)
    expect((await mandateOf(ended.mandateId))?.endsOn).toBe('2027-04-30')
  })

  it('names who carries the voice of an institution when a second one would', async () => {
    const body = { instanceId: await instanceIdOf(demo, 'numerique'), organisationId: await organisationId('ars') }
    const first = await create('voix.une@msa.test', { ...body, carriesVoice: true, startsOn: '2028-01-01' })
    await refused(
      create('voix.deux@msa.test', { ...body, carriesVoice: true, startsOn: '2027-12-01' }),
      422,
      /Mme\sNoémie\sLacaze\sporte\sdéjà\sla\svoix/,
    )
    await create('voix.deux@msa.test', { ...body, carriesVoice: true, startsOn: '2027-12-01', endsOn: '2027-12-31' })
    expect((await mandateOf(first.mandateId))?.carriesVoice).toBe(true)
  })

  it('ends the mandate that is replaced the day before, with who serves it', async () => {
    const former = await create('titulaire@caf.test', { startsOn: '2027-01-01', carriesVoice: false })
    const suppleant = await create('suppleante@caf.test', {
      function: 'suppleant',
      titulaireMandateId: former.mandateId,
      startsOn: '2027-01-01',
    })
    const assistant = await create('assistante@caf.test', {
      function: 'assistant',
      titulaireMandateId: former.mandateId,
      startsOn: '2027-04-15',
    })
    const next = await create('suivante@caf.test', { startsOn: '2027-04-01', replacesMandateId: former.mandateId })
    expect((await mandateOf(former.mandateId))?.endsOn).toBe('2027-03-31')
    expect((await mandateOf(suppleant.mandateId))?.endsOn).toBe('2027-03-31')
    expect(await mandateOf(assistant.mandateId)).toBeUndefined()
    expect((await mandateOf(next.mandateId))?.replacesMandateId).toBe(former.mandateId)
    await refused(
      create('encore@caf.test', { startsOn: '2027-05-01', replacesMandateId: former.mandateId }),
      422,
      /a\sdéjà\spris\sla\ssuite\sde/,
    )
  })

  it('keeps a suppléant within the days of the titulaire', async () => {
    const titulaire = await create('bornee@caf.test', { startsOn: '2027-03-01', endsOn: '2027-06-30' })
    const serving = { function: 'suppleant', titulaireMandateId: titulaire.mandateId }
    await refused(create('hors.jours@caf.test', { ...serving, startsOn: '2027-03-01' }), 422)
    await refused(create('hors.jours@caf.test', { ...serving, startsOn: '2027-02-01', endsOn: '2027-06-30' }), 422)
    await create('hors.jours@caf.test', { ...serving, startsOn: '2027-03-01', endsOn: '2027-06-30' })
    await refused(create('sans.titulaire@caf.test', { function: 'suppleant' }), 422)
  })

  it('ends a mandate at once: what it gave is gone at the next request', async () => {
    const mandateId = await mandateIdOf(cast.membre, 'parcours')
    const serving = await mandateIdOf(cast.suppleant, 'parcours')
    const parcours = await instanceIdOf(demo, 'parcours')
    expect((await demo.actorOf(cast.membre)).ownBodies).toContain(parcours)
    const told = await demo.services.mandates.endingConsequences(await chef(), mandateId)
    expect(told.serving.map(each => each.name)).toEqual(['M.\u00a0Théo Galinier'])
    await demo.services.mandates.endMandate(await chef(), { mandateId, ...now })
    expect((await demo.actorOf(cast.membre)).ownBodies).not.toContain(parcours)
    expect((await demo.actorOf(cast.suppleant)).ownBodies).not.toContain(parcours)
    expect((await mandateOf(serving))?.endsOn).toBe('2027-03-11')
    await refused(demo.services.mandates.endMandate(await chef(), { mandateId, ...now }), 409)
  })

  it('erases a mistake that nothing refers to; corrects the dates of what has served', async () => {
    const mistake = await create('erreur@caf.test')
    await demo.services.mandates.eraseMistakenMandate(await chef(), { mandateId: mistake.mandateId })
    expect(await mandateOf(mistake.mandateId)).toBeUndefined()
    const served = await mandateIdOf(cast.copilote1, 'parcours')
    await refused(
      demo.services.mandates.eraseMistakenMandate(await chef(), { mandateId: served }),
      409,
      /a\sdéjà\sservi/,
    )
  })

  it('corrects a mandate as its author saw it, and ends sooner who serves it', async () => {
    const { mandateId } = await create('corrigee@caf.test')
    const served = await create('seconde@caf.test', { function: 'suppleant', titulaireMandateId: mandateId })
    const page = await demo.services.mandates.mandatePage(await chef(), mandateId)
    const changes = { ...page.values, functionLabel: 'Vice-présidente', endsOn: '2027-05-31', seen: page.seen }
    await demo.services.mandates.editMandate(await chef(), { mandateId, ...changes })
    expect(await mandateOf(mandateId)).toMatchObject({ functionLabel: 'Vice-présidente', endsOn: '2027-05-31' })
    expect((await mandateOf(served.mandateId))?.endsOn).toBe('2027-05-31')
    await refused(demo.services.mandates.editMandate(await chef(), { mandateId, ...changes }), 409)
    const again = await demo.services.mandates.mandatePage(await chef(), mandateId)
    const later = { ...again.values, startsOn: '2027-04-01', seen: again.seen }
    await refused(demo.services.mandates.editMandate(await chef(), { mandateId, ...later }), 422)
  })

  it('refuses everybody but the chef de projet, and every identifier of elsewhere', async () => {
    const mandateId = await mandateIdOf(cast.copilote1, 'parcours')
    const { mandates: verbs, people } = demo.services
    for (const email of [cast.copilote1, cast.presidentInstitutionnel, cast.correspondantCaf, cast.prestataire]) {
      const actor = await demo.actorOf(email)
      await refused(verbs.endMandate(actor, { mandateId, ...now }), 403)
      await refused(verbs.createMandate(actor, await designation('x@caf.test')), 403)
      await refused(people.peopleList(actor, {}), 403)
      await refused(people.personPage(actor, actor.accountId), 403)
    }
    const neighbour = await demo.actorOf(cast.chefVar)
    await refused(verbs.endMandate(neighbour, { mandateId, ...now }), 404)
    await refused(people.personPage(neighbour, await demo.accountIdOf(cast.copilote1)), 404)
    await refused(people.removePerson(neighbour, { accountId: await demo.accountIdOf(cast.copilote1), ...now }), 404)
    await refused(verbs.createMandate(neighbour, await designation('x@caf.test')), 422)
    await refused(verbs.endMandate(await chef(), { mandateId: nobodys, ...now }), 404)
  })

  it('asks for the strong second factor where it is required, and changes nothing without', async () => {
    const required = { ...demo.context, settings: { ...demo.context.settings, secondFactor: 'required' as const } }
    const { endMandate } = await import('#server/domain/governance/edit-mandate.ts')
    const mandateId = await mandateIdOf(cast.copilote1, 'parcours')
    const weak = { ...(await chef()), verification: 'courriel' as const }
    await refused(endMandate(required, weak, { mandateId, ...on('2027-04-01') }), 403)
    expect((await mandateOf(mandateId))?.endsOn).toBeNull()
  })

  it('never leaves the consortium without a chef de projet', async () => {
    const [only] = await demo.handle.db
      .select()
      .from(consortiumFunctions)
      .where(
        and(
          eq(consortiumFunctions.consortiumId, (await demo.actorOf(cast.chefVar)).consortiumId),
          eq(consortiumFunctions.function, 'chef_de_projet'),
        ),
      )
    const chefVar = () => demo.actorOf(cast.chefVar)
    const functionId = only?.id ?? ''
    await refused(
      demo.services.mandates.endFunction(await chefVar(), { functionId, ...on('2027-12-31') }),
      409,
      /à\spartir\sdu\s1er\sjanvier\s2028/,
    )
    await refused(
      demo.services.people.removePerson(await chefVar(), { accountId: (await chefVar()).accountId, ...now }),
      409,
    )
    await demo.services.mandates.giveFunction(await chefVar(), {
      person: { email: 'relais@var.test', givenName: 'Inès', familyName: 'Daumas' },
      function: 'chef_de_projet',
      functionLabel: '',
      civilite: 'madame',
      qualite: 'cheffe de service',
      organisationId: null,
      startsOn: '2028-01-01',
      endsOn: null,
    })
    await demo.services.mandates.endFunction(await chefVar(), { functionId, ...on('2027-12-31') })
  })

  it('attaches a prestataire to instances, and detaches it: its reading stops at once', async () => {
    const { db } = demo.handle
    const actor = await demo.actorOf(cast.prestataire)
    const [fn] = await db
      .select()
      .from(consortiumFunctions)
      .where(and(eq(consortiumFunctions.accountId, actor.accountId), eq(consortiumFunctions.function, 'prestataire')))
    const functionId = fn?.id ?? ''
    const instanceId = await instanceIdOf(demo, 'strategique')
    const days = { startsOn: '2027-03-12', endsOn: null }
    await demo.services.mandates.attachPrestataire(await chef(), { functionId, instanceId, ...days })
    expect((await demo.actorOf(cast.prestataire)).attachedTo).toContain(instanceId)
    await refused(demo.services.mandates.attachPrestataire(await chef(), { functionId, instanceId, ...days }), 422)
    const [attachment] = await db
      .select()
      .from(prestataireAttachments)
      .where(
        and(
          eq(prestataireAttachments.consortiumFunctionId, functionId),
          eq(prestataireAttachments.instanceId, instanceId),
        ),
      )
    const attachmentId = attachment?.id ?? ''
    await demo.services.mandates.detachPrestataire(await chef(), { attachmentId, ...on('2027-03-31') })
    demo.clock.set(new Date('2027-04-01T08:00:00Z'))
    expect((await demo.actorOf(cast.prestataire)).attachedTo).not.toContain(instanceId)
    await demo.services.mandates.attachPrestataire(await chef(), {
      functionId,
      instanceId,
      startsOn: '2027-04-01',
      endsOn: null,
    })
    expect((await demo.actorOf(cast.prestataire)).attachedTo).toContain(instanceId)
  })

  it('takes somebody out of the consortium: mandates, functions and invitations of a meeting, now and to come', async () => {
    for (const email of [cast.copiloteOffre, cast.futur, cast.invite, cast.observateur]) {
      const accountId = await demo.accountIdOf(email)
      await demo.services.people.removePerson(await chef(), { accountId, ...now })
      const { consortiumId } = await chef()
      const later = await loadActor(demo.handle.db, { accountId, consortiumId, now: new Date('2029-01-01T12:00:00Z') })
      for (const actor of [await demo.actorOf(email), later]) {
        expect([actor.mandateIds, actor.functions, actor.invitedTo]).toEqual([[], [], []])
      }
      const page = await demo.services.people.personPage(await chef(), accountId).catch(() => null)
      expect(page?.state ?? 'termine').toBe('termine')
    }
  })

  it('corrects the address of who never signed in, and of nobody else', async () => {
    const { accountId } = await create('faute.de.frape@caf.test')
    const names = { givenName: 'Noémie', familyName: 'Lacaze', phone: '' }
    const { people } = demo.services
    await people.correctPerson(await chef(), { accountId, ...names, email: 'faute.de.frappe@caf.test' })
    expect(await demo.accountIdOf('faute.de.frappe@caf.test')).toBe(accountId)
    const answers = new Set<string>()
    for (const email of [cast.membre, cast.chefVar, cast.administrateur]) {
      const corrected = people.correctPerson(await chef(), { accountId, ...names, email })
      answers.add(await corrected.then(String, (error: Invalid) => JSON.stringify(error.fields)))
    }
    expect([...answers], 'the same for whoever has the address, here or elsewhere').toHaveLength(1)
    expect([...answers].join()).toMatch(/ne peut pas être utilisée ici/)
    const signsIn = await demo.accountIdOf(cast.copilote1)
    await refused(people.correctPerson(await chef(), { accountId: signsIn, ...names, email: 'volee@caf.test' }), 409)
  })

  it('invites again who has no password, while they have something to come for', async () => {
    const { people } = demo.services
    const { accountId, mandateId } = await create('relance@caf.test')
    await people.resendInvitation(await chef(), { accountId })
    expect(await mailsTo(accountId)).toHaveLength(2)
    await demo.services.mandates.endMandate(await chef(), { mandateId, ...on('2027-03-12') })
    demo.clock.set(new Date('2027-03-13T08:00:00Z'))
    await refused(people.resendInvitation(await chef(), { accountId }), 409)
    await refused(people.resendInvitation(await chef(), { accountId: await demo.accountIdOf(cast.copilote1) }), 409)
  })

  it('lists people with what they do, by structure, instance, function and state', async () => {
    const { people } = demo.services
    const all = await people.peopleList(await chef(), {})
    expect(all.total).toBeGreaterThan(30)
    expect(all.rows.some(row => row.email.endsWith('@var.test') && row.roles.length === 0)).toBe(false)
    const caf = await people.peopleList(await chef(), { organisation: 'caf', function: 'correspondant' })
    expect(caf.rows.map(row => row.email)).toEqual([cast.correspondantCaf])
    const never = await people.peopleList(await chef(), { state: 'jamais' })
    expect(never.rows.every(row => !row.hasPassword)).toBe(true)
    const ended = await people.peopleList(await chef(), { state: 'termine' })
    expect(ended.rows.every(row => row.state === 'termine')).toBe(true)
    expect(ended.rows.map(row => row.email)).toContain(cast.ancien)
    const membre = await mandateIdOf(cast.membre, 'parcours')
    const soon = async () => (await people.peopleList(await chef(), { state: 'finit' })).rows.map(each => each.email)
    expect(await soon()).not.toContain(cast.membre)
    await demo.handle.db.update(mandates).set({ endsOn: '2027-04-11' }).where(eq(mandates.id, membre))
    expect(await soon()).toContain(cast.membre)
    const { mandatesEndingSoon } = await demo.services.governance.managementPage(await chef())
    expect(mandatesEndingSoon).toBeGreaterThanOrEqual((await soon()).length)
    await demo.handle.db.update(mandates).set({ endsOn: '2027-04-12' }).where(eq(mandates.id, membre))
    expect(await soon()).not.toContain(cast.membre)
    await demo.handle.db.update(mandates).set({ endsOn: null }).where(eq(mandates.id, membre))
    const searched = await people.peopleList(await chef(), { search: 'parcours@tarn.test copilote' })
    expect(searched.rows.map(row => row.email).toSorted()).toEqual([cast.copilote1, cast.copilote2])
    expect((await people.peopleList(await chef(), { search: "%'_\\" })).total).toBe(0)
  })

  it('shows a person with their mandates, and whether they may be corrected', async () => {
    const { people } = demo.services
    const page = await people.personPage(await chef(), await demo.accountIdOf(cast.copilote2))
    expect(page.mandates.map(each => each.instance.slug)).toContain('parcours')
    expect(page.mayBeCorrected).toBe(false)
    const { accountId } = await create('nouvelle.venue@caf.test')
    expect(await people.personPage(await chef(), accountId)).toMatchObject({
      mayBeCorrected: true,
      hasPassword: false,
      invitation: { state: 'en_attente' },
      state: 'en_cours',
    })
  })
})
