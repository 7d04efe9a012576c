import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DatabaseHandle } from '#db/client.ts'
import { consortiumFunctions, mandates, prestataireAttachments } from '#db/schema/index.ts'
import { databaseKinds, testDatabase } from '../setup/database.ts'
import { reload, settle } from './insert-world.ts'
import { actionsOn, allowedByCan, allowedBySql, everyRight, resources, thingsOf } from './rights.ts'
import { isActive, world } from './world.ts'

/** Since yesterday. */
const ended = { startsOn: '2026-01-01', endsOn: '2027-03-11' }

describe.each(databaseKinds())('the habilitation table on %s, for generated people and things', kind => {
  let handle: DatabaseHandle
  beforeAll(async () => {
    handle = await testDatabase(kind)
  })
  afterAll(() => handle.close())

  it('[H1]…[H53] reads the same as a predicate and as SQL', { timeout: 120_000 }, async () => {
    const outcomes = new Map<string, { allowed: number; refused: number }>()
    const agreement = fc.asyncProperty(world, async generated => {
      const { actor, inserted } = await settle(handle.db, generated)
      const things = await thingsOf(handle.db, [inserted.home, inserted.next])
      for (const resource of resources) {
        for (const action of actionsOn(resource)) {
          const byCan = allowedByCan(actor, resource, action, things)
          const bySql = await allowedBySql(handle.db, actor, resource, action)
          expect(new Set(bySql), `${resource}.${action}`).toEqual(new Set(byCan))
          const seen = outcomes.get(`${resource}.${action}`) ?? { allowed: 0, refused: 0 }
          seen.allowed += byCan.length
          seen.refused += things[resource].length - byCan.length
          outcomes.set(`${resource}.${action}`, seen)
        }
      }
    })
    // Said of nothing, an agreement would prove nothing: what chance has not brought yet is waited for.
    const unseen = () => [...outcomes].filter(([, { allowed, refused }]) => allowed === 0 || refused === 0)
    for (let times = 0; times === 0 || (unseen().length > 0 && times < 15); times++) {
      await fc.assert(agreement, { numRuns: 60 })
    }
    expect(unseen()).toEqual([])
    expect(outcomes.size).toBe(53)
  })

  it('[H0] gives nothing in a neighbour consortium', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(world, async generated => {
        const { actor, inserted } = await settle(handle.db, generated)
        expect(everyRight(actor, await thingsOf(handle.db, [inserted.next]))).toEqual(new Set())
      }),
      { numRuns: 40 },
    )
  })

  it('[H0] gives nothing for mandates and functions that ended or are to come', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(world, async generated => {
        const { inserted, actor } = await settle(handle.db, generated)
        const things = await thingsOf(handle.db, [inserted.home])
        const before = everyRight(actor, things)
        for (const [n, { span }] of generated.person.mandates.entries()) {
          const id = inserted.mandateIds[n] ?? ''
          if (!isActive(span)) await handle.db.update(mandates).set(neverActive).where(eq(mandates.id, id))
        }
        for (const [n, { span }] of generated.person.functions.entries()) {
          const id = inserted.functionIds[n] ?? ''
          if (isActive(span)) continue
          await handle.db.update(consortiumFunctions).set(neverActive).where(eq(consortiumFunctions.id, id))
        }
        expect(everyRight(await reload(handle.db, inserted), things)).toEqual(before)
      }),
      { numRuns: 40 },
    )
  })

  it('[H0] never adds a right when a mandate or a function ends', { timeout: 60_000 }, async () => {
    let taken = 0
    await fc.assert(
      fc.asyncProperty(world, fc.nat(9), async (generated, which) => {
        const { inserted, actor } = await settle(handle.db, generated)
        const things = await thingsOf(handle.db, [inserted.home])
        let before = everyRight(actor, things)
        const ids = [...inserted.mandateIds, ...inserted.functionIds]
        for (let n = 0; n < ids.length; n++) {
          const id = ids[(n + which) % ids.length] ?? ''
          await handle.db.update(mandates).set(ended).where(eq(mandates.id, id))
          await handle.db.update(consortiumFunctions).set(ended).where(eq(consortiumFunctions.id, id))
          const after = everyRight(await reload(handle.db, inserted), things)
          expect([...after].filter(right => !before.has(right))).toEqual([])
          taken += before.size - after.size
          before = after
        }
        expect(before.size, 'rights left without any mandate or function').toBe(0)
      }),
      { numRuns: 40 },
    )
    expect(taken).toBeGreaterThan(0)
  })

  it('[H34] never adds a right when an attachment ends, nor when a mandate takes over another, nor when one that is served ends', {
    timeout: 60_000,
  }, async () => {
    let withServed = 0
    let taken = 0
    await fc.assert(
      fc.asyncProperty(world, async generated => {
        const { inserted, actor } = await settle(handle.db, generated)
        const things = await thingsOf(handle.db, [inserted.home])
        let before = everyRight(actor, things)
        const noMore = async () => {
          const after = everyRight(await reload(handle.db, inserted), things)
          expect([...after].filter(right => !before.has(right))).toEqual([])
          taken += before.size - after.size
          before = after
        }
        // To take over a mandate tells where to begin; it gives nothing that the mandate itself does not.
        for (const id of inserted.mandateIds) {
          const [other] = inserted.mandateIds.filter(each => each !== id)
          await handle.db
            .update(mandates)
            .set({ replacesMandateId: other ?? null })
            .where(eq(mandates.id, id))
          await noMore()
        }
        for (const functionId of inserted.functionIds) {
          await handle.db
            .update(prestataireAttachments)
            .set(ended)
            .where(eq(prestataireAttachments.consortiumFunctionId, functionId))
          await noMore()
        }
        const theirs = eq(mandates.accountId, inserted.accountId)
        for (const { served } of await handle.db
          .select({ served: mandates.titulaireMandateId })
          .from(mandates)
          .where(theirs)) {
          if (served === null) continue
          await handle.db.update(mandates).set(ended).where(eq(mandates.id, served))
          const held = taken
          await noMore()
          withServed += taken - held
        }
        const { bodies } = await reload(handle.db, inserted)
        expect([...bodies.suppleant, ...bodies.assistant], 'a right left without the mandate that is served').toEqual(
          [],
        )
      }),
      { numRuns: 150 },
    )
    expect(taken).toBeGreaterThan(0)
    expect(withServed, 'no right was ever lost with the mandate that is served').toBeGreaterThan(0)
  })
})

const neverActive = { startsOn: '2000-01-01', endsOn: '2000-01-01' }
