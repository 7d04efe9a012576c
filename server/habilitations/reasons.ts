import type { Actor } from './actor.ts'
import { sameConsortium } from './conditions.ts'
import type { FactsOf, Resource } from './facts.ts'
import { type ActionOn, ruleOf } from './rules.ts'

/** One way in which a rule lets people act on a thing: in which case, and who. */
export type Reason = {
  rule: `H${number}`
  /** « compte rendu diffusé »; null when the rule holds at any time. */
  when: string | null
  /** « les membres de l’instance » */
  who: string
  /** True when it is a reason for this person. */
  holdsFor(actor: Actor): boolean
}

/**
 * The reasons for which people may act on a thing as it is now: those of the rule that some person at least could meet. A
 * person may act if and only if one of them holds for them: `can`, explained.
 */
export function reasonsOn<R extends Resource>(resource: R, action: ActionOn<R>, facts: FactsOf[R]): Reason[] {
  const { number, cases } = ruleOf(resource, action)
  return cases
    .filter(({ when }) => when.possible?.(facts) ?? true)
    .flatMap(({ when, who }) =>
      who
        .filter(condition => condition.possible?.(facts) ?? true)
        .map(condition => ({
          rule: number,
          when: when.says === 'toujours' ? null : when.says,
          who: condition.says,
          holdsFor: (actor: Actor) =>
            sameConsortium.test(actor, facts) && when.test(actor, facts) && condition.test(actor, facts),
        })),
    )
}
