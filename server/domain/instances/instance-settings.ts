import { and, asc, eq, isNotNull, or } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import { decisions, instances, visibilityDefaults } from '#db/schema/index.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { visibleTo } from '#server/habilitations/visible.ts'
import { codesOf } from '#server/vocabulary/closed-list.ts'
import {
  type DraftReaders,
  defaultMinutesVisibility,
  type InstanceKind,
  instanceKindLabels,
  type Level,
  type ValidatorRule,
  type Visibility,
} from '#server/vocabulary/governance.ts'
import type { Context } from '../context.ts'
import { authorizeShape, versionOf } from '../governance/change-shape.ts'
import { inActivity } from '../governance/management-page.ts'
import { organisationList } from '../organisations/organisation-list.ts'
import { type InstanceRow, instanceOf } from './change-instance.ts'
import { usesOfInstance } from './delete-instance.ts'

/** What the settings of an instance choose among: what is in activity, and what the instance holds already. */
export type InstanceChoices = {
  parents: { id: string; name: string }[]
  organisations: { id: string; name: string }[]
}

/** The settings that a new instance of a kind begins with. */
export type Beginning = {
  /** Null where the kind does not say it. */
  level: Level | null
  validatorRule: ValidatorRule
  draftReaders: DraftReaders
  /** As « Visibilités par défaut » says it (H33). */
  minutesVisibility: Visibility
}

export type NewInstance = { choices: InstanceChoices; beginnings: Record<InstanceKind, Beginning> }

export type InstanceSettings = {
  instance: InstanceRow
  choices: InstanceChoices
  /** A number of the register already begins with its code: it cannot change. */
  codeIsUsed: boolean
  /** What refers to it; nothing for one that may be deleted. */
  uses: string[]
  version: string
}

/** The settings of an instance, for the form that changes them. @throws NotFound, Forbidden (H32) */
export async function instanceSettings(context: Context, actor: Actor, slug: string): Promise<InstanceSettings> {
  const instance = await instanceOf(context.db, actor, slug)
  authorizeShape(actor, 'editInstances')
  return {
    instance,
    choices: await choicesFor(context, actor, instance),
    codeIsUsed: await hasNumbered(context.db, instance.id),
    uses: await usesOfInstance(context.db, instance.id),
    version: settingsVersion(instance),
  }
}

/** What the form of a new instance begins with, for each kind. @throws NotFound, Forbidden (H32) */
export async function newInstance(context: Context, actor: Actor): Promise<NewInstance> {
  authorizeShape(actor, 'editInstances')
  const visibilities = await visibilitiesByKind(context.db, actor.consortiumId)
  const beginnings = codesOf(instanceKindLabels).map(kind => [
    kind,
    { ...usualSettings[kind], minutesVisibility: visibilities[kind] },
  ])
  return {
    choices: await choicesFor(context, actor, null),
    beginnings: Object.fromEntries(beginnings) as NewInstance['beginnings'],
  }
}

const group = { level: 'operationnel', validatorRule: 'tous_les_copilotes', draftReaders: 'instance' } as const
const byChef = { level: 'strategique', validatorRule: 'chef_de_projet', draftReaders: 'instance' } as const
const steering = { validatorRule: 'presidence', draftReaders: 'redacteurs' } as const

/** The usual settings of each kind (domain §3, §6): they are proposed, and may be changed. */
const usualSettings: Record<InstanceKind, Omit<Beginning, 'minutesVisibility'>> = {
  pilotage_institutionnel: { level: 'institutionnel', ...steering },
  pilotage_strategique: { level: 'strategique', ...steering },
  groupe_restreint: byChef,
  groupe_operationnel: group,
  groupe_transversal: group,
  groupe_national: byChef,
  participation: { level: null, validatorRule: 'presidence', draftReaders: 'instance' },
}

/** Tells one state of the settings from another. */
export function settingsVersion({ id: _, position: __, createdAt: ___, ...settings }: InstanceRow): string {
  return versionOf(settings)
}

/** True when a decision of the register bears the code of the instance. */
export async function hasNumbered(db: Database | Transaction, instanceId: string): Promise<boolean> {
  return (
    (await db.$count(decisions, and(eq(decisions.competentInstanceId, instanceId), isNotNull(decisions.number)))) > 0
  )
}

/** The visibility that minutes of a new instance of each kind receive. */
export async function visibilitiesByKind(
  db: Database | Transaction,
  consortiumId: string,
): Promise<Record<InstanceKind, Visibility>> {
  const rows = await db.select().from(visibilityDefaults).where(eq(visibilityDefaults.consortiumId, consortiumId))
  const chosen = new Map(rows.map(row => [row.kind, row.minutesVisibility]))
  return Object.fromEntries(
    codesOf(instanceKindLabels).map(kind => [kind, chosen.get(kind) ?? defaultMinutesVisibility[kind]]),
  ) as Record<InstanceKind, Visibility>
}

async function choicesFor(context: Context, actor: Actor, edited: InstanceRow | null): Promise<InstanceChoices> {
  const held = edited?.parentId ? eq(instances.id, edited.parentId) : undefined
  const parents = await context.db
    .select({ id: instances.id, name: instances.name })
    .from(instances)
    .where(and(visibleTo(actor, 'instance', 'read'), or(inActivity(actor.today), held)))
    .orderBy(asc(instances.position), asc(instances.name))
  const { present, left } = await organisationList(context, actor)
  const weights = edited?.votingRules?.weights ?? {}
  const organisations = [...present, ...left.filter(({ id }) => Object.hasOwn(weights, id))]
  return {
    parents: parents.filter(({ id }) => id !== edited?.id),
    organisations: organisations.map(({ id, name }) => ({ id, name })),
  }
}
