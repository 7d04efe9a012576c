import { and, eq, gte, inArray, isNull, lte, or, type SQL } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import type { Database, Transaction } from '#db/client.ts'
import { accounts, consortiumFunctions, instances, mandates, prestataireAttachments } from '#db/schema/index.ts'
import { parisDay } from '#server/vocabulary/french.ts'
import {
  type ConsortiumFunctionKind,
  highestLevel,
  type Level,
  levelFunctions,
  type MandateFunction,
  ownBodyFunctions,
  technicalGroupKinds,
} from '#server/vocabulary/governance.ts'

/** A person in one consortium at one instant, with everything the rules ask about them. */
export type Actor = {
  readonly accountId: string
  readonly name: string
  readonly consortiumId: string
  /** The instant at which rights are judged, and the day it falls on in Paris. */
  readonly now: Date
  readonly today: string
  /** Highest level among the active mandates; null for who has none. */
  readonly level: Level | null
  readonly functions: readonly ConsortiumFunctionKind[]
  /** Instances where the person holds each function, by an active mandate. */
  readonly bodies: Readonly<Record<MandateFunction, readonly string[]>>
  /** Instances that are one's own body: never by invite, assistant, parent, territory or level. */
  readonly ownBodies: readonly string[]
  /** Instances that the person, as prestataire, is attached to. */
  readonly attachedTo: readonly string[]
  /** Meetings that the person is an invité of. */
  readonly invitedTo: readonly string[]
  /** True for a copilote of a technical group: reads what the strategic instance itself publishes. */
  readonly copiloteOfTechnicalGroup: boolean
  /** Active mandates and the institutions they represent. */
  readonly mandateIds: readonly string[]
  readonly organisationIds: readonly string[]
}

/**
 * Loads a person's rights in a consortium at an instant, from mandates and functions active on that day in Paris.
 * A suspended account has none.
 */
export async function loadActor(
  db: Database | Transaction,
  key: { accountId: string; consortiumId: string; now: Date },
): Promise<Actor> {
  const { accountId, ...here } = key
  const [actor] = await loadActors(db, { ...here, accountIds: [accountId] })
  if (!actor) throw new Error('one actor for each account')
  return actor
}

/** The same for many people, in as many queries as for one. @returns one actor for each account, in their order. */
export async function loadActors(
  db: Database | Transaction,
  key: { accountIds: readonly string[]; consortiumId: string; now: Date },
): Promise<Actor[]> {
  const { consortiumId, now } = key
  const today = parisDay(now)
  const people = await db
    .select({
      id: accounts.id,
      givenName: accounts.givenName,
      familyName: accounts.familyName,
      suspendedAt: accounts.suspendedAt,
    })
    .from(accounts)
    .where(inArray(accounts.id, [...key.accountIds]))
  const active = people.filter(({ suspendedAt }) => suspendedAt === null).map(({ id }) => id)
  const activeMandates =
    active.length === 0
      ? []
      : await db
          .select({
            accountId: mandates.accountId,
            id: mandates.id,
            instanceId: mandates.instanceId,
            organisationId: mandates.organisationId,
            function: mandates.function,
            meetingId: mandates.meetingId,
            level: instances.level,
            kind: instances.kind,
          })
          .from(mandates)
          .innerJoin(instances, eq(instances.id, mandates.instanceId))
          .where(and(belongTo(mandates, active, consortiumId), activeOn(mandates, today)))
  const functions =
    active.length === 0
      ? []
      : await db
          .select({
            accountId: consortiumFunctions.accountId,
            function: consortiumFunctions.function,
            attachedTo: prestataireAttachments.instanceId,
          })
          .from(consortiumFunctions)
          .leftJoin(
            prestataireAttachments,
            and(
              eq(prestataireAttachments.consortiumFunctionId, consortiumFunctions.id),
              activeOn(prestataireAttachments, today),
            ),
          )
          .where(and(belongTo(consortiumFunctions, active, consortiumId), activeOn(consortiumFunctions, today)))

  const names = new Map(people.map(({ id, givenName, familyName }) => [id, `${givenName} ${familyName}`]))
  const mandatesOf = Map.groupBy(activeMandates, row => row.accountId)
  const functionsOf = Map.groupBy(functions, row => row.accountId)
  return key.accountIds.map(accountId => {
    const held = functionsOf.get(accountId) ?? []
    return buildActor(
      { accountId, consortiumId, now, today, name: names.get(accountId) ?? '' },
      mandatesOf.get(accountId) ?? [],
      held.map(row => row.function),
      held.flatMap(row => (row.function === 'prestataire' && row.attachedTo ? [row.attachedTo] : [])),
    )
  })
}

/** SQL: the row's days contain `day`. A mandate counts from 00:00 of its first day to 24:00 of its last, in Paris. */
export function activeOn(table: { startsOn: AnyPgColumn; endsOn: AnyPgColumn }, day: string): SQL | undefined {
  return and(lte(table.startsOn, day), or(isNull(table.endsOn), gte(table.endsOn, day)))
}

/** An active mandate, as the rules need it. */
export type ActiveMandate = {
  id: string
  instanceId: string
  organisationId: string
  function: MandateFunction
  meetingId: string | null
  level: Level
  kind: (typeof instances.$inferSelect)['kind']
}

/** Builds an actor from active mandates and functions; used by `loadActor` and by generated tests. */
export function buildActor(
  person: { accountId: string; name: string; consortiumId: string; now: Date; today: string },
  active: readonly ActiveMandate[],
  functions: readonly ConsortiumFunctionKind[],
  attachedTo: readonly string[],
): Actor {
  const having = (fn: MandateFunction) => active.filter(mandate => mandate.function === fn)
  const bodiesOf = (fn: MandateFunction) => unique(having(fn).map(mandate => mandate.instanceId))
  const bodies: Record<MandateFunction, string[]> = {
    president: bodiesOf('president'),
    copilote: bodiesOf('copilote'),
    membre: bodiesOf('membre'),
    suppleant: bodiesOf('suppleant'),
    secretaire: bodiesOf('secretaire'),
    assistant: bodiesOf('assistant'),
    invite: bodiesOf('invite'),
  }
  return {
    ...person,
    level: highestLevel(active.filter(m => levelFunctions.includes(m.function)).map(m => m.level)),
    functions: unique(functions),
    bodies,
    ownBodies: unique(ownBodyFunctions.flatMap(fn => bodies[fn])),
    attachedTo: unique(attachedTo),
    invitedTo: unique(having('invite').flatMap(m => (m.meetingId ? [m.meetingId] : []))),
    copiloteOfTechnicalGroup: having('copilote').some(m => technicalGroupKinds.includes(m.kind)),
    mandateIds: active.map(m => m.id),
    organisationIds: unique(
      active.filter(m => levelFunctions.includes(m.function)).map(mandate => mandate.organisationId),
    ),
  }
}

/** Member of the consortium: an active mandate other than invité, or a consortium function. */
export function isMember(actor: Actor): boolean {
  const { invite, ...others } = actor.bodies
  return actor.functions.length > 0 || Object.values(others).some(list => list.length > 0)
}

function belongTo(
  table: { accountId: AnyPgColumn; consortiumId: AnyPgColumn },
  accountIds: readonly string[],
  consortiumId: string,
): SQL | undefined {
  return and(inArray(table.accountId, [...accountIds]), eq(table.consortiumId, consortiumId))
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)]
}
