import { and, eq, inArray } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { instances, mandates, meetings, minutes, prestataireAttachments } from '#db/schema/index.ts'
import { createServices } from '#server/services.ts'
import { instanceForm, newInstanceForm } from '#server/vocabulary/instance-forms.ts'
import { type CastDatabase, cast, castDatabase } from '../cast.ts'
import { databaseKinds } from '../setup/database.ts'
import { instanceIdOf, newMeeting, refused, typedMeeting } from './acts.ts'

const typed = {
  name: 'Groupe logement',
  shortName: 'Logement',
  code: 'log',
  level: 'operationnel',
  kind: 'groupe_operationnel',
  validatorRule: 'tous_les_copilotes',
  draftReaders: 'instance',
  minutesVisibility: 'niveau',
}

describe.each(databaseKinds())('the instances of a consortium, on %s', { timeout: 60_000 }, kind => {
  let demo: CastDatabase
  beforeAll(async () => {
    demo = await castDatabase(kind)
  })
  afterAll(() => demo.close())

  const chef = () => demo.actorOf(cast.chef)
  const create = async (fields: Record<string, unknown> = {}) =>
    demo.services.instances.createInstance(await chef(), newInstanceForm.parse({ ...typed, ...fields }))
  const remove = async (slug: string) => demo.services.instances.deleteInstance(await chef(), slug)
  const rowOf = async (slug: string) => {
    const [row] = await demo.handle.db
      .select()
      .from(instances)
      .where(eq(instances.id, await instanceIdOf(demo, slug)))
    return row ?? expect.fail(`no ${slug}`)
  }
  /** The form of an instance as it stands, with some fields typed again. */
  const formOf = async (slug: string, fields: Record<string, unknown> = {}) => {
    const { instance, version } = await demo.services.instances.instanceSettings(await chef(), slug)
    return instanceForm.parse({
      ...instance,
      roles: instance.roles.join('\n'),
      parentId: instance.parentId ?? '',
      territory: instance.territory ?? '',
      meetingsPerYear: String(instance.meetingsPerYear ?? ''),
      opensWritingToMembers: instance.opensWritingToMembers ? 'oui' : undefined,
      version,
      ...fields,
    })
  }
  const consequences = async (slug: string, fields: Record<string, unknown>) =>
    demo.services.instances.instanceConsequences(await chef(), { slug, form: await formOf(slug, fields) })
  const set = async (slug: string, fields: Record<string, unknown>) => {
    const confirmed = (await consequences(slug, fields))?.version ?? ''
    const form = await formOf(slug, { confirmed, ...fields })
    return demo.services.instances.editInstance(await chef(), { slug, form })
  }

  describe('[H32] one is created', () => {
    it('with a code of its own, in capitals, at an address made from its short name', async () => {
      const { slug } = await create()
      expect(await rowOf(slug)).toMatchObject({ slug: 'logement', code: 'LOG', votingRules: null, roles: [] })
      await refused(create({ name: 'Autre', shortName: 'Autre' }), 422, /Ce code est pris/)
      await remove(slug)
    })

    it('hanging from one of this consortium, never from itself', async () => {
      const elsewhere = await instanceIdOf(demo, 'departementale', 'var')
      await refused(create({ parentId: elsewhere }), 422, /de la liste/)
      const { slug } = await create()
      const { id } = await rowOf(slug)
      await refused(set(slug, { parentId: id }), 422, /rattachée à elle-même/)
      const { slug: below } = await create({ shortName: 'Sous-groupe', code: 'SG', parentId: id })
      await refused(set(slug, { parentId: (await rowOf(below)).id }), 422, /rattachée à elle-même/)
      await refused(remove(slug), 409, /instance rattachée/)
      await remove(below)
      await remove(slug)
    })

    it('a technical group at the operational level, whose minutes go up', () => {
      const problems = (fields: Record<string, unknown>) =>
        newInstanceForm.safeParse({ ...typed, ...fields }).error?.issues.map(({ path }) => path.join('.'))
      expect(problems({ minutesVisibility: 'instance' })).toEqual(['minutesVisibility'])
      expect(problems({ level: 'strategique' })).toEqual(['level'])
    })

    it('with voting rules only when it votes, the weights of one voice left out', async () => {
      const { choices } = await demo.services.instances.newInstance(await chef())
      const weights = choices.organisations.map(({ id }, rank) => ({
        organisationId: id,
        voices: rank === 0 ? '3' : '1',
      }))
      const { slug } = await create({ quorumPercent: '50', weights })
      expect((await rowOf(slug)).votingRules).toBeNull()
      await set(slug, { votes: 'oui', quorumPercent: '50', castingVote: 'oui', mostProxies: '1', weights })
      expect((await rowOf(slug)).votingRules).toEqual({
        quorumPercent: 50,
        weights: { [choices.organisations[0]?.id ?? '']: 3 },
        castingVote: 'presidence',
        mostProxies: 1,
      })
      const stranger = [{ organisationId: await instanceIdOf(demo, 'parcours'), voices: '2' }]
      await refused(set(slug, { votes: 'oui', weights: stranger }), 422, /n’est pas du consortium/)
      await remove(slug)
    })
  })

  it('[H32] a code that numbers decisions stays', async () => {
    await refused(set('strategique', { code: 'NOUVEAU' }), 422, /ne peut plus changer/)
    const { codeIsUsed } = await demo.services.instances.instanceSettings(await chef(), 'strategique')
    expect(codeIsUsed).toBe(true)
  })

  it('[H32] settings are changed from what is saved, not from what was', async () => {
    const late = await formOf('numerique', { cadence: 'Tous les mois' })
    await set('numerique', { cadence: 'Toutes les semaines' })
    await refused(
      demo.services.instances.editInstance(await chef(), { slug: 'numerique', form: late }),
      409,
      /Quelqu’un/,
    )
    expect((await rowOf('numerique')).cadence).toBe('Toutes les semaines')
  })

  it('[H32] writing that is open to members is so in new minutes from the start', async () => {
    await set('offre', { opensWritingToMembers: 'oui' })
    const opened = await newMeeting(demo, cast.copiloteOffre, 'offre', { day: '2027-05-11' })
    await set('offre', { opensWritingToMembers: undefined })
    const closed = await newMeeting(demo, cast.copiloteOffre, 'offre', { day: '2027-05-12' })
    const openedAt = async (minutesId: string) =>
      (await demo.handle.db.select().from(minutes).where(eq(minutes.id, minutesId)))[0]?.openedToMembersAt
    expect(await openedAt(opened.minutesId)).toEqual(demo.clock.now())
    expect(await openedAt(closed.minutesId)).toBeNull()
    const write = async (email: string, minutesId: string) =>
      (await demo.services.liveAccess([{ accountId: await demo.accountIdOf(email), minutesId, epoch: 1 }]))[0]?.mode
    expect(await write(cast.membreOffre, opened.minutesId)).toBe('write')
    expect(await write(cast.membreOffre, closed.minutesId)).toBe('read')
    for (const { meetingId } of [opened, closed]) {
      await demo.services.meetings.cancelMeeting(await chef(), { meetingId, reason: 'Essai' })
    }
  })

  describe('[H32] what a change does to rights', () => {
    /** How many minutes everyone of the cast reads, by asking for each page. */
    const read = async () => {
      const all = await demo.handle.db.select({ id: minutes.id }).from(minutes)
      const names = [cast.membre, cast.membreOffre, cast.membreRestreint, cast.presidentStrategique, cast.copilote1]
      const counts: Record<string, number> = {}
      for (const email of names) {
        const actor = await demo.actorOf(email)
        const pages = await Promise.all(
          all.map(({ id }) =>
            demo.services.minutes.minutesPage(actor, id).then(
              () => 1,
              () => 0,
            ),
          ),
        )
        counts[actor.name] = pages.reduce<number>((sum, one) => sum + one, 0)
      }
      return counts
    }

    it('is said as it will be, person by person', async () => {
      const before = await read()
      const said = await consequences('restreint', { level: 'operationnel', draftReaders: 'redacteurs' })
      await set('restreint', { level: 'operationnel', draftReaders: 'redacteurs' })
      const after = await read()
      let moved = 0
      for (const [name, count] of Object.entries(before)) {
        const gain = said?.gain.find(each => each.name === name)?.minutes ?? 0
        const lose = said?.lose.find(each => each.name === name)?.minutes ?? 0
        expect([name, (after[name] ?? 0) - count]).toEqual([name, gain - lose])
        moved += gain + lose
      }
      expect(moved).toBeGreaterThan(0)
      await set('restreint', { level: 'strategique', draftReaders: 'instance' })
      expect(await read()).toEqual(before)
    })

    it('is not kept without having been read', async () => {
      const form = await formOf('restreint', { level: 'operationnel' })
      await refused(demo.services.instances.editInstance(await chef(), { slug: 'restreint', form }), 409, /relisez-le/)
      expect((await rowOf('restreint')).level).toBe('strategique')
    })

    it('says who validates instead of whom', async () => {
      const said = await consequences('strategique', { validatorRule: 'chef_de_projet' })
      expect(said?.validators.before).toHaveLength(1)
      expect(said?.validators.after).toEqual([expect.stringContaining('Nadège Fauré')])
      expect(await consequences('strategique', { cadence: 'Autrement' })).toBeNull()
    })

    it('of a body that becomes a technical group: its minutes reach their level, published ones too, and it is said', async () => {
      const { slug } = await create({
        kind: 'groupe_restreint',
        level: 'strategique',
        minutesVisibility: 'instance',
        validatorRule: 'chef_de_projet',
      })
      const { minutesId, meetingId } = await newMeeting(demo, cast.chef, slug, { day: '2027-05-18' })
      const published = await newMeeting(demo, cast.chef, slug, { day: '2027-05-19' })
      const at = demo.clock.now()
      await demo.handle.db
        .update(minutes)
        .set({ state: 'diffuse', validatedAt: at, distributedAt: at })
        .where(eq(minutes.id, published.minutesId))
      const become = { kind: 'groupe_operationnel', level: 'operationnel', minutesVisibility: 'niveau' }
      const reader = await demo.actorOf(cast.membreOffre)
      expect((await consequences(slug, become))?.gain).toContainEqual({
        accountId: reader.accountId,
        name: reader.name,
        minutes: 1,
      })
      await set(slug, become)
      const rows = await demo.handle.db
        .select({ visibility: minutes.visibility })
        .from(minutes)
        .where(inArray(minutes.id, [minutesId, published.minutesId]))
      expect(rows).toEqual([{ visibility: 'niveau' }, { visibility: 'niveau' }])
      await refused(remove(slug), 409, /2\sréunions/)
      await demo.services.meetings.cancelMeeting(await chef(), { meetingId, reason: 'Essai' })
    })
  })

  it('[H0] one of the neighbour is not found, whatever is done', async () => {
    const { instances: verbs } = demo.services
    const actor = await chef()
    const slug = 'departementale'
    const form = instanceForm.parse({ ...typed, version: '' })
    const lastDay = '2027-04-30'
    await refused(verbs.instanceSettings(actor, slug), 404)
    await refused(verbs.instanceConsequences(actor, { slug, form }), 404)
    await refused(verbs.editInstance(actor, { slug, form }), 404)
    await refused(verbs.dissolutionPreview(actor, { slug, lastDay }), 404)
    await refused(verbs.dissolveInstance(actor, { slug, lastDay, version: '' }), 404)
    await refused(verbs.cancelDissolution(actor, slug), 404)
    await refused(verbs.deleteInstance(actor, slug), 404)
  })

  it('[H32] settings are kept by a second factor where one is required', async () => {
    const strict = createServices(
      { ...demo.context, settings: { ...demo.context.settings, secondFactor: 'required' } },
      { secureCookies: false },
    )
    const form = newInstanceForm.parse({ ...typed, shortName: 'Mobilité', code: 'MOB' })
    await refused(strict.instances.createInstance(await chef(), form), 403, /code de votre application/)
    const verified = { ...(await chef()), verification: 'forte' as const }
    await remove((await strict.instances.createInstance(verified, form)).slug)
  })

  describe('[H32] one is dissolved', () => {
    const lastDay = '2027-04-30'
    const preview = async (slug: string) => demo.services.instances.dissolutionPreview(await chef(), { slug, lastDay })
    const dissolve = async (slug: string) =>
      demo.services.instances.dissolveInstance(await chef(), { slug, lastDay, version: (await preview(slug)).version })

    it('not while meetings are ahead, minutes to finish, decisions or natures await it: each is said', async () => {
      const { obstacles } = await preview('strategique')
      const said = obstacles.map(({ says }) => says).join('\n')
      expect(said).toMatch(/une réunion est prévue le/)
      expect(said).toMatch(/n’est pas encore diffusé/)
      expect(said).toMatch(/une décision attend l’instance/)
      expect(said).toMatch(/compétente pour « Production d’un groupe »/)
      await refused(dissolve('strategique'), 409, /ne peut pas être dissoute/)
    })

    it('its mandates end that day, it meets no more, and it comes back with them', async () => {
      const { slug } = await create({ shortName: 'Éphémère', code: 'EPH' })
      const { id, consortiumId } = await rowOf(slug)
      const [model] = await demo.handle.db
        .select()
        .from(mandates)
        .where(
          and(eq(mandates.consortiumId, consortiumId), eq(mandates.accountId, await demo.accountIdOf(cast.membre))),
        )
      const [attachment] = await demo.handle.db.select().from(prestataireAttachments)
      if (!model || !attachment) throw new Error('the demonstration has both')
      const { id: _, ...seat } = model
      const { id: __, ...link } = attachment
      await demo.handle.db.insert(mandates).values({ ...seat, instanceId: id, endsOn: null })
      await demo.handle.db.insert(prestataireAttachments).values({ ...link, instanceId: id, endsOn: null })
      const { slug: below } = await create({ shortName: 'Sous-groupe', code: 'SG', parentId: id })
      const children = [{ slug: below, name: typed.name }]
      expect(await preview(slug)).toMatchObject({ obstacles: [], attachments: 1, mandates: [{ lastDay }], children })
      await remove(below)
      await dissolve(slug)
      expect((await demo.actorOf(cast.membre)).ownBodies).toContain(id)
      const create2 = demo.services.meetings.createMeeting(await chef(), {
        instanceId: id,
        form: typedMeeting({ day: '2027-05-01' }),
      })
      await refused(create2, 422, /dissoute/)
      demo.clock.set(new Date('2027-04-30T22:00:00Z'))
      expect((await demo.actorOf(cast.membre)).ownBodies).not.toContain(id)
      expect((await demo.actorOf(cast.prestataire)).attachedTo).not.toContain(id)
      const page = await demo.services.governance.instancePage(await chef(), slug)
      expect(page.can.createMeeting).toMatchObject({ allowed: false, status: 409 })
      expect(await demo.services.instances.cancelDissolution(await chef(), slug)).toBe(1)
      expect((await demo.actorOf(cast.membre)).ownBodies).toContain(id)
      expect((await rowOf(slug)).endsOn).toBeNull()
      await demo.handle.db.delete(meetings).where(eq(meetings.instanceId, id))
    })
  })
})
