import { eq } from 'drizzle-orm'
import { among } from '#db/lists.ts'
import { accounts, instances } from '#db/schema/index.ts'
import { type Actor, buildActor, isMember, membershipsOf } from '#server/habilitations/actor.ts'
import type { AnyFacts } from '#server/habilitations/facts.ts'
import { givenBy } from '#server/habilitations/given-by.ts'
import type { ValidatorRule } from '#server/vocabulary/governance.ts'
import type { Context } from '../context.ts'
import type { Person } from './administering.ts'
import { type OwnRight, ownRights } from './own-rights.ts'
import { hasAuthenticator } from './verification.ts'

export type ProfilePage = {
  givenName: string
  familyName: string
  email: string
  phone: string | null
  isAdministrateur: boolean
  hasAuthenticator: boolean
  /** What each mandate or function lets one do, once it has begun. */
  rights: (OwnRight & { gives: string[]; toCome: boolean; opensInstance: boolean })[]
}

/** One's own account, mandates and functions in every consortium, and what each of them lets one do. */
export async function profilePage(context: Context, person: Person): Promise<ProfilePage> {
  const { db } = context
  const { today } = person.rights
  const [account] = await db.select().from(accounts).where(eq(accounts.id, person.accountId))
  if (!account) throw new Error('a session has an account')
  const rights = await ownRights(db, person.accountId, today)
  const validators = await validatorRules(context, rights)
  const memberOf = membershipsOf(person.rights).flatMap(({ actor }) => (isMember(actor) ? [actor.consortiumId] : []))
  return {
    givenName: account.givenName,
    familyName: account.familyName,
    email: account.email,
    phone: account.phone,
    isAdministrateur: account.isAdministrateur,
    hasAuthenticator: await hasAuthenticator(db, person.accountId),
    rights: rights.map(right => ({
      ...right,
      toCome: right.startsOn > today,
      // An invité of a meeting has no page of the instance (H3).
      opensInstance: memberOf.includes(right.consortium.id),
      gives: givesOf(person, right, validators.get(right.instance?.id ?? '')),
    })),
  }
}

async function validatorRules(context: Context, rights: readonly OwnRight[]): Promise<Map<string, ValidatorRule>> {
  const ids = rights.flatMap(({ instance }) => (instance ? [instance.id] : []))
  if (ids.length === 0) return new Map()
  const rows = await context.db
    .select({ id: instances.id, rule: instances.validatorRule })
    .from(instances)
    .where(among(instances.id, ids))
  return new Map(rows.map(({ id, rule }) => [id, rule]))
}

/** From the rights that the session brought: what has not begun, or has ended, gives nothing. */
function givesOf({ accountId, rights }: Person, right: OwnRight, validatorRule: ValidatorRule | undefined): string[] {
  const { now, today, row } = rights
  const mandates = row?.mandates.filter(({ id }) => id === right.id) ?? []
  const functions = right.instance
    ? []
    : (row?.functions.filter(held => held.consortium.id === right.consortium.id && held.function === right.function) ??
      [])
  if (mandates.length + functions.length === 0) return []
  const consortiumId = right.consortium.id
  const key = { accountId, name: '', consortiumId, now, today, verification: null }
  const actor = buildActor(key, mandates, functions)
  return givenBy(actor, ownThing(actor, mandates[0], validatorRule))
}

/** The most favourable thing for one mandate or function: of its own body, institution and meeting. */
function ownThing(
  actor: Actor,
  mandate: Pick<AnyFacts, 'level' | 'kind' | 'instanceId'> | undefined,
  validatorRule: ValidatorRule = 'chef_de_projet',
): AnyFacts {
  const instanceId = mandate?.instanceId ?? actor.attachedTo[0] ?? ''
  const organisationId = actor.correspondantOf[0] ?? actor.organisationIds[0] ?? ''
  const mandateId = actor.assists[0] ?? actor.mandateIds[0] ?? ''
  return {
    consortiumId: actor.consortiumId,
    instanceId,
    organisationId,
    mandateId,
    level: mandate?.level ?? 'operationnel',
    kind: mandate?.kind ?? 'groupe_operationnel',
    meetingId: actor.invitedTo[0] ?? '',
    meetingState: 'tenue',
    minutesState: 'diffuse',
    visibility: 'consortium',
    draftReaders: 'instance',
    validatorRule,
    openToMembers: true,
    actionState: 'a_faire',
    ownerMandateId: mandateId,
    ownerOrganisationId: organisationId,
    ownerInstanceId: instanceId,
    proposingInstanceId: instanceId,
    competentInstanceId: instanceId,
    decisionState: 'adoptee',
    proposalState: 'proposee',
  }
}
