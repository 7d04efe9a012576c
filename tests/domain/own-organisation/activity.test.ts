import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { attendance, instances, mandates, meetings, minutes, organisations } from '#db/schema/index.ts'
import { authorize } from '#server/habilitations/authorize.ts'
import { decisionFacts, minutesFacts } from '#server/habilitations/load-facts.ts'
import { type CastDatabase, cast, castDatabase } from '../../cast.ts'
import { databaseKinds } from '../../setup/database.ts'
import { refused } from '../acts.ts'

describe.each(databaseKinds())('« Ma structure », on %s', kind => {
  let demo: CastDatabase
  beforeAll(async () => {
    demo = await castDatabase(kind)
  })
  afterAll(() => demo.close())

  const activityOf = async (email: string, organisation?: string) =>
    demo.services.ownOrganisation.organisationActivity(await demo.actorOf(email), { organisation })

  it('[H39] is that of whom one speaks for or directs; the chef de projet chooses', async () => {
    expect((await activityOf(cast.correspondantCaf)).organisation.slug).toBe('caf')
    expect((await activityOf(cast.presidentStrategique)).organisation.slug).toBe('departement')
    expect((await activityOf(cast.chef, 'cpam')).organisation.slug).toBe('cpam')
    expect((await activityOf(cast.chef)).others).toHaveLength(15)
    for (const email of [cast.membre, cast.secretaireInstitutionnel, cast.prestataire, cast.invite]) {
      await refused(activityOf(email), 404)
    }
    await refused(activityOf(cast.correspondantCaf, 'cpam'), 404)
    await refused(activityOf(cast.chef, 'nulle-part'), 404)
  })

  it('[H40] lets the correspondant propose, and nobody else', async () => {
    expect((await activityOf(cast.correspondantCaf)).mayPropose).toBe(true)
    expect((await activityOf(cast.membreInstitutionnel)).mayPropose).toBe(false)
    expect((await activityOf(cast.chef, 'caf')).mayPropose).toBe(false)
  })

  it('[H39] tells who speaks for the institution all that is asked of it, whoever they are', async () => {
    const toChef = await activityOf(cast.chef, 'caf')
    const toCorrespondant = await activityOf(cast.correspondantCaf)
    const toDirector = await activityOf(cast.membreInstitutionnel)
    for (const seen of [toCorrespondant, toDirector]) {
      expect(seen.toValidate.map(({ meetingId, people }) => [meetingId, people])).toEqual(
        toChef.toValidate.map(({ meetingId, people }) => [meetingId, people]),
      )
      expect(seen.decisions.map(({ competent, carriers }) => [competent, carriers])).toEqual(
        toChef.decisions.map(({ competent, carriers }) => [competent, carriers]),
      )
      expect(seen.actions.map(({ owner, dueOn }) => [owner, dueOn])).toEqual(
        toChef.actions.map(({ owner, dueOn }) => [owner, dueOn]),
      )
      expect(seen.absences.map(({ id }) => id)).toEqual(toChef.absences.map(({ id }) => id))
      expect(seen.relays).toEqual(toChef.relays)
    }
    // The CAF carries a voice at the institutional level, whose proposals its correspondant may not read.
    expect(toCorrespondant.decisions.length).toBeGreaterThan(0)
    expect(toCorrespondant.relays.length).toBeGreaterThan(0)
  })

  it('[H15] [H25] [H27] keeps what a text says for its readers', async () => {
    for (const email of [cast.correspondantCaf, cast.membreInstitutionnel, cast.membreStrategique]) {
      const actor = await demo.actorOf(email)
      const { decisions, actions, toValidate } = await activityOf(email)
      for (const { readable } of decisions) {
        if (readable) authorize(actor, 'decision', 'read', await decisionFacts(demo.handle.db, actor, readable.id))
      }
      for (const minutesId of [...actions, ...toValidate].map(each => each.minutesId)) {
        if (minutesId) authorize(actor, 'minutes', 'read', await minutesFacts(demo.handle.db, actor, minutesId))
      }
    }
    const { decisions } = await activityOf(cast.correspondantCaf)
    expect(decisions.map(({ readable }) => readable)).toEqual(decisions.map(() => null))
    // The draft of Parcours is for its body: France Travail knows that its copilote's agreement is awaited, and no more.
    const { toValidate } = await activityOf(cast.membreStrategique)
    expect(toValidate.map(({ instance, minutesId }) => [instance, minutesId])).toEqual([['Parcours', null]])
    expect((await activityOf(cast.chef, 'france-travail')).toValidate[0]?.minutesId).not.toBeNull()
  })

  it('tells of the meetings where nobody of the institution was, once attendance was recorded', async () => {
    const { db } = demo.handle
    const before = await activityOf(cast.chef, 'cpam')
    const [held] = await db
      .select({ id: meetings.id })
      .from(meetings)
      .innerJoin(instances, eq(instances.id, meetings.instanceId))
      .innerJoin(minutes, eq(minutes.meetingId, meetings.id))
      .innerJoin(attendance, eq(attendance.meetingId, meetings.id))
      .innerJoin(mandates, eq(mandates.id, attendance.mandateId))
      .innerJoin(organisations, eq(organisations.id, mandates.organisationId))
      .where(eq(organisations.slug, 'cpam'))
      .limit(1)
    const meetingId = held?.id ?? expect.fail('the CPAM was somewhere')
    expect(before.absences.map(({ id }) => id)).not.toContain(meetingId)
    const [cpam] = await db.select().from(organisations).where(eq(organisations.slug, 'cpam'))
    const ours = await db
      .select({ id: mandates.id })
      .from(mandates)
      .where(eq(mandates.organisationId, cpam?.id ?? ''))
    for (const { id } of ours) {
      await db
        .update(attendance)
        .set({ status: 'excuse', mode: null, representedBy: null })
        .where(eq(attendance.mandateId, id))
    }
    expect((await activityOf(cast.chef, 'cpam')).absences.length).toBeGreaterThan(before.absences.length)
    await db.delete(attendance)
    expect((await activityOf(cast.chef, 'cpam')).absences).toEqual([])
  })
})
