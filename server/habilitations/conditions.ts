import { and, or, type SQL, sql } from 'drizzle-orm'
import { among, oneOfWords } from '#db/lists.ts'
import type { ConsortiumFunctionKind, MandateFunction } from '#server/vocabulary/governance.ts'
import { levelReaches, levelsReachedBy } from '#server/vocabulary/governance.ts'
import { type Actor, isMember } from './actor.ts'
import type { AnyFacts, Columns, ConsortiumFacts, InstanceFacts } from './facts.ts'

/**
 * A named condition with its two readings: `test` judges a loaded thing, `toSql` filters rows. `says` is how French names
 * it, in the documentation and in refusals.
 *
 * Conditions are made only from the few primitives below, so that both readings come from one place; a property test
 * proves that they agree.
 */
export type Condition<Facts> = {
  readonly says: string
  /** How the table says it, where a condition on the thing is part of it. */
  readonly inTable?: string
  test(actor: Actor, facts: Facts): boolean
  toSql(actor: Actor, columns: Columns<Facts>): SQL
  /** False when the thing is such that nobody at all satisfies it: a refusal then does not name it. */
  possible?(facts: Facts): boolean
}

/** Names of the lists of identifiers that an actor carries. */
type ActorList =
  | 'ownBodies'
  | 'attachedTo'
  | 'invitedTo'
  | 'mandateIds'
  | 'organisationIds'
  | 'directs'
  | 'correspondantOf'
  | 'assists'
  | 'dossierOf'

/** The actor's list holds the thing's identifier. */
export function listHolds<Fact extends string>(
  says: string,
  list: ActorList,
  fact: Fact,
): Condition<Record<Fact, string | null>> {
  return {
    says,
    test: (actor, facts) => facts[fact] !== null && actor[list].includes(facts[fact]),
    toSql: (actor, columns) => idIn(columns[fact], actor[list]),
  }
}

/** The actor holds one of these functions in the instance that the fact names. */
export function holdsMandate<Fact extends string>(
  says: string,
  functions: readonly MandateFunction[],
  instance: Fact,
): Condition<Record<Fact, string>> {
  const bodies = (actor: Actor) => functions.flatMap(fn => actor.bodies[fn])
  return {
    says,
    test: (actor, facts) => bodies(actor).includes(facts[instance]),
    toSql: (actor, columns) => idIn(columns[instance], bodies(actor)),
  }
}

/** The actor holds a function in the consortium. */
export function holdsFunction(says: string, fn: ConsortiumFunctionKind): Condition<object> {
  return {
    says,
    test: actor => actor.functions.includes(fn),
    toSql: actor => constant(actor.functions.includes(fn)),
  }
}

/** A fact has one of these values. */
export function factIn<Fact extends keyof AnyFacts>(
  says: string,
  fact: Fact,
  values: readonly (AnyFacts[Fact] & string)[],
): Condition<Pick<AnyFacts, Fact>> {
  const allowed: readonly unknown[] = values
  return {
    says,
    possible: facts => allowed.includes(facts[fact]),
    test: (_actor, facts) => allowed.includes(facts[fact]),
    toSql: (_actor, columns) => wordIn(columns[fact], values),
  }
}

/** A yes-or-no fact is true. */
export function factIsTrue<Fact extends 'openToMembers' | 'announced'>(
  says: string,
  fact: Fact,
): Condition<Pick<AnyFacts, Fact>> {
  return {
    says,
    possible: facts => facts[fact],
    test: (_actor, facts) => facts[fact],
    toSql: (_actor, columns) => sql`(${columns[fact]})`,
  }
}

/** Both conditions hold. */
export function both<A, B>(says: string, first: Condition<A>, second: Condition<B>): Condition<A & B> {
  return {
    says,
    possible: facts => (first.possible?.(facts) ?? true) && (second.possible?.(facts) ?? true),
    test: (actor, facts) => first.test(actor, facts) && second.test(actor, facts),
    toSql: (actor, columns) => allOf([first.toSql(actor, columns), second.toSql(actor, columns)]),
  }
}

/** At least one condition holds. */
export function either<A, B>(says: string, first: Condition<A>, second: Condition<B>): Condition<A & B> {
  return {
    says,
    test: (actor, facts) => first.test(actor, facts) || second.test(actor, facts),
    toSql: (actor, columns) => anyOf([first.toSql(actor, columns), second.toSql(actor, columns)]),
  }
}

/** Holds for everyone and everything. */
export const always: Condition<object> = { says: 'toujours', test: () => true, toSql: () => constant(true) }

/** Member of the consortium: an active mandate other than invité, or a consortium function. */
export const member: Condition<ConsortiumFacts> = {
  says: 'les membres du consortium',
  test: isMember,
  toSql: actor => constant(isMember(actor)),
}

/** The person's level is at least the body's. */
export const levelReachesBody: Condition<InstanceFacts> = {
  says: 'les membres d’instances de même niveau ou de niveau supérieur',
  test: (actor, facts) => levelReaches(actor.level, facts.level),
  toSql: (actor, columns) => wordIn(columns.level, levelsReachedBy(actor.level)),
}

/** Copilotes of technical groups, permanent invités of the strategic instance. */
export const copiloteOfAnyTechnicalGroup: Condition<object> = {
  says: 'les copilotes de groupes techniques',
  test: actor => actor.copiloteOfTechnicalGroup,
  toSql: actor => constant(actor.copiloteOfTechnicalGroup),
}

/** Invité of one meeting at least, whatever else the person is. */
export const invitedSomewhere: Condition<object> = {
  says: 'les invités d’une réunion',
  test: actor => actor.invitedTo.length > 0,
  toSql: actor => constant(actor.invitedTo.length > 0),
}

/** True when the thing belongs to the actor's consortium: stands before every rule. */
export const sameConsortium: Condition<ConsortiumFacts> = {
  says: 'le même consortium',
  test: (actor, facts) => facts.consortiumId === actor.consortiumId,
  toSql: (actor, columns) => sql`${columns.consortiumId} = ${actor.consortiumId}`,
}

type FactColumn = Columns<Record<string, unknown>>[string] | undefined

function idIn(column: FactColumn, ids: readonly string[]): SQL {
  return column && ids.length > 0 ? among(column, ids) : constant(false)
}

function wordIn(column: FactColumn, words: readonly string[]): SQL {
  return column && words.length > 0 ? oneOfWords(column, words) : constant(false)
}

function constant(value: boolean): SQL {
  return value ? TRUE : FALSE
}

const TRUE = sql`true`
const FALSE = sql`false`

/** SQL: all of them. What is known of the actor alone is settled here: PostgreSQL plans only what is left to ask. */
export function allOf(conditions: readonly SQL[]): SQL {
  const open = conditions.filter(condition => condition !== TRUE)
  return open.includes(FALSE) ? FALSE : (and(...open) ?? TRUE)
}

/** SQL: at least one of them, settled in the same way. */
export function anyOf(conditions: readonly SQL[]): SQL {
  const open = conditions.filter(condition => condition !== FALSE)
  return open.includes(TRUE) ? TRUE : (or(...open) ?? FALSE)
}
