import type { Actor } from './actor.ts'
import type { Condition } from './conditions.ts'
import type { AnyFacts } from './facts.ts'
import { rules } from './rules.ts'

type AnyRule = { verb: string; cases: readonly { who: readonly Condition<AnyFacts>[] }[] }

/**
 * What somebody's rights give on a thing of their own (their body, institution, mandate), whatever its state: the verbs of
 * the rules, in French and in the order of the table.
 *
 * @param actor with the one mandate or function that is asked about
 */
export function givenBy(actor: Actor, thing: AnyFacts): string[] {
  const actions = Object.values(rules).flatMap(byAction => Object.values(byAction) as unknown as AnyRule[])
  return actions
    .filter(({ cases }) => cases.some(({ who }) => who.some(condition => condition.test(actor, thing))))
    .map(({ verb }) => verb)
}
