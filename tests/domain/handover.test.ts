import { randomUUID } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { actionItems, mandates } from '#db/schema/index.ts'
import { personOf } from '../administration/person.ts'
import { type CastDatabase, cast, castDatabase, castNow } from '../cast.ts'
import { databaseKinds } from '../setup/database.ts'
import { instanceIdOf, refused } from './acts.ts'

describe.each(databaseKinds())('[H45] the handover of a mandate on %s', kind => {
  let demo: CastDatabase
  let former: typeof mandates.$inferSelect
  let next: { mandateId: string }
  const newHolder = cast.membreOffre

  beforeAll(async () => {
    demo = await castDatabase(kind)
    const [held] = await demo.handle.db
      .select()
      .from(mandates)
      .where(
        and(
          eq(mandates.accountId, await demo.accountIdOf(cast.membre)),
          eq(mandates.instanceId, await instanceIdOf(demo, 'parcours')),
        ),
      )
    if (!held) throw new Error('the membre of parcours has a mandate')
    former = held
    next = await demo.services.mandates.createMandate(await demo.actorOf(cast.chef), {
      person: { email: newHolder, givenName: '', familyName: '' },
      instanceId: former.instanceId,
      organisationId: former.organisationId,
      function: 'membre',
      functionLabel: 'Membre',
      civilite: 'madame',
      qualite: 'conseillère',
      carriesVoice: false,
      titulaireMandateId: null,
      readsDossier: false,
      replacesMandateId: former.id,
      startsOn: '2027-03-12',
      endsOn: null,
    })
  })
  beforeEach(() => demo.clock.set(castNow))
  afterAll(() => demo.close())

  it('tells the new holder what goes on, as far as they may read it', async () => {
    const actor = await demo.actorOf(newHolder)
    const page = await demo.services.mandates.handoverPage(actor, next.mandateId)
    expect(page.predecessor).toMatchObject({ until: '2027-03-11' })
    expect(page.minutes.length).toBeGreaterThan(0)
    expect(page.minutes.length).toBeLessThanOrEqual(3)
    for (const { id } of page.minutes) await demo.services.minutes.minutesPage(actor, id)
    for (const { id } of page.decisions.shown) await demo.services.decisions.decisionPage(actor, id)
    for (const { id } of page.meetings) await demo.services.meetings.meetingPage(actor, id)
    const owned = await demo.handle.db
      .select()
      .from(actionItems)
      .where(and(eq(actionItems.ownerMandateId, former.id), eq(actionItems.state, 'en_cours')))
    expect(page.actions.shown.map(each => each.id)).toEqual(expect.arrayContaining(owned.map(row => row.id)))
    expect(owned.length).toBeGreaterThan(0)
    expect(page.contacts.some(each => each.email === cast.copilote1)).toBe(true)
  })

  it('says when there are more actions than it shows', async () => {
    const chef = await demo.actorOf(cast.chef)
    const page = await demo.services.mandates.handoverPage(chef, next.mandateId)
    expect(page.actions.more).toBe(false)
    const [model] = await demo.handle.db
      .select()
      .from(actionItems)
      .where(and(eq(actionItems.ownerMandateId, former.id), eq(actionItems.state, 'en_cours')))
    if (!model) return expect.fail('they have one')
    const others = Array.from({ length: 26 }, () => ({ ...model, id: randomUUID(), blockId: randomUUID() }))
    await demo.handle.db.insert(actionItems).values(others)
    const longer = await demo.services.mandates.handoverPage(chef, next.mandateId)
    expect(longer.actions).toMatchObject({ shown: { length: 25 }, more: true })
    for (const { id } of others) await demo.handle.db.delete(actionItems).where(eq(actionItems.id, id))
  })

  it('is led to from the home page, for sixty days', async () => {
    const at = async (instant: string) => {
      demo.clock.set(new Date(instant))
      const { handovers } = await demo.services.home.awaiting(await demo.actorOf(newHolder))
      return handovers.map(each => each.id)
    }
    expect(await at('2027-03-12T13:32:00Z')).toEqual([next.mandateId])
    expect(await at('2027-05-11T08:00:00Z')).toEqual([next.mandateId])
    expect(await at('2027-05-12T08:00:00Z')).toEqual([])
  })

  it('is for its holder and the chef de projet alone', async () => {
    const { handoverPage } = demo.services.mandates
    await handoverPage(await demo.actorOf(cast.chef), next.mandateId)
    for (const email of [
      cast.membre,
      cast.copilote1,
      cast.presidentInstitutionnel,
      cast.correspondantCaf,
      cast.chefVar,
    ]) {
      await refused(handoverPage(await demo.actorOf(email), next.mandateId), 404)
    }
    // A mandate that takes over nothing has no handover.
    await refused(handoverPage(await demo.actorOf(cast.chef), former.id), 404)
  })

  it('leaves their names to the minutes that were sealed before', async () => {
    const chef = await demo.actorOf(cast.chef)
    const { minutes } = await demo.services.mandates.handoverPage(chef, next.mandateId)
    const text = async () => {
      const pages = await Promise.all(minutes.map(({ id }) => demo.services.minutes.minutesPage(chef, id)))
      return JSON.stringify(pages.map(({ attendance, content }) => ({ attendance, content })))
    }
    const before = await text()
    expect(before).toContain('Samira')
    const accountId = await demo.accountIdOf(cast.membre)
    await demo.services.people.removePerson(chef, { accountId, when: 'maintenant', lastDay: null }).catch(() => {})
    await demo.handle.db.update(mandates).set({ functionLabel: 'Ancienne membre' }).where(eq(mandates.id, former.id))
    expect(await text()).toBe(before)
  })

  it('[H45] is reached from one’s own profile beyond the days of the home list, and never once the mandate is past', async () => {
    const profile = async (email: string) => demo.services.accounts.profilePage(await personOf(demo, email))
    const own = (page: Awaited<ReturnType<typeof profile>>) => page.rights.find(({ id }) => id === next.mandateId)
    demo.clock.set(new Date('2027-07-01T08:00:00Z'))
    const home = await demo.services.home.awaiting(await demo.actorOf(newHolder))
    expect(home.handovers).toEqual([])
    expect(own(await profile(newHolder))).toMatchObject({ readsHandover: true })
    expect((await profile(newHolder)).rights.filter(({ id }) => id !== next.mandateId)).toMatchObject([
      { readsHandover: false },
    ])
    await demo.services.mandates.endMandate(await demo.actorOf(cast.chef), {
      mandateId: next.mandateId,
      when: 'maintenant',
      lastDay: null,
    })
    const page = await profile(newHolder)
    expect(own(page)).toBeUndefined()
    expect(page.past).toMatchObject([{ id: next.mandateId, endsOn: '2027-06-30', readsHandover: false }])
    await refused(demo.services.mandates.handoverPage(await demo.actorOf(newHolder), next.mandateId), 404)
  })
})
