import { Conflict, Forbidden, NotFound } from '#server/errors.ts'
import { list, NBSP } from '#server/vocabulary/french.ts'
import type { Actor } from './actor.ts'
import { type Condition, sameConsortium } from './conditions.ts'
import type { FactsOf, Resource } from './facts.ts'
import { type ActionOn, type Rule, ruleOf } from './rules.ts'

declare const proof: unique symbol

/** An actor whose right to do `Act` was checked: only `authorize` makes one. */
export type Authorized<Act extends string> = Actor & { readonly [proof]: Act }

/** The action that lets one know that a thing exists. */
const readingOf = {
  consortium: 'enter',
  organisation: 'read',
  proposal: 'read',
  mandate: 'read',
  consortiumFunction: 'read',
  instance: 'read',
  meeting: 'readEntry',
  presence: 'read',
  minutes: 'read',
  action: 'read',
  decision: 'read',
} as const satisfies { [R in Resource]: ActionOn<R> }

/** True when a rule allows the actor to act on the thing. First reading of the table; `visibleTo` is the second. */
export function can<R extends Resource>(actor: Actor, resource: R, action: ActionOn<R>, facts: FactsOf[R]): boolean {
  if (!sameConsortium.test(actor, facts)) return false
  return applicableCases(ruleOf(resource, action), actor, facts).some(({ who }) =>
    who.some(condition => condition.test(actor, facts)),
  )
}

/**
 * Checks that the actor may act and returns them with the proof of it.
 * @throws NotFound when the actor may not even know of the thing (H0); Conflict when the state of the thing allows it to
 * nobody; Forbidden when somebody else can: the sentence says who.
 */
export function authorize<R extends Resource, A extends ActionOn<R>>(
  actor: Actor,
  resource: R,
  action: A,
  facts: FactsOf[R],
): Authorized<`${R}.${A}`> {
  if (can(actor, resource, action, facts)) return actor as Authorized<`${R}.${A}`>
  if (isReading(action) || !can(actor, resource, readingOf[resource] as ActionOn<R>, facts)) throw new NotFound()
  throw refused(refusalOf(actor, resource, action, facts))
}

/** What one may not read does not exist, even when its date or its name is known. */
function isReading(action: string): boolean {
  return action.startsWith('read')
}

/** Why the actor cannot: the state forbids it to all (409), or it is for others (403), who are named by function. */
export type RefusalReason = { status: 403 | 409; reason: string }

/** What a person may do with a thing, and if not, why and who can: sent to the interface with the data. */
export type Ability = { allowed: true } | ({ allowed: false } & RefusalReason)

export type Abilities<R extends Resource> = Record<ActionOn<R>, Ability>

/** Every ability of the actor on a thing. */
export function abilitiesOn<R extends Resource>(
  actor: Actor,
  resource: R,
  actions: readonly ActionOn<R>[],
  facts: FactsOf[R],
): Abilities<R> {
  const abilities = actions.map((action): [ActionOn<R>, Ability] => [
    action,
    can(actor, resource, action, facts)
      ? { allowed: true }
      : { allowed: false, ...refusalOf(actor, resource, action, facts) },
  ])
  return Object.fromEntries(abilities) as Abilities<R>
}

/** Throws the refusal that the first of several abilities carries, unless one of them is allowed. @throws Forbidden, Conflict */
export function checkAbility(...abilities: readonly Ability[]): void {
  const [first] = abilities
  if (first && !first.allowed && abilities.every(ability => !ability.allowed)) throw refused(first)
}

function refused({ status, reason }: RefusalReason): Conflict | Forbidden {
  return status === 409 ? new Conflict(reason) : new Forbidden(reason)
}

function refusalOf<R extends Resource>(
  actor: Actor,
  resource: R,
  action: ActionOn<R>,
  facts: FactsOf[R],
): RefusalReason {
  const rule = ruleOf(resource, action)
  const applicable = applicableCases(rule, actor, facts)
  const who = distinct(applicable.flatMap(current => current.who).filter(c => couldHold(c, facts)))
  if (who.length === 0) {
    const states = distinct(rule.cases.map(current => current.when))
    return { status: 409, reason: `On ne peut ${rule.verb} que dans cet état${NBSP}: ${list(states, 'ou')}.` }
  }
  return { status: 403, reason: `Vous ne pouvez pas ${rule.verb}. Peuvent le faire${NBSP}: ${list(who, 'ou')}.` }
}

function applicableCases<Facts>(rule: Rule<Facts>, actor: Actor, facts: Facts) {
  return rule.cases.filter(current => current.when.test(actor, facts))
}

/** Leaves out of a refusal the conditions that no person at all could meet on this thing. */
function couldHold<Facts>(condition: Condition<Facts>, facts: Facts): boolean {
  return condition.possible?.(facts) ?? true
}

function distinct(conditions: readonly { says: string }[]): string[] {
  return [...new Set(conditions.map(condition => condition.says))]
}
