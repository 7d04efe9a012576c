import { and, eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeLiveText } from '#db/demo/write-live-text.ts'
import { accounts, instances, mandates, meetings, minutes } from '#db/schema/index.ts'
import { writingAids } from '#server/domain/minutes/writing-aids.ts'
import { type Actor, loadActor, loadActors } from '#server/habilitations/actor.ts'
import { can } from '#server/habilitations/authorize.ts'
import { columnsOf } from '#server/habilitations/columns.ts'
import { minutesFacts } from '#server/habilitations/load-facts.ts'
import { visibleTo } from '#server/habilitations/visible.ts'
import { parisDay } from '#server/vocabulary/french.ts'
import type { Visibility } from '#server/vocabulary/governance.ts'
import type { MinutesState } from '#server/vocabulary/minutes.ts'
import { type CastDatabase, cast, castDatabase } from '../cast.ts'
import { databaseKinds } from '../setup/database.ts'

describe.each(databaseKinds())('whom minutes may name, on %s', kind => {
  let demo: CastDatabase
  beforeAll(async () => {
    demo = await castDatabase(kind)
  })
  afterAll(() => demo.close())

  it('[H15] offers only people who read these minutes, now or once distributed', async () => {
    let offered = 0
    for (const [slug, writer, state] of [
      ['parcours', 'copilote1', 'en_relecture'],
      ['strategique', 'presidentStrategique', 'brouillon'],
      ['institutionnelle', 'secretaireInstitutionnel', 'brouillon'],
      ['restreint', 'chef', 'brouillon'],
    ] as const) {
      const id = await minutesOf(slug, state)
      const actor = await demo.actorOf(cast[writer])
      const { live } = await demo.services.minutes.minutesPage(actor, id)
      const facts = await minutesFacts(demo.handle.db, actor, id)
      const people = live?.writing?.people ?? []
      expect(people.length).toBeGreaterThan(2)
      for (const person of people) {
        const reader = await actorOf(person.id)
        expect(reader.name).toBe(person.label)
        expect(
          can(reader, 'minutes', 'read', facts) ||
            can(reader, 'minutes', 'read', { ...facts, minutesState: 'diffuse' }),
        ).toBe(true)
        offered++
      }
      // The same people, and no other, may be put in charge of an action.
      const accountOfMandate = new Map(
        (await demo.handle.db.select().from(mandates)).map(row => [row.id, row.accountId]),
      )
      const owners = (live?.writing?.owners ?? []).filter(owner => owner.kind === 'personne')
      expect(owners.length).toBeGreaterThan(2)
      expect(
        owners.filter(owner => !people.some(({ id: person }) => person === accountOfMandate.get(owner.id))),
      ).toEqual([])
    }
    expect(offered).toBeGreaterThan(40)
  })

  it('[H15] offers, whatever the body and the visibility, all who sit there and nobody who would not read', {
    timeout: 120_000,
  }, async () => {
    const { db } = demo.handle
    const chef = await demo.actorOf(cast.chef)
    const rows = await db
      .select({ id: minutes.id, facts: columnsOf.minutes, startsAt: meetings.startsAt })
      .from(minutes)
      .innerJoin(meetings, eq(meetings.id, minutes.meetingId))
      .innerJoin(instances, eq(instances.id, meetings.instanceId))
      .where(and(visibleTo(chef, 'minutes', 'write'), eq(minutes.consortiumId, chef.consortiumId)))
    const everybody = await loadActors(db, {
      accountIds: (await db.select({ id: accounts.id }).from(accounts)).map(({ id }) => id),
      consortiumId: chef.consortiumId,
      now: chef.now,
    })
    let refused = 0
    for (const visibility of ['instance', 'niveau', 'consortium'] as const) {
      const reads = await oncePublished(visibility, everybody)
      for (const row of rows) {
        const facts = { ...row.facts, visibility }
        const { people, owners } = await writingAids(demo.context, chef, facts, parisDay(row.startsAt))
        const offered = new Set(people.map(({ id }) => id))
        for (const { accountId, ownBodies } of everybody) {
          const reader = reads.get(accountId)?.has(row.id) ?? false
          if (offered.has(accountId)) expect(reader).toBe(true)
          if (ownBodies.includes(facts.instanceId)) expect(offered.has(accountId)).toBe(true)
          if (!reader) refused++
        }
        const named = everybody.filter(({ mandateIds }) => owners.some(({ id }) => mandateIds.includes(id)))
        expect(named.filter(({ accountId }) => !offered.has(accountId))).toEqual([])
      }
    }
    expect(rows.length).toBeGreaterThan(5)
    expect(refused).toBeGreaterThan(100)
  })

  it('[H15] offers neither an assistant, nor an observateur, nor somebody who has left or is suspended', async () => {
    const actor = await demo.actorOf(cast.secretaireInstitutionnel)
    const { live } = await demo.services.minutes.minutesPage(actor, await minutesOf('institutionnelle', 'brouillon'))
    const parcours = await demo.services.minutes.minutesPage(
      await demo.actorOf(cast.copilote1),
      await minutesOf('parcours', 'en_relecture'),
    )
    const labels = [...(live?.writing?.people ?? []), ...(parcours.live?.writing?.people ?? [])].map(
      ({ label }) => label,
    )
    const owners = [...(live?.writing?.owners ?? []), ...(parcours.live?.writing?.owners ?? [])].map(
      ({ label }) => label,
    )
    expect(labels).toContain('Marianne Estève')
    for (const name of ['Brigitte Pagès', 'Inès Carpentier', 'Bernard Alquier', 'Lucie Ferran', 'Ludovic Barthe']) {
      expect(labels).not.toContain(name)
      expect(owners.filter(owner => owner.includes(name))).toEqual([])
    }
    // A reader, who does not write, is given no list.
    const reader = await demo.services.minutes.minutesPage(
      await demo.actorOf(cast.membre),
      await minutesOf('parcours', 'en_relecture'),
    )
    expect(reader.live?.writing).toBeNull()
  })

  it('[H15] says before sealing who is mentioned and would not read', async () => {
    const minutesId = await minutesOf('parcours', 'en_relecture')
    const [observateur, membre] = [await demo.accountIdOf(cast.observateur), await demo.accountIdOf(cast.membre)]
    const mention = (id: string, label: string) => ({ type: 'mention', attrs: { id, label } })
    await writeLiveText(demo.handle.db, {
      minutesId,
      accountId: await demo.accountIdOf(cast.copilote1),
      at: demo.clock.now(),
      content: {
        type: 'doc',
        content: [
          {
            type: 'paragraph',
            content: [mention(observateur, 'Inès Carpentier'), mention(membre, 'Samira Bensaïd')],
          },
        ],
      },
    })
    const page = await demo.services.minutes.minutesPage(await demo.actorOf(cast.copilote1), minutesId)
    const said = page.live?.warnings.filter(({ code }) => code === 'mention_unread').map(({ message }) => message)
    expect(said).toEqual(['Inès Carpentier est mentionné dans le texte et ne pourra pas le lire.'])
  })

  /** Which minutes each person would read, by SQL, were they all distributed under this visibility. */
  async function oncePublished(visibility: Visibility, people: readonly Actor[]) {
    const reads = new Map<string, Set<string>>()
    const undone = new Error('undone')
    const { db } = demo.handle
    await db
      .transaction(async tx => {
        for (const check of ['minutes_validated', 'minutes_distributed', 'minutes_approved']) {
          await tx.execute(sql`alter table ${minutes} drop constraint if exists ${sql.identifier(check)}`)
        }
        await tx.update(minutes).set({ state: 'diffuse', visibility })
        for (const person of people) {
          const found = await tx
            .select({ id: minutes.id })
            .from(minutes)
            .innerJoin(meetings, eq(meetings.id, minutes.meetingId))
            .innerJoin(instances, eq(instances.id, meetings.instanceId))
            .where(visibleTo(person, 'minutes', 'read'))
          reads.set(person.accountId, new Set(found.map(({ id }) => id)))
        }
        throw undone
      })
      .catch((error: unknown) => {
        if (error !== undone) throw error
      })
    return reads
  }

  async function minutesOf(slug: string, state: MinutesState): Promise<string> {
    const [row] = await demo.handle.db
      .select({ id: minutes.id })
      .from(minutes)
      .innerJoin(meetings, eq(meetings.id, minutes.meetingId))
      .innerJoin(instances, eq(instances.id, meetings.instanceId))
      .where(and(eq(instances.slug, slug), eq(minutes.state, state), eq(meetings.state, 'tenue')))
    return row?.id ?? ''
  }

  async function actorOf(accountId: string) {
    const { consortiumId } = await demo.actorOf(cast.chef)
    return loadActor(demo.handle.db, { accountId, consortiumId, now: demo.clock.now() })
  }
})
