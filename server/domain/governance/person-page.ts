import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Database } from '#db/client.ts'
import {
  accounts,
  consortiumFunctions,
  instances,
  mandates,
  organisationNames,
  outgoingMails,
  prestataireAttachments,
} from '#db/schema/index.ts'
import { NotFound } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { uuidOrNone } from '#server/habilitations/load-facts.ts'
import { personName } from '#server/vocabulary/french.ts'
import {
  type Civilite,
  type ConsortiumFunctionKind,
  civiliteLabels,
  type MandateFunction,
} from '#server/vocabulary/governance.ts'
import type { MailState } from '#server/vocabulary/mail.ts'
import type { Context } from '../context.ts'
import { isOfConsortium } from './designate.ts'
import { fingerprint } from './edit-mandate.ts'
import { mandateGovernor } from './govern-mandates.ts'
import { mayBeCorrected } from './manage-person.ts'
import { type PersonState, stateOf } from './people-list.ts'

type Days = { startsOn: string; endsOn: string | null; state: PersonState }

export type PersonMandate = Days & {
  id: string
  label: string
  function: MandateFunction
  qualite: string
  carriesVoice: boolean
  instance: { slug: string; name: string }
  organisation: string
  /** The one meeting of an invité. */
  meetingId: string | null
  /** Who serves it: they end with it. */
  servedBy: string[]
}

export type PersonFunction = Days & {
  id: string
  function: ConsortiumFunctionKind
  functionLabel: string
  civilite: Civilite
  qualite: string
  organisationId: string | null
  organisation: string | null
  attachments: (Days & { id: string; instance: { slug: string; name: string } })[]
  /** What the form that corrects it has seen. */
  seen: string
}

export type PersonPage = {
  id: string
  name: string
  givenName: string
  familyName: string
  email: string
  phone: string | null
  state: PersonState
  suspended: boolean
  /** False for somebody who has never signed in. */
  hasPassword: boolean
  /** The last invitation, when there was one. */
  invitation: { state: MailState; at: Date } | null
  mayBeCorrected: boolean
  mandates: PersonMandate[]
  functions: PersonFunction[]
}

/** A person of the consortium, for who designates. @throws NotFound (also somebody of another consortium), Forbidden (H34) */
export async function personPage(context: Context, actor: Actor, accountId: string): Promise<PersonPage> {
  mandateGovernor(actor)
  const { db } = context
  const id = uuidOrNone(accountId)
  const [person] = await db
    .select({
      id: accounts.id,
      givenName: accounts.givenName,
      familyName: accounts.familyName,
      email: accounts.email,
      phone: accounts.phone,
      suspended: sql<boolean>`${accounts.suspendedAt} is not null`,
      hasPassword: sql<boolean>`${accounts.passwordHash} is not null`,
      mayBeCorrected: mayBeCorrected(actor.consortiumId),
    })
    .from(accounts)
    .where(and(eq(accounts.id, id), isOfConsortium(db, actor.consortiumId)))
  if (!person) throw new NotFound()
  const held = await mandatesOf(db, actor, id)
  const functions = await functionsOf(db, actor, id)
  return {
    ...person,
    name: personName(person),
    state: stateOf([...held, ...functions], actor.today),
    invitation: await lastInvitation(db, actor, id),
    mandates: held,
    functions,
  }
}

async function mandatesOf(db: Database, actor: Actor, accountId: string): Promise<PersonMandate[]> {
  const rows = await db
    .select({
      id: mandates.id,
      label: mandates.functionLabel,
      function: mandates.function,
      qualite: mandates.qualite,
      carriesVoice: mandates.carriesVoice,
      meetingId: mandates.meetingId,
      startsOn: mandates.startsOn,
      endsOn: mandates.endsOn,
      instance: { slug: instances.slug, name: instances.name },
      organisation: organisationNameOf(mandates),
    })
    .from(mandates)
    .innerJoin(instances, eq(instances.id, mandates.instanceId))
    .where(and(eq(mandates.accountId, accountId), eq(mandates.consortiumId, actor.consortiumId)))
    .orderBy(desc(mandates.startsOn), asc(instances.position), asc(mandates.id))
  const serving = await servingOf(
    db,
    actor,
    rows.map(row => row.id),
  )
  return rows.map(row => ({
    ...row,
    state: stateOf([row], actor.today),
    servedBy: serving.filter(each => each.titulaireMandateId === row.id).map(each => each.name),
  }))
}

/** Who serves some mandates, today or later. */
async function servingOf(db: Database, { today }: Actor, mandateIds: readonly string[]) {
  if (mandateIds.length === 0) return []
  const rows = await db
    .select({
      titulaireMandateId: mandates.titulaireMandateId,
      endsOn: mandates.endsOn,
      civilite: mandates.civilite,
      givenName: accounts.givenName,
      familyName: accounts.familyName,
    })
    .from(mandates)
    .innerJoin(accounts, eq(accounts.id, mandates.accountId))
    .where(inArray(mandates.titulaireMandateId, [...mandateIds]))
  return rows
    .filter(row => row.endsOn === null || row.endsOn >= today)
    .map(({ civilite, ...row }) => ({ ...row, name: personName({ ...row, civility: civiliteLabels[civilite] }) }))
}

async function functionsOf(db: Database, actor: Actor, accountId: string): Promise<PersonFunction[]> {
  const rows = await db
    .select({ row: consortiumFunctions, organisation: organisationNameOf(consortiumFunctions) })
    .from(consortiumFunctions)
    .innerJoin(accounts, eq(accounts.id, consortiumFunctions.accountId))
    .where(and(eq(accounts.id, accountId), eq(consortiumFunctions.consortiumId, actor.consortiumId)))
    .orderBy(desc(consortiumFunctions.startsOn), asc(consortiumFunctions.id))
  const attachments = await db
    .select({
      id: prestataireAttachments.id,
      functionId: prestataireAttachments.consortiumFunctionId,
      startsOn: prestataireAttachments.startsOn,
      endsOn: prestataireAttachments.endsOn,
      instance: { slug: instances.slug, name: instances.name },
    })
    .from(prestataireAttachments)
    .innerJoin(instances, eq(instances.id, prestataireAttachments.instanceId))
    .innerJoin(consortiumFunctions, eq(consortiumFunctions.id, prestataireAttachments.consortiumFunctionId))
    .where(and(eq(consortiumFunctions.accountId, accountId), eq(consortiumFunctions.consortiumId, actor.consortiumId)))
    .orderBy(asc(instances.position), desc(prestataireAttachments.startsOn))
  return rows.map(({ row, organisation }) => ({
    ...row,
    organisation,
    state: stateOf([row], actor.today),
    attachments: attachments
      .filter(each => each.functionId === row.id)
      .map(({ functionId: _, ...each }) => ({ ...each, state: stateOf([each], actor.today) })),
    seen: fingerprint(row),
  }))
}

const named = alias(organisationNames, 'named')

/** SQL: the present name of an institution, or its last one. The query joins another table. */
export function organisationNameOf(table: typeof mandates | typeof consortiumFunctions) {
  const name = sql`(select ${named.name} from ${organisationNames} "named"
    where ${named.organisationId} = ${table.organisationId} order by ${named.startsOn} desc limit 1)`
  return sql<string>`${name}`
}

async function lastInvitation(db: Database, actor: Actor, accountId: string): Promise<PersonPage['invitation']> {
  const [mail] = await db
    .select({
      state: outgoingMails.state,
      createdAt: outgoingMails.createdAt,
      sentAt: outgoingMails.sentAt,
      abandonedAt: outgoingMails.abandonedAt,
    })
    .from(outgoingMails)
    .where(
      and(
        eq(outgoingMails.accountId, accountId),
        eq(outgoingMails.consortiumId, actor.consortiumId),
        eq(outgoingMails.kind, 'invitation'),
      ),
    )
    .orderBy(desc(outgoingMails.createdAt))
    .limit(1)
  return mail ? { state: mail.state, at: mail.sentAt ?? mail.abandonedAt ?? mail.createdAt } : null
}
