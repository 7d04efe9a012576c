import { eq } from 'drizzle-orm'
import { among } from '#db/lists.ts'
import { accounts, instances } from '#db/schema/index.ts'
import { type Actor, buildActor, isMember, membershipsOf } from '#server/habilitations/actor.ts'
import { can } from '#server/habilitations/authorize.ts'
import type { AnyFacts } from '#server/habilitations/facts.ts'
import { givenBy } from '#server/habilitations/given-by.ts'
import type { ValidatorRule } from '#server/vocabulary/governance.ts'
import type { Context } from '../context.ts'
import type { Person } from './administering.ts'
import { type OwnRight, ownPastRights, ownRights } from './own-rights.ts'
import { hasAuthenticator } from './verification.ts'

export type ProfilePage = {
  givenName: string
  familyName: string
  email: string
  phone: string | null
  isAdministrateur: boolean
  hasAuthenticator: boolean
  /** Mandates and functions of today or later. */
  rights: ProfileRight[]
  /** Those that are over, the latest first. */
  past: ProfileRight[]
}

export type ProfileRight = OwnRight & {
  /** What it lets one do, once it has begun and until it ends. */
  gives: string[]
  toCome: boolean
  over: boolean
  opensInstance: boolean
  /** Whether the handover of the mandate that it takes over may be read (H45), long after the home page has led there. */
  readsHandover: boolean
}

/** One's own account, mandates and functions in every consortium, and what each of them lets one do. */
export async function profilePage(context: Context, person: Person): Promise<ProfilePage> {
  const { db } = context
  const { today } = person.rights
  const [account] = await db.select().from(accounts).where(eq(accounts.id, person.accountId))
  if (!account) throw new Error('a session has an account')
  const rights = await ownRights(db, person.accountId, today)
  const validators = await validatorRules(context, rights)
  const actors = membershipsOf(person.rights).map(({ actor }) => actor)
  const seen = (right: OwnRight): ProfileRight => {
    const actor = actors.find(({ consortiumId }) => consortiumId === right.consortium.id)
    return {
      ...right,
      toCome: right.startsOn > today,
      over: right.endsOn !== null && right.endsOn < today,
      // An invité of a meeting has no page of the instance (H3).
      opensInstance: actor !== undefined && isMember(actor),
      readsHandover: actor !== undefined && readsHandover(actor, right),
      gives: givesOf(person, right, validators.get(right.instance?.id ?? '')),
    }
  }
  return {
    givenName: account.givenName,
    familyName: account.familyName,
    email: account.email,
    phone: account.phone,
    isAdministrateur: account.isAdministrateur,
    hasAuthenticator: await hasAuthenticator(db, person.accountId),
    rights: rights.map(seen),
    past: (await ownPastRights(db, person.accountId, today)).map(seen),
  }
}

function readsHandover(actor: Actor, { id, replacesMandateId }: OwnRight): boolean {
  return (
    replacesMandateId !== null &&
    can(actor, 'mandate', 'readHandover', { consortiumId: actor.consortiumId, mandateId: id })
  )
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
    announced: true,
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
