import { PgDialect } from 'drizzle-orm/pg-core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WrittenOnce } from '#db/written-once.ts'
import { buildActor } from '#server/habilitations/actor.ts'
import { anyActorLike, identifiersOf, shapeOf } from '#server/habilitations/lists-for.ts'
import { visibleTo } from '#server/habilitations/visible.ts'
import { codesOf } from '#server/vocabulary/closed-list.ts'
import {
  consortiumFunctionLabels,
  instanceKindLabels,
  levelLabels,
  mandateFunctionLabels,
} from '#server/vocabulary/governance.ts'
import { actionsOn, resources } from './rights.ts'

const mandate = fc.record({
  id: fc.uuid(),
  instanceId: fc.uuid(),
  organisationId: fc.uuid(),
  function: fc.constantFrom(...codesOf(mandateFunctionLabels)),
  titulaireMandateId: fc.option(fc.uuid()),
  readsDossier: fc.boolean(),
  meetingId: fc.option(fc.uuid()),
  level: fc.constantFrom(...codesOf(levelLabels)),
  kind: fc.constantFrom(...codesOf(instanceKindLabels)),
})

const actor = fc
  .record({
    accountId: fc.uuid(),
    consortiumId: fc.uuid(),
    mandates: fc.array(mandate, { maxLength: 4 }),
    functions: fc.array(
      fc.record({
        function: fc.constantFrom(...codesOf(consortiumFunctionLabels)),
        organisationId: fc.option(fc.uuid()),
        attachedTo: fc.option(fc.uuid()),
      }),
      { maxLength: 2 },
    ),
  })
  .map(({ accountId, consortiumId, mandates, functions }) =>
    buildActor(
      {
        accountId,
        name: '',
        consortiumId,
        now: new Date('2027-03-12T13:00:00Z'),
        today: '2027-03-12',
        verification: null,
      },
      mandates,
      functions,
    ),
  )

const dialect = new PgDialect({ casing: 'snake_case' })

describe('a statement written once for a shape of rights', () => {
  it('[H1]…[H53] is the one that would be written for the person, whoever of their shape it was written for', () => {
    const kept = new Map<string, WrittenOnce>()
    let shared = 0
    fc.assert(
      fc.property(actor, person => {
        for (const resource of resources) {
          for (const action of actionsOn(resource)) {
            const key = JSON.stringify([shapeOf(person), resource, action])
            const known = kept.get(key)
            if (known) shared++
            const once = known ?? new WrittenOnce(visibleTo(anyActorLike(person), resource, action))
            kept.set(key, once)
            const { sql, params } = dialect.sqlToQuery(visibleTo(person, resource, action))
            expect(dialect.sqlToQuery(once.with(identifiersOf(person)))).toMatchObject({ sql, params })
          }
        }
      }),
      { numRuns: 400 },
    )
    expect(shared).toBeGreaterThan(1_000)
  })

  it('refuses an instant: the next person asks at another one', () => {
    const [person] = fc.sample(actor, 1)
    if (!person) throw new Error('nobody')
    expect(() => anyActorLike(person).now).toThrow('an instant')
  })
})
