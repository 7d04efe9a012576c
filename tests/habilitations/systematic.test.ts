import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DatabaseHandle } from '#db/client.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import type { Condition } from '#server/habilitations/conditions.ts'
import type { Resource } from '#server/habilitations/facts.ts'
import { ruleOf } from '#server/habilitations/rules.ts'
import { codesOf } from '#server/vocabulary/closed-list.ts'
import { decisionStateLabels } from '#server/vocabulary/decisions.ts'
import {
  consortiumFunctionLabels,
  mandateFunctionLabels,
  proposalStateLabels,
  visibilityLabels,
} from '#server/vocabulary/governance.ts'
import { meetingStateLabels } from '#server/vocabulary/meetings.ts'
import { minutesStateLabels } from '#server/vocabulary/minutes.ts'
import { databaseKinds, testDatabase } from '../setup/database.ts'
import { insertPerson, insertPlaces, insertThings, reload } from './insert-world.ts'
import { actionsOn, allowedByCan, allowedBySql, resources, type Things, thingsOf } from './rights.ts'
import type { WorldConsortium, WorldPerson } from './world.ts'

/** One of each sort of body that rules tell apart. */
const instances: WorldConsortium['instances'] = [
  {
    place: { level: 'institutionnel', kind: 'pilotage_institutionnel' },
    validatorRule: 'presidence',
    draftReaders: 'redacteurs',
  },
  {
    place: { level: 'strategique', kind: 'pilotage_strategique' },
    validatorRule: 'presidence',
    draftReaders: 'instance',
  },
  {
    place: { level: 'strategique', kind: 'groupe_restreint' },
    validatorRule: 'chef_de_projet',
    draftReaders: 'instance',
  },
  {
    place: { level: 'operationnel', kind: 'groupe_operationnel' },
    validatorRule: 'tous_les_copilotes',
    draftReaders: 'instance',
  },
  {
    place: { level: 'operationnel', kind: 'groupe_transversal' },
    validatorRule: 'un_copilote',
    draftReaders: 'redacteurs',
  },
]

/** Every state that a meeting, minutes, an action and a decision may have, in every one of those bodies. */
const everything: WorldConsortium = {
  instances,
  meetings: product(ranks(instances), codesOf(meetingStateLabels), codesOf(minutesStateLabels)).flatMap(
    ([instance, state, minutesState]) =>
      product(codesOf(visibilityLabels), [true, false]).map(([visibility, open]) => ({
        instance,
        state,
        // Cancelled before its announcement in one case of two.
        announced: open,
        minutesState,
        visibility,
        open,
      })),
  ),
  actions: [],
  decisions: product(ranks(instances), ranks(instances), codesOf(decisionStateLabels)).map(
    ([proposing, competent, state]) => ({ meeting: 0, proposing, competent, state }),
  ),
  proposals: product([0, 1], codesOf(proposalStateLabels)).map(([organisation, state]) => ({
    organisation,
    instance: 0,
    state,
  })),
}

/** People who hold one thing only, and somebody who holds nothing. */
const people: { name: string; person: WorldPerson }[] = [
  { name: 'nobody', person: { suspended: false, mandates: [], functions: [] } },
  ...product(codesOf(mandateFunctionLabels), ranks(instances)).map(([fn, instance]) => ({
    name: `${fn} of instance ${instance}`,
    person: holding({ function: fn, instance }),
  })),
  ...codesOf(consortiumFunctionLabels).map(kind => ({
    name: kind,
    person: {
      suspended: false,
      mandates: [],
      functions: [
        {
          neighbour: false,
          kind,
          organisation: 0,
          span: 'active' as const,
          attachments: [{ instance: 3, span: 'active' as const }],
        },
      ],
    },
  })),
]

/** What `visibleTo` found for each person, by rule. */
type Judged = { name: string; actor: Actor; things: Things; bySql: ReadonlyMap<string, ReadonlySet<string>> }

describe.each(databaseKinds())('each function alone, before things in every state, on %s', kind => {
  let handle: DatabaseHandle
  let judged: Judged[]
  beforeAll(async () => {
    handle = await testDatabase(kind)
    judged = await judgeEveryone(handle)
  }, 120_000)
  afterAll(() => handle.close())

  it('[H1]…[H53] reads the same as a predicate and as SQL', { timeout: 120_000 }, () => {
    for (const { name, actor, things, bySql } of judged) {
      for (const { resource, action, key } of everyRule()) {
        const byCan = new Set(allowedByCan(actor, resource, action, things))
        expect(bySql.get(key), `${name}: ${key}`).toEqual(byCan)
      }
    }
  })

  it('would notice any condition of the table whose two readings differ', { timeout: 120_000 }, () => {
    const unnoticed: string[] = []
    let spoiled = 0
    for (const { condition, name, mutation, resource, action, key } of everyMutation()) {
      const original = condition.test
      condition.test = mutation(original)
      const noticed = judged.some(({ actor, things, bySql }) => {
        const byCan = allowedByCan(actor, resource, action, things)
        const expected = bySql.get(key)
        return byCan.length !== expected?.size || byCan.some(id => !expected.has(id))
      })
      condition.test = original
      spoiled++
      if (!noticed) unnoticed.push(name)
    }
    expect(unnoticed).toEqual([])
    expect(spoiled).toBeGreaterThan(250)
  })
})

async function judgeEveryone({ db }: DatabaseHandle): Promise<Judged[]> {
  const place = await insertPlaces(db, everything)
  const places = { home: place, next: place }
  const inserted = []
  for (const { name, person } of people) inserted.push({ name, ...(await insertPerson(db, person, places)) })
  await insertThings(
    db,
    { ...everything, actions: everyAction() },
    place,
    inserted.flatMap(each => each.mandateIds),
  )
  const things = await thingsOf(db, [place.consortiumId])
  const judged = []
  for (const { name, accountId } of inserted) {
    const actor = await reload(db, { accountId, home: place.consortiumId })
    const bySql = new Map<string, ReadonlySet<string>>()
    for (const { resource, action, key } of everyRule()) {
      bySql.set(key, new Set(await allowedBySql(db, actor, resource, action)))
    }
    judged.push({ name, actor, things, bySql })
  }
  return judged
}

/** An action without owner in each of the minutes of two bodies; then one for every possible owner, in a draft. */
function everyAction(): WorldConsortium['actions'] {
  const inMinutes = everything.meetings.map((_, meeting) => ({ meeting, owner: null, ownerRank: 0 }))
  const owned = product(['personne', 'organisation', 'instance'] as const, ranks(people)).map(([owner, ownerRank]) => ({
    meeting: 0,
    owner,
    ownerRank,
  }))
  return [...inMinutes, ...owned]
}

type Test = Condition<never>['test']
type Mutable = { says: string; test: Test }

const turnedRound =
  (original: Test): Test =>
  (actor, facts) =>
    !original(actor, facts)
const lost = (): Test => () => false

/** Every condition of every rule, with each way to spoil one of its readings. */
function* everyMutation() {
  for (const { resource, action, key } of everyRule()) {
    const rule = ruleOf(resource, action)
    for (const [n, { when, who }] of rule.cases.entries()) {
      for (const condition of [when, ...who] as unknown as Mutable[]) {
        const name = `${rule.number} ${key}, case ${n + 1}: ${condition.says}`
        yield { condition, resource, action, key, name: `${name} (turned round)`, mutation: turnedRound }
        yield { condition, resource, action, key, name: `${name} (lost)`, mutation: lost }
      }
    }
  }
}

function everyRule(): { resource: Resource; action: never; key: string }[] {
  return resources.flatMap(resource =>
    actionsOn(resource).map(action => ({ resource, action: action as never, key: `${resource}.${action}` })),
  )
}

function holding(one: { function: WorldPerson['mandates'][number]['function']; instance: number }): WorldPerson {
  const mandate = { ...one, neighbour: false, organisation: 0, dossier: true, span: 'active' as const }
  if (one.function !== 'invite') return { suspended: false, mandates: [{ ...mandate, meeting: 0 }], functions: [] }
  // An invité of every meeting of the instance: of one alone, few states would be seen.
  const meetings = everything.meetings.flatMap((each, rank) => (each.instance === one.instance ? [rank] : []))
  return { suspended: false, mandates: meetings.map(meeting => ({ ...mandate, meeting })), functions: [] }
}

function ranks(values: readonly unknown[]): number[] {
  return values.map((_, rank) => rank)
}

function product<T extends readonly (readonly unknown[])[]>(
  ...lists: T
): { [N in keyof T]: T[N] extends readonly (infer Each)[] ? Each : never }[] {
  const rows = lists.reduce<unknown[][]>(
    (all, values) => all.flatMap(row => values.map(value => [...row, value])),
    [[]],
  )
  return rows as ReturnType<typeof product<T>>
}
