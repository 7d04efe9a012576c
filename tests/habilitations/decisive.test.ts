import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Actor } from '#server/habilitations/actor.ts'
import type * as conditions from '#server/habilitations/conditions.ts'
import type { Condition } from '#server/habilitations/conditions.ts'
import type { Resource } from '#server/habilitations/facts.ts'
import { type ActionOn, type Case, type Rule, ruleOf, rules } from '#server/habilitations/rules.ts'
import { actionStateLabels } from '#server/vocabulary/actions.ts'
import { codesOf } from '#server/vocabulary/closed-list.ts'
import { decisionStateLabels } from '#server/vocabulary/decisions.ts'
import {
  draftReadersLabels,
  instanceKindLabels,
  levelLabels,
  proposalStateLabels,
  validatorRuleLabels,
  visibilityLabels,
} from '#server/vocabulary/governance.ts'
import { meetingStateLabels } from '#server/vocabulary/meetings.ts'
import { minutesStateLabels } from '#server/vocabulary/minutes.ts'
import { type CastDatabase, type CastName, cast, castDatabase, castNames } from '../cast.ts'
import { factsOf } from './facts-of.ts'
import { meetingRows, minutesRows, type Row, registerRows } from './rows.ts'
import { governanceRows, presenceRows } from './rows-people.ts'

type Any = Condition<never>
type Test = Any['test']

/** What conditions are made of, by their predicate: a copy of a condition keeps it. */
const made = vi.hoisted(() => ({
  parts: new Map<unknown, readonly unknown[]>(),
  facts: new Map<unknown, string>(),
}))

vi.mock('#server/habilitations/conditions.ts', async importOriginal => {
  const real = await importOriginal<typeof conditions>()
  const compound =
    (make: typeof real.both): typeof real.both =>
    (says, first, second) => {
      const condition = make(says, first, second)
      made.parts.set(condition.test, [first, second])
      return condition
    }
  return {
    ...real,
    both: compound(real.both),
    either: compound(real.either),
    factIn: ((says, fact, values) => {
      const condition = real.factIn(says, fact, values)
      made.facts.set(condition.test, fact)
      return condition
    }) satisfies typeof real.factIn,
  }
})

/** Every value that a fact may have. */
const valuesOf: Record<string, readonly string[]> = {
  level: codesOf(levelLabels),
  kind: codesOf(instanceKindLabels),
  meetingState: codesOf(meetingStateLabels),
  minutesState: codesOf(minutesStateLabels),
  visibility: codesOf(visibilityLabels),
  draftReaders: codesOf(draftReadersLabels),
  validatorRule: codesOf(validatorRuleLabels),
  actionState: codesOf(actionStateLabels),
  decisionState: codesOf(decisionStateLabels),
  proposalState: codesOf(proposalStateLabels),
}

const rows: Row[] = [...meetingRows, ...minutesRows, ...registerRows, ...governanceRows, ...presenceRows]

/** A way to spoil one condition, within one place of one rule. */
type Mutant = { name: string; part: { test: Test }; spoilt: (original: Test) => Test }

/**
 * Spoilt so, the rule still says the same of everything there may be: another case of it gives the same people the same
 * thing.
 */
const sameRule = [
  // Whoever a draft is for reads it once published: by the first case.
  /^H(15|25), case (2|3), .*compte rendu pas encore diffusé.* (deleted|minutesState=(diffuse|approuve))$/,
  /^H15, case 4, .*compte rendu pas encore scellé.* minutesState=(diffuse|approuve)$/,
  // « consortium » lets every member read: whoever holds a level, or is copilote, is one.
  /^H(15|25), case 1, .*visible par niveau.* visibility=consortium$/,
  // A technical group stands at the lowest level, which its copilotes reach.
  /^H(15|25), case 1, .*instance stratégique.* kind=(groupe_operationnel|groupe_transversal)$/,
]

describe('the rows of the habilitation table', { timeout: 120_000 }, () => {
  let demo: CastDatabase
  let actors: [CastName, Actor][]
  beforeAll(async () => {
    demo = await castDatabase('pglite')
    actors = (await Promise.all(
      castNames.map(async name => [name, await demo.actorOf(cast[name], 'tarn')] as const),
    )) as [CastName, Actor][]
  })
  afterAll(() => demo.close())

  it('[H1]…[H53] notice that any condition of any case is deleted, lost, or has one value more or less', async () => {
    const unnoticed: string[] = []
    let tried = 0
    const judged = await Promise.all(rows.map(async row => ({ row, facts: (await factsOf(demo, row.about)) as never })))
    for (const { on, act, rule } of everyRule()) {
      const tries = judged.filter(({ row }) => row.on === on && row.act === act)
      const notices = (holds: (actor: Actor, facts: never) => boolean) =>
        tries.some(({ row, facts }) => actors.some(([name, actor]) => holds(actor, facts) !== row.yes.includes(name)))
      expect(notices((actor, facts) => rule.cases.some(one => holdsIn(one, actor, facts)))).toBe(false)
      for (const [n, one] of rule.cases.entries()) {
        for (const condition of [one.when, ...one.who] as Any[]) {
          for (const { name, part, spoilt } of mutantsOf(condition)) {
            tried++
            const within = (actor: Actor, facts: never) =>
              rule.cases.some((other, rank) => {
                const test = (each: Any) =>
                  rank === n && each === condition
                    ? spoiling(part, spoilt, () => each.test(actor, facts))
                    : each.test(actor, facts)
                return test(other.when) && other.who.some(test)
              })
            if (!notices(within)) unnoticed.push(`${rule.number}, case ${n + 1}, ${name}`)
          }
        }
      }
    }
    expect(unnoticed.filter(name => !sameRule.some(known => known.test(name)))).toEqual([])
    expect(sameRule.filter(known => !unnoticed.some(name => known.test(name)))).toEqual([])
    expect(tried).toBeGreaterThan(500)
  })
})

function holdsIn({ when, who }: Case<never>, actor: Actor, facts: never): boolean {
  return when.test(actor, facts) && who.some(condition => condition.test(actor, facts))
}

function spoiling(part: Mutant['part'], spoilt: Mutant['spoilt'], work: () => boolean): boolean {
  const original = part.test
  part.test = spoilt(original)
  try {
    return work()
  } finally {
    part.test = original
  }
}

/** Each part of a condition deleted (it lets everybody through), lost (nobody), and with each value more or less. */
function mutantsOf(condition: Any, path = condition.says): Mutant[] {
  const parts = made.parts.get(condition.test) as readonly Any[] | undefined
  if (parts) return parts.flatMap(part => mutantsOf(part, `${path} › ${part.says}`))
  const part = condition as unknown as Mutant['part']
  const fact = made.facts.get(condition.test)
  const deleted: Mutant = { name: `${path}: deleted`.replace(':', ''), part, spoilt: () => () => true }
  return [
    ...(condition.says === 'toujours' ? [] : [deleted]),
    { name: `${path} lost`, part, spoilt: () => () => false },
    ...(fact ? (valuesOf[fact] ?? []) : []).map(
      (value): Mutant => ({
        name: `${path} ${fact}=${value}`,
        part,
        spoilt: original => (actor, facts) => original(actor, facts) !== (facts[fact as never] === value),
      }),
    ),
  ]
}

function everyRule(): { on: Resource; act: string; rule: Rule<never> }[] {
  return (Object.keys(rules) as Resource[]).flatMap(on =>
    Object.keys(rules[on]).map(act => ({
      on,
      act,
      rule: ruleOf(on, act as ActionOn<Resource>) as unknown as Rule<never>,
    })),
  )
}
