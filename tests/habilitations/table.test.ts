import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mandates } from '#db/schema/index.ts'
import { Conflict, Forbidden, NotFound } from '#server/errors.ts'
import { type Actor, loadActor } from '#server/habilitations/actor.ts'
import { authorize, can } from '#server/habilitations/authorize.ts'
import type { FactsOf, Resource } from '#server/habilitations/facts.ts'
import { type ActionOn, ruleOf, rules } from '#server/habilitations/rules.ts'
import { unbreakableSpaces } from '#server/vocabulary/french.ts'
import { type CastDatabase, type CastName, cast, castDatabase, castNames } from '../cast.ts'
import { databaseKinds } from '../setup/database.ts'
import { factsOf } from './facts-of.ts'
import { meetingRows, minutesRows, type Row, registerRows } from './rows.ts'
import { governanceRows, presenceRows } from './rows-people.ts'

const rows = [...meetingRows, ...minutesRows, ...registerRows, ...governanceRows, ...presenceRows]

describe.each(databaseKinds())('the habilitation table, tried on the whole cast, on %s', kind => {
  let demo: CastDatabase
  let actors: Record<CastName, Actor>
  beforeAll(async () => {
    demo = await castDatabase(kind)
    const loaded = await Promise.all(castNames.map(async name => [name, await demo.actorOf(cast[name], 'tarn')]))
    actors = Object.fromEntries(loaded)
  })
  afterAll(() => demo.close())

  it.each(rows.map(row => [`[${row.rule}] ${row.on}.${row.act} ${row.when}`, row] as const))('%s', async (_, row) => {
    const facts = await factsOf(demo, row.about)
    const found = castNames.map(name => [name, outcomeOf(actors[name], row, facts as never)])
    expect(Object.fromEntries(found)).toEqual(expectedOf(row))
  })

  it('cites every rule', () => {
    const numbers = Object.values(rules).flatMap(each => Object.values(each).map(rule => rule.number))
    expect(new Set(rows.map(row => row.rule))).toEqual(new Set(numbers))
    expect(new Set(numbers).size).toBe(numbers.length)
  })

  it('[H0] knows a mandate from 00:00 of its first day to 24:00 of its last, in Paris', async () => {
    const accountId = await demo.accountIdOf(cast.futur)
    const consortiumId = actors.chef.consortiumId
    const at = async (instant: string) => {
      const actor = await loadActor(demo.handle.db, { accountId, consortiumId, now: new Date(instant) })
      return can(actor, 'consortium', 'enter', { consortiumId })
    }
    expect(await at('2027-12-31T22:59:59Z')).toBe(false)
    expect(await at('2027-12-31T23:00:00Z')).toBe(true)

    const [mandate] = await demo.handle.db.select().from(mandates).where(eq(mandates.accountId, accountId))
    await demo.handle.db
      .update(mandates)
      .set({ endsOn: '2028-06-30' })
      .where(eq(mandates.id, mandate?.id ?? ''))
    expect(await at('2028-06-30T21:59:59Z')).toBe(true)
    expect(await at('2028-06-30T22:00:00Z')).toBe(false)
  })

  it('[H0] answers the same for what does not exist and for what one may not know of', async () => {
    const facts = (await factsOf(demo, { body: 'restreint', minutesState: 'brouillon' })) as FactsOf['minutes']
    const unreadable = refusalOf(() => authorize(actors.membre, 'minutes', 'write', facts))
    expect(unreadable).toEqual(new NotFound())
    expect(unreadable?.message).toBe('Cette page n’existe pas, ou vous n’y avez pas accès.')
  })
})

type Outcome = 'yes' | `403 ${string}` | '404' | `409 ${string}`

/** What happens when a person tries: allowed, or refused with which number and sentence. */
function outcomeOf(actor: Actor, row: Row, facts: never): Outcome {
  const refusal = refusalOf(() => authorize(actor, row.on, row.act as ActionOn<Resource>, facts))
  if (refusal === null) return 'yes'
  if (refusal instanceof NotFound) return '404'
  if (refusal instanceof Forbidden) return `403 ${refusal.message}`
  if (refusal instanceof Conflict) return `409 ${refusal.message}`
  throw refusal
}

function refusalOf(work: () => unknown): Error | null {
  try {
    work()
    return null
  } catch (error) {
    return error as Error
  }
}

function expectedOf(row: Row): Record<string, Outcome> {
  const { verb } = ruleOf(row.on, row.act as ActionOn<Resource>)
  const forbidden = `Vous ne pouvez pas ${verb}. Peuvent le faire : ${row.who ?? ''}.`
  const conflict = `On ne peut ${verb} que dans cet état : ${row.states ?? ''}.`
  const expected = castNames.map((name): [string, Outcome] => {
    if (row.yes.includes(name)) return [name, 'yes']
    if (row.forbidden?.includes(name)) return [name, `403 ${unbreakableSpaces(forbidden)}`]
    if (row.conflict?.includes(name)) return [name, `409 ${unbreakableSpaces(conflict)}`]
    return [name, '404']
  })
  return Object.fromEntries(expected)
}
