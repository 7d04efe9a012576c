import { and, eq, gte, isNull, lte, or, type SQL, sql } from 'drizzle-orm'
import { type AnyPgColumn, alias } from 'drizzle-orm/pg-core'
import { type Database, rowsOf, type Transaction } from '#db/client.ts'
import { among } from '#db/lists.ts'
import {
  accounts,
  consortia,
  consortiumFunctions,
  instances,
  mandates,
  prestataireAttachments,
} from '#db/schema/index.ts'
import { standIn, WrittenOnce } from '#db/written-once.ts'
import type { VerificationStrength } from '#server/vocabulary/accounts.ts'
import { parisDay } from '#server/vocabulary/french.ts'
import {
  type ConsortiumFunctionKind,
  highestLevel,
  type Level,
  levelFunctions,
  levelReaches,
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
  /** Institutions that the person represents at the strategic or institutional level. */
  readonly directs: readonly string[]
  /** Institutions that the person, as correspondant, speaks for. */
  readonly correspondantOf: readonly string[]
  /** Mandates that the person serves as assistant, and the instances whose dossier that mandate opens. */
  readonly assists: readonly string[]
  readonly dossierOf: readonly string[]
  /** The second factor that the person gave in this session, while it holds. It gives no right: see `requireVerification`. */
  readonly verification: VerificationStrength | null
}

/** Loads a person's rights in a consortium at an instant; see `loadActors`. */
export async function loadActor(
  db: Database | Transaction,
  key: { accountId: string; consortiumId: string; now: Date },
): Promise<Actor> {
  const { accountId, ...here } = key
  const [actor] = await loadActors(db, { ...here, accountIds: [accountId] })
  if (!actor) throw new Error('one actor for each account')
  return actor
}

/**
 * Loads the rights of several people in a consortium at an instant, in one query: from mandates and functions active on
 * that day in Paris. A suspended or unknown account has none, nor does an administrateur, who reads no content.
 *
 * @returns one actor for each account, in their order.
 */
export async function loadActors(
  db: Database | Transaction,
  key: { accountIds: readonly string[]; consortiumId: string; now: Date },
): Promise<Actor[]> {
  const { accountIds, consortiumId, now } = key
  const today = parisDay(now)
  const rows = await rowsOf<RightsRow>(
    db,
    rightsQuery(today, {
      accounts: among(accounts.id, accountIds),
      mandates: eq(mandates.consortiumId, consortiumId),
      functions: eq(consortiumFunctions.consortiumId, consortiumId),
    }),
  )
  const rowOf = new Map(rows.map(row => [row.accountId, row]))
  const nobody = { name: '', suspended: false, mandates: [], functions: [] }
  return accountIds.map(accountId =>
    actorIn({ ...nobody, ...rowOf.get(accountId), accountId }, { consortiumId, now, today }),
  )
}

/** A consortium as its pages name it. */
export type ConsortiumName = { id: string; slug: string; name: string; territory: string }

/** A person's rights in every consortium, as they are at an instant; without a row, nobody's. */
export type PersonRights = {
  now: Date
  today: string
  row: RightsRow | undefined
  verification?: VerificationStrength | null
}

const rightsOfAccount = new WrittenOnce(
  rightsQuery(standIn('today'), { accounts: eq(accounts.id, standIn('accountId')) }),
)

/** Loads a person's rights in every consortium where they hold an active mandate or function, in one query. */
export async function loadRights(
  db: Database | Transaction,
  key: { accountId: string; now: Date },
): Promise<PersonRights> {
  const today = parisDay(key.now)
  const [row] = await rowsOf<RightsRow>(db, rightsOfAccount.with({ accountId: key.accountId, today }))
  return { now: key.now, today, row }
}

/** What a person may do in each consortium where they hold an active mandate or function, by name of consortium. */
export function membershipsOf({
  now,
  today,
  row,
  verification = null,
}: PersonRights): { consortium: ConsortiumName; actor: Actor }[] {
  if (!row || row.suspended) return []
  const consortiumOf = new Map(
    [...row.mandates, ...row.functions].map(right => [right.consortium.id, right.consortium]),
  )
  return [...consortiumOf.values()]
    .toSorted((one, other) => one.name.localeCompare(other.name, 'fr'))
    .map(consortium => ({ consortium, actor: actorIn(row, { consortiumId: consortium.id, now, today }, verification) }))
}

export type RightsRow = {
  accountId: string
  name: string
  suspended: boolean
  mandates: (ActiveMandate & { consortium: ConsortiumName })[]
  functions: (ActiveFunction & { consortium: ConsortiumName })[]
}

/** The accounts and their rights: `only` narrows each of the three. */
function rightsQuery(today: string, only: { accounts: SQL; mandates?: SQL; functions?: SQL }): SQL {
  return sql`select ${rightsColumns(today, only)} from ${accounts} where ${only.accounts}`
}

/** SQL: the columns of a `RightsRow` beside an account, its rights active on a day as JSON; an administrateur has none. */
export function rightsColumns(today: string, only: { mandates?: SQL; functions?: SQL } = {}): SQL {
  const consortium = sql`json_build_object('id', ${consortia.id}, 'slug', ${consortia.slug}, 'name', ${consortia.name}, 'territory', ${consortia.territory})`
  const notAdministrateur = sql`not ${accounts.isAdministrateur}`
  return sql`${accounts.id} as "accountId", ${accounts.givenName} || ' ' || ${accounts.familyName} as name,
      ${accounts.suspendedAt} is not null as suspended,
      (select coalesce(json_agg(json_build_object('id', ${mandates.id}, 'instanceId', ${mandates.instanceId},
          'organisationId', ${mandates.organisationId}, 'function', ${mandates.function}, 'meetingId', ${mandates.meetingId},
          'titulaireMandateId', ${mandates.titulaireMandateId}, 'readsDossier', ${mandates.readsDossier},
          'level', ${instances.level}, 'kind', ${instances.kind}, 'consortium', ${consortium})), '[]')
        from ${mandates} join ${instances} on ${instances.id} = ${mandates.instanceId}
          join ${consortia} on ${consortia.id} = ${mandates.consortiumId}
        where ${and(sql`${mandates.accountId} = ${accounts.id}`, only.mandates, notAdministrateur, activeOn(mandates, today), servesOneActiveOn(today))}) as mandates,
      (select coalesce(json_agg(json_build_object('function', ${consortiumFunctions.function}, 'organisationId', ${consortiumFunctions.organisationId},
          'attachedTo', ${prestataireAttachments.instanceId}, 'consortium', ${consortium})), '[]')
        from ${consortiumFunctions} join ${consortia} on ${consortia.id} = ${consortiumFunctions.consortiumId}
          left join ${prestataireAttachments}
            on ${and(sql`${prestataireAttachments.consortiumFunctionId} = ${consortiumFunctions.id}`, activeOn(prestataireAttachments, today))}
        where ${and(sql`${consortiumFunctions.accountId} = ${accounts.id}`, only.functions, notAdministrateur, activeOn(consortiumFunctions, today))}) as functions`
}

function actorIn(
  row: RightsRow,
  key: { consortiumId: string; now: Date; today: string },
  verification: VerificationStrength | null = null,
): Actor {
  const here = (right: { consortium: ConsortiumName }) => !row.suspended && right.consortium.id === key.consortiumId
  return buildActor(
    { ...key, accountId: row.accountId, name: row.name, verification },
    row.mandates.filter(here),
    row.functions.filter(here),
  )
}

/** SQL: the row's days contain `day`. A mandate counts from 00:00 of its first day to 24:00 of its last, in Paris. */
export function activeOn(table: { startsOn: AnyPgColumn; endsOn: AnyPgColumn }, day: string): SQL | undefined {
  return and(lte(table.startsOn, day), or(isNull(table.endsOn), gte(table.endsOn, day)))
}

/** SQL: the mandate serves no other, or one that counts on that day too. Commands already end them together. */
function servesOneActiveOn(day: string): SQL {
  const served = alias(mandates, 'served')
  return sql`(${mandates.titulaireMandateId} is null or exists (select 1 from ${mandates} as ${sql.identifier('served')}
    where ${and(eq(served.id, mandates.titulaireMandateId), activeOn(served, day))}))`
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
  titulaireMandateId: string | null
  readsDossier: boolean
}

/** An active consortium function; a prestataire's comes once for each instance it is attached to. */
export type ActiveFunction = {
  function: ConsortiumFunctionKind
  organisationId: string | null
  attachedTo: string | null
}

/** Builds an actor from active mandates and functions; used by `loadActor` and by generated tests. */
export function buildActor(
  person: Pick<Actor, 'accountId' | 'name' | 'consortiumId' | 'now' | 'today' | 'verification'>,
  active: readonly ActiveMandate[],
  functions: readonly ActiveFunction[],
): Actor {
  const having = (fn: MandateFunction) => active.filter(mandate => mandate.function === fn)
  const bodiesOf = (fn: MandateFunction) => unique(having(fn).map(mandate => mandate.instanceId))
  const representing = active.filter(mandate => levelFunctions.includes(mandate.function))
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
    level: highestLevel(representing.map(m => m.level)),
    functions: unique(functions.map(each => each.function)),
    bodies,
    ownBodies: unique(ownBodyFunctions.flatMap(fn => bodies[fn])),
    attachedTo: unique(
      functions.flatMap(each => (each.function === 'prestataire' && each.attachedTo ? [each.attachedTo] : [])),
    ),
    invitedTo: unique(having('invite').flatMap(m => (m.meetingId ? [m.meetingId] : []))),
    copiloteOfTechnicalGroup: having('copilote').some(m => technicalGroupKinds.includes(m.kind)),
    mandateIds: active.map(m => m.id),
    organisationIds: unique(representing.map(mandate => mandate.organisationId)),
    directs: unique(representing.filter(m => levelReaches(m.level, 'strategique')).map(m => m.organisationId)),
    correspondantOf: unique(
      functions.flatMap(each =>
        each.function === 'correspondant' && each.organisationId ? [each.organisationId] : [],
      ),
    ),
    assists: unique(having('assistant').flatMap(m => (m.titulaireMandateId ? [m.titulaireMandateId] : []))),
    dossierOf: unique(
      having('assistant')
        .filter(m => m.readsDossier)
        .map(m => m.instanceId),
    ),
  }
}

/** Member of the consortium: an active mandate other than invité, or a consortium function. */
export function isMember(actor: Actor): boolean {
  const { invite, ...others } = actor.bodies
  return actor.functions.length > 0 || Object.values(others).some(list => list.length > 0)
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)]
}
