import { and, eq, gte, isNull, lte, or, type SQL } from 'drizzle-orm'
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
  const today = parisDay(key.now)
  const [account] = await db
    .select({
      givenName: accounts.givenName,
      familyName: accounts.familyName,
      suspendedAt: accounts.suspendedAt,
    })
    .from(accounts)
    .where(eq(accounts.id, key.accountId))
  const name = account ? `${account.givenName} ${account.familyName}` : ''
  if (!account || account.suspendedAt !== null) return buildActor({ ...key, today, name }, [], [], [])

  const activeMandates = await db
    .select({
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
    .where(and(belongsTo(mandates, key), activeOn(mandates, today)))
  const functions = await db
    .select({
      function: consortiumFunctions.function,
      organisationId: consortiumFunctions.organisationId,
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
    .where(and(belongsTo(consortiumFunctions, key), activeOn(consortiumFunctions, today)))

  return buildActor(
    { ...key, today, name },
    activeMandates,
    functions.map(row => row.function),
    functions.flatMap(row => (row.function === 'prestataire' && row.attachedTo ? [row.attachedTo] : [])),
  )
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

function belongsTo(
  table: { accountId: AnyPgColumn; consortiumId: AnyPgColumn },
  key: { accountId: string; consortiumId: string },
): SQL | undefined {
  return and(eq(table.accountId, key.accountId), eq(table.consortiumId, key.consortiumId))
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)]
}
