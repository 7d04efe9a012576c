import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accounts, mandates, meetings, minutes, organisations } from '#db/schema/index.ts'
import { holdersOf } from '#server/domain/access/holders.ts'
import { everyPreviewChoice, inventedPerson, previewChoices } from '#server/domain/access/preview-profiles.ts'
import { NotFound } from '#server/errors.ts'
import { type Actor, loadActors } from '#server/habilitations/actor.ts'
import { can } from '#server/habilitations/authorize.ts'
import { minutesFacts } from '#server/habilitations/load-facts.ts'
import { reasonsOn } from '#server/habilitations/reasons.ts'
import type { ActionOn } from '#server/habilitations/rules.ts'
import type { MinutesState } from '#server/vocabulary/minutes.ts'
import { type CastDatabase, type CastName, cast, castDatabase } from '../cast.ts'
import { actionsOn, everyRight, resources, type Thing, type Things, thingsOf } from '../habilitations/rights.ts'
import { databaseKinds } from '../setup/database.ts'

describe.each(databaseKinds())('who can see this, on %s', kind => {
  let demo: CastDatabase
  let chef: Actor
  let things: Things
  let everyone: Actor[]
  beforeAll(async () => {
    demo = await castDatabase(kind)
    chef = await demo.actorOf(cast.chef)
    things = await thingsOf(demo.handle.db, [chef.consortiumId])
    everyone = await actorsOf(await allAccounts())
  })
  afterAll(() => demo.close())

  it('[H0] gives a person a reason if and only if the rule lets them', () => {
    let judged = 0
    for (const resource of resources) {
      for (const action of actionsOn(resource)) {
        for (const { facts } of things[resource] as Thing<typeof resource>[]) {
          const reasons = reasonsOn(resource, action as ActionOn<typeof resource>, facts as never)
          for (const actor of everyone) {
            const held = reasons.some(reason => reason.holdsFor(actor))
            expect(held).toBe(can(actor, resource, action as ActionOn<typeof resource>, facts as never))
            judged++
          }
        }
      }
    }
    expect(judged).toBeGreaterThan(50_000)
  })

  it('[H0] knows everyone who holds something, as `loadActors` does', async () => {
    const holders = await holdersOf(demo.handle.db, chef)
    const loaded = await actorsOf(holders.map(({ accountId }) => accountId))
    expect(holders.map(({ actor }) => everyRight(actor, things))).toEqual(
      loaded.map(actor => everyRight(actor, things)),
    )
    const rest = (await allAccounts()).filter(id => !holders.some(({ accountId }) => accountId === id))
    expect(rest.length).toBeGreaterThan(3)
    for (const nobody of await actorsOf(rest)) expect(everyRight(nobody, things)).toEqual(new Set())
  })

  it('[H0] explains every right of everyone by one at least of what they hold', async () => {
    for (const { actor, titles } of await holdersOf(demo.handle.db, chef)) {
      const alone = titles.map(title => everyRight(title.alone, things))
      expect(new Set(alone.flatMap(rights => [...rights]))).toEqual(everyRight(actor, things))
    }
  })

  it('[H15] names those who read minutes, each once, with the mandate that gives it; and those who will', async () => {
    const id = await minutesOf('parcours', 'en_relecture')
    const page = await demo.services.access.accessPage(await demo.actorOf(cast.membre), { kind: 'compte-rendu', id })
    const facts = await minutesFacts(demo.handle.db, chef, id)
    const expected = everyone.filter(actor => can(actor, 'minutes', 'read', facts)).map(({ name }) => name)
    expect(names(page.readings[0]?.groups).toSorted()).toEqual(expected.toSorted())
    const published = everyone.filter(actor => can(actor, 'minutes', 'read', { ...facts, minutesState: 'diffuse' }))
    expect(names(page.later?.readings[0]?.groups).toSorted()).toEqual(published.map(({ name }) => name).toSorted())
    const copilote = page.readings[0]?.groups.flatMap(({ people }) => people).find(({ name }) => /Castagné/.test(name))
    expect(copilote).toMatchObject({
      organisation: 'Département',
      through: [{ label: 'Copilote', body: 'Parcours', since: '2026-01-01' }],
    })
    expect(page.mine).toMatchObject([{ rule: 'H15', who: 'les membres de l’instance', through: [{ label: 'Membre' }] }])
    expect(page.acts.find(({ rule }) => rule === 'H21')?.people).toEqual(['Hélène Castagné', 'Yannick Pradel'])
    expect(page.previews).toEqual([])
  })

  it('[H44] tells an invité the reasons, and no name', async () => {
    const invite = await demo.actorOf(cast.invite)
    const [meetingId = ''] = invite.invitedTo
    const [row] = await demo.handle.db.select().from(minutes).where(eq(minutes.meetingId, meetingId))
    for (const asked of [
      { kind: 'reunion', id: meetingId },
      { kind: 'compte-rendu', id: row?.id ?? '' },
    ]) {
      const page = await demo.services.access.accessPage(invite, asked)
      expect(page.showsPeople).toBe(false)
      expect(page.readings[0]?.groups.length).toBeGreaterThan(1)
      const people = await demo.handle.db.select().from(accounts)
      const text = JSON.stringify(page)
      for (const { familyName } of people) expect(text).not.toContain(familyName)
      expect(page.mine[0]?.through).toMatchObject([{ label: 'Invité' }])
    }
  })

  it('[H0] no longer names somebody whose mandate ended, or whose account is suspended', async () => {
    const id = await minutesOf('parcours', 'en_relecture')
    const readers = async () =>
      names((await demo.services.access.accessPage(chef, { kind: 'compte-rendu', id })).readings[0]?.groups)
    expect(await readers()).toContain('Samira Bensaïd')
    const accountId = await demo.accountIdOf(cast.membre)
    await demo.handle.db.update(mandates).set({ endsOn: '2027-03-11' }).where(eq(mandates.accountId, accountId))
    expect(await readers()).not.toContain('Samira Bensaïd')
    await demo.handle.db.update(mandates).set({ endsOn: null }).where(eq(mandates.accountId, accountId))
    await demo.handle.db.update(accounts).set({ suspendedAt: chef.now }).where(eq(accounts.id, accountId))
    expect(await readers()).not.toContain('Samira Bensaïd')
    await demo.handle.db.update(accounts).set({ suspendedAt: null }).where(eq(accounts.id, accountId))
  })

  it('[H37] lets the chef de projet read all that anybody reads: a preview shows them nothing new', () => {
    for (const resource of resources) {
      for (const action of actionsOn(resource).filter(name => name.startsWith('read'))) {
        for (const { facts } of things[resource] as Thing<typeof resource>[]) {
          const may = (actor: Actor) => can(actor, resource, action as ActionOn<typeof resource>, facts as never)
          if (everyone.some(may)) expect(may(chef), `${resource}.${action}`).toBe(true)
        }
      }
    }
  })

  it.each([
    ['membre.parcours', 'membre'],
    ['suppleant.parcours', 'suppleant'],
    ['copilote.parcours', 'copilote1'],
    ['membre.strategique', 'membreStrategique'],
    ['president.institutionnelle', 'presidentInstitutionnel'],
    ['secretaire.institutionnelle', 'secretaireInstitutionnel'],
    ['assistant.institutionnelle', 'assistante'],
    ['assistant-dossier.strategique', 'assistantDossier'],
    ['correspondant.caf', 'correspondantCaf'],
    ['observateur', 'observateur'],
  ] as const)('[H37] invents somebody with the rights of a real one: %s', async (code, name) => {
    const real = await demo.actorOf(cast[name])
    const [structure] = real.organisationIds
    const forThem = structure ? `${code}.${await slugOf(structure)}` : code
    const invented = await inventedPerson(demo.handle.db, chef, forThem)
    const rights = everyRight(invented?.actor as Actor, things)
    // What one has for oneself: one's own mandates, and those of whom one assists.
    const own = /^(mandate\.readHandover|presence\.(read|answer)|action\.)/
    const impersonal = (all: ReadonlySet<string>) => new Set([...all].filter(right => !own.test(right)))
    expect(impersonal(rights)).toEqual(impersonal(everyRight(real, things)))
    expect([...rights].filter(right => !everyRight(real, things).has(right))).toEqual([])
  })

  it('[H37] [H39] gives whoever is invented the structure that is asked for, else the first that sits there', async () => {
    const invent = async (code: string) => {
      const invented = await inventedPerson(demo.handle.db, chef, code)
      return invented && { ...invented, label: breakable(invented.label) }
    }
    const caf = (await demo.actorOf(cast.correspondantCaf)).correspondantOf
    expect(await invent('membre.strategique.caf')).toMatchObject({
      label: 'membre de « Stratégique », pour « CAF »',
      actor: { organisationIds: caf, directs: caf },
    })
    const seated = await demo.handle.rows<{ id: string; short: string }>(
      sql`select o.id, n.short_name as short from organisations o
        join organisation_names n on n.organisation_id = o.id and n.ends_on is null
        where exists (select from mandates m join instances i on i.id = m.instance_id
          where m.organisation_id = o.id and i.slug = 'numerique' and i.consortium_id = ${chef.consortiumId}
          and m.function in ('president', 'copilote', 'membre', 'suppleant') and m.ends_on is null)
        order by o.position limit 1`,
    )
    expect(await invent('membre.numerique')).toMatchObject({
      label: `un membre technique (membre de « Numérique », pour « ${seated[0]?.short} »)`,
      actor: { organisationIds: [seated[0]?.id], directs: [] },
    })
    // A secretary speaks for no structure; a structure that nobody knows is nobody's.
    expect(await invent('secretaire.strategique.caf')).toBeNull()
    expect(await invent('membre.strategique.nulle-part')).toBeNull()
    expect(await invent('membre.strategique.caf.caf')).toBeNull()
    expect(await invent('correspondant.caf.caf')).toBeNull()
  })

  it.each([
    ['membre.strategique.caf', true],
    ['membre.institutionnelle', true],
    ['correspondant.caf', true],
    ['membre.parcours.caf', false],
    ['secretaire.institutionnelle', false],
    ['prestataire', false],
    ['observateur', false],
  ] as const)('[H37] [H39] frames the page as that person would have it: %s', async (code, speaks) => {
    const { services } = demo
    const entry = await services.consortia.enter({ accountId: chef.accountId }, 'tarn')
    const entered = await services.access.enterPreview(entry, { code, published: false, minutesId: null })
    expect(entered.consortium).toMatchObject({
      speaksForOrganisation: speaks,
      administers: false,
      readsConsortium: true,
      hasOthers: false,
    })
    // « Ma structure » opens to whoever finds it in their navigation.
    const opened = services.ownOrganisation.organisationActivity(entered.actor)
    if (!speaks) await expect(opened).rejects.toThrow(NotFound)
    else if (code.endsWith('caf')) expect((await opened).organisation.slug).toBe('caf')
    else expect((await opened).seats.length).toBeGreaterThan(0)
  })

  it('[H37] [H46] names an elected member, a technical member and the prestataire, whatever one looks at', async () => {
    const labels = async (about: Parameters<typeof previewChoices>[2]) =>
      (await previewChoices(demo.handle.db, chef, about)).map(({ label }) => breakable(label)).join('\n')
    const parcours = things.instance.find(({ id }) => isIn(id, 'parcours'))
    for (const about of [{}, { instanceId: parcours?.id ?? '' }]) {
      expect(await labels(about)).toMatch(/^un élu \(membre de « Institutionnelle », pour « .+ »\)$/m)
      expect(await labels(about)).toMatch(/^un membre technique \(membre de « .+ », pour « .+ »\)$/m)
      expect(await labels(about)).toMatch(/^le prestataire|^un prestataire/m)
    }
    const [caf = ''] = (await demo.actorOf(cast.correspondantCaf)).correspondantOf
    expect(await labels({ organisationId: caf })).toMatch(/« Institutionnelle », pour « CAF »/)
    expect(await labels({ organisationId: caf })).toContain('le correspondant de « Caisse d’allocations familiales')
  })

  it('[H46] shows in a preview nothing that who looks may not read, and what the invented person would see', {
    timeout: 60_000,
  }, async () => {
    const db = demo.handle.db
    // One in each state of each body, and somebody who writes in each sort of body: the chef de projet reads everything.
    const all = await demo.handle.rows<{ id: string }>(
      sql`select distinct on (r.instance_id, m.state, r.state) m.id from minutes m join meetings r on r.id = m.meeting_id
        where m.consortium_id = ${chef.consortiumId} order by r.instance_id, m.state, r.state, m.id`,
    )
    const people: CastName[] = ['copilote1', 'copiloteNumerique', 'presidentStrategique', 'secretaireInstitutionnel']
    let shown = 0
    let hidden = 0
    for (const name of people) {
      const reader = await demo.actorOf(cast[name])
      for (const { id } of all) {
        const facts = await minutesFacts(db, reader, id).catch(() => null)
        if (!facts || !can(reader, 'minutes', 'previewAs', facts)) continue
        const own = leaves(await demo.services.minutes.minutesPage(reader, id))
        const about = { instanceId: facts.instanceId, meetingId: facts.meetingId }
        for (const { code } of await previewChoices(db, reader, about)) {
          for (const published of [false, true]) {
            const invented = (await inventedPerson(db, reader, code))?.actor as Actor
            const asShown = published && isDraft(facts.minutesState) ? 'diffuse' : facts.minutesState
            const allowed = can(invented, 'minutes', 'read', { ...facts, minutesState: asShown })
            const seen = await demo.services.access
              .minutesPreview(invented, { reader, published }, id)
              .catch((error: unknown) => {
                if (error instanceof NotFound) return null
                throw error
              })
            expect(seen !== null).toBe(allowed)
            if (!seen) {
              hidden++
              continue
            }
            shown++
            const { can: _abilities, state: _state, ...told } = seen
            const added = [...leaves(told)].filter(leaf => !own.has(leaf))
            expect(added.filter(leaf => leaf !== 'read')).toEqual([])
          }
        }
      }
    }
    expect(shown).toBeGreaterThan(40)
    expect(hidden).toBeGreaterThan(10)
  })

  it('[H46] shows the same minutes as a real person sees, but for what is theirs', async () => {
    const copilote = await demo.actorOf(cast.copilote1)
    for (const [code, name, state] of [
      ['membre.parcours', 'membre', 'en_relecture'],
      ['membre.strategique', 'membreStrategique', 'diffuse'],
      ['membre.institutionnelle', 'membreInstitutionnel', 'diffuse'],
    ] as const) {
      const id = await minutesOf('parcours', state)
      const invented = (await inventedPerson(demo.handle.db, copilote, code))?.actor as Actor
      const seen = await demo.services.access.minutesPreview(invented, { reader: copilote, published: false }, id)
      const real = await demo.services.minutes.minutesPage(await demo.actorOf(cast[name]), id)
      const impersonal = (page: typeof real) => ({
        ...page,
        live: null,
        sealed: page.sealed && { ...page.sealed, toRead: null, recipients: null },
        outcomes: { ...page.outcomes, actions: null },
      })
      const without = (page: ReturnType<typeof impersonal>) =>
        // What the body that reads the decision knows of it, and who looks does not, is not shown.
        code === 'membre.institutionnelle' ? { ...page, outcomes: null } : page
      expect(without(impersonal(seen))).toEqual(without(impersonal(real)))
    }
  })

  it('[H37] names every sort of person of the consortium, and invents each of them', async () => {
    const { groups, structures } = await everyPreviewChoice(demo.handle.db, chef)
    const codes = groups.flatMap(({ choices }) => choices.map(({ code }) => code))
    expect(new Set(codes).size).toBe(codes.length)
    expect(codes.length).toBeGreaterThan(60)
    for (const code of codes) expect(await inventedPerson(demo.handle.db, chef, code)).not.toBeNull()
    expect(structures.map(({ slug }) => slug)).toContain('caf')
    const forTheCaf = await everyPreviewChoice(demo.handle.db, chef, 'caf')
    const seats = forTheCaf.groups
      .flatMap(({ choices }) => choices)
      .map(({ code, label }) => ({ code, label: breakable(label) }))
      .filter(({ label }) => label.includes('pour « '))
    expect(seats.length).toBeGreaterThan(30)
    expect(seats.filter(({ code, label }) => !code.endsWith('.caf') || !label.includes('pour « CAF »'))).toEqual([])
    const copiloteVar = await demo.actorOf(cast.copiloteVar)
    expect(await inventedPerson(demo.handle.db, copiloteVar, 'membre.parcours')).toBeNull()
    const [meeting] = await demo.handle.db.select().from(meetings).where(eq(meetings.consortiumId, chef.consortiumId))
    expect(await inventedPerson(demo.handle.db, copiloteVar, `invite.${meeting?.id}`)).toBeNull()
  })

  async function minutesOf(slug: string, state: MinutesState): Promise<string> {
    const found = things.minutes.find(
      ({ facts }) => facts.minutesState === state && facts.meetingState === 'tenue' && isIn(facts.instanceId, slug),
    )
    if (!found) throw new Error(`no minutes of ${slug} in state ${state}`)
    return found.id
  }

  function isIn(instanceId: string, slug: string): boolean {
    return (
      slug === 'parcours' &&
      everyone.some(actor => actor.bodies.copilote.includes(instanceId) && actor.name === 'Hélène Castagné')
    )
  }

  async function slugOf(organisationId: string): Promise<string> {
    const [row] = await demo.handle.db.select().from(organisations).where(eq(organisations.id, organisationId))
    return row?.slug ?? ''
  }

  async function allAccounts(): Promise<string[]> {
    return (await demo.handle.db.select({ id: accounts.id }).from(accounts)).map(({ id }) => id)
  }

  async function actorsOf(accountIds: string[]): Promise<Actor[]> {
    return loadActors(demo.handle.db, { accountIds, consortiumId: chef.consortiumId, now: demo.clock.now() })
  }
})

function names(groups: readonly { people: readonly { name: string }[] }[] | undefined): string[] {
  return (groups ?? []).flatMap(({ people }) => people.map(({ name }) => name))
}

/** A text with spaces as one types them. */
function breakable(text: string): string {
  return text.replace(/\s/g, ' ')
}

function isDraft(state: MinutesState): boolean {
  return state === 'brouillon' || state === 'en_relecture' || state === 'valide'
}

/** Every text, date and number somewhere in a value. */
function leaves(value: unknown, found = new Set<unknown>()): Set<unknown> {
  if (value instanceof Date) found.add(value.toISOString())
  else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) leaves(part, found)
  else if (typeof value === 'string' || typeof value === 'number') found.add(value)
  return found
}
