import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { consortia, externalBodies } from '#db/schema/index.ts'
import { announceCount, type Check, data, isDone, Matrix, type Outcome, unknownId } from './checks.ts'
import { everyone, isVisitor, members, type Person } from './people.ts'
import { openSite, quickestKind, type Site } from './site.ts'
import { type GovernanceAct, governanceActs } from './tables/governance.ts'
import { servicesOf } from './tables/services.ts'

describe('everyone × every act on the consortium’s shape', { timeout: 180_000 }, () => {
  let site: Site
  let matrix: Matrix
  beforeAll(async () => {
    site = await openSite(quickestKind())
    matrix = new Matrix(site)
  })
  afterAll(async () => {
    announceCount('forme du consortium', matrix)
    await site.close()
  })

  const checks = everyone.flatMap(who => governanceActs.map(act => check(who, act)))

  it('[H31]…[H33] refuses the act to everyone but the chef de projet, and nothing changes', async () => {
    const refusedOnes = checks.filter(each => !isDone(each))
    await matrix.refuse([...refusedOnes, ...refusedOnes.map(data)])
  })

  it('[H31]…[H33] lets the chef de projet act', async () => {
    const done = checks.filter(isDone)
    expect(done.length).toBeGreaterThan(0)
    await matrix.allow([...done, ...done.map(data)])
  })

  it('[H33] and so for an external body, which those of another consortium do not find', async () => {
    const bodies = await site.handle.db
      .select({ id: externalBodies.id, consortium: consortia.slug })
      .from(externalBodies)
      .innerJoin(consortia, eq(consortia.id, externalBodies.consortiumId))
    const own = bodies.find(({ consortium }) => consortium === 'tarn')?.id ?? expect.fail('the Tarn has none')
    const act = (id: string, then: GovernanceAct['then'], deletion = ''): GovernanceAct => ({
      rule: 'H33',
      route: `:consortium/organes-externes/:id${deletion}`,
      path: `/tarn/organes-externes/${id}${deletion}`,
      form: { name: 'Un autre nom', version: 'vu hier' },
      then,
    })
    const elsewhere = bodies.filter(({ consortium }) => consortium !== 'tarn').map(({ id }) => id)
    const strange = [...elsewhere, unknownId, 'organe'].flatMap(id => [act(id, 404), act(id, 404, '/suppression')])
    const acts = [act(own, 409), act(own, '/tarn/organes-externes', '/suppression'), ...strange]
    const asked = everyone.flatMap(who => acts.map(each => check(who, each)))
    const done = asked.filter(isDone)
    const refusals = asked.filter(each => !isDone(each))
    await matrix.refuse([...refusals, ...refusals.map(data)])
    await matrix.allow([...done, ...done.map(data)])
  })

  it('has asked every service that the inventory says it asks', () => {
    expect([...site.called]).toEqual(expect.arrayContaining(servicesOf('governance')))
  })
})

function check(who: Person, { rule, route, path, form, then }: GovernanceAct): Check {
  return { rule, who, asked: { path, form }, expected: onAct(who, then), route, thing: path }
}

function onAct(who: Person, then: string | number): Outcome {
  if (isVisitor(who)) return { to: '/connexion' }
  if (!members.includes(who)) return 404
  if (who !== 'chef') return 403
  return typeof then === 'number' ? then : { to: then, done: true }
}
