import { and, asc, desc, eq, or } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { first, oneOfWords } from '#db/lists.ts'
import {
  accounts,
  actionItems,
  consortiumFunctions,
  decisions,
  instances,
  meetings,
  minutes,
} from '#db/schema/index.ts'
import { NotFound } from '#server/errors.ts'
import { type Actor, activeOn } from '#server/habilitations/actor.ts'
import { authorize, can } from '#server/habilitations/authorize.ts'
import { columnsOf } from '#server/habilitations/columns.ts'
import { visibleTo } from '#server/habilitations/visible.ts'
import type { ActionState } from '#server/vocabulary/actions.ts'
import { awaitedDecisionStates, type DecisionState } from '#server/vocabulary/decisions.ts'
import { personName } from '#server/vocabulary/french.ts'
import { civiliteLabels, type Level } from '#server/vocabulary/governance.ts'
import { publishedMinutesStates } from '#server/vocabulary/minutes.ts'
import type { Context } from '../context.ts'
import { type Seat, seatsOf } from './composition.ts'
import { type FirstOf, firstOf } from './instance-page.ts'
import { mandatePage } from './mandate-page.ts'
import { selectChefsDeProjet } from './people.ts'

export type HandoverContact = { name: string; role: string; email: string | null; phone: string | null }

/** What whoever takes over a mandate needs to begin: all of it only as far as they may read it. */
export type HandoverPage = {
  mandateId: string
  person: string
  label: string
  startsOn: string
  instance: { slug: string; name: string; level: Level; purpose: string; cadence: string }
  organisation: string
  predecessor: { name: string; label: string; until: string | null }
  /** Of the former holder, of the institution, of the body. */
  actions: FirstOf<HandoverAction>
  decisions: FirstOf<HandoverDecision>
  minutes: { id: string; meetingAt: Date; title: string }[]
  meetings: { id: string; startsAt: Date; place: string; title: string }[]
  contacts: HandoverContact[]
}

export type HandoverAction = {
  id: string
  wording: string
  owner: string
  dueOn: string | null
  state: ActionState
  mayUpdate: boolean
}

export type HandoverDecision = { id: string; wording: string; state: DecisionState; competent: boolean }

const most = 25

/** The handover of a mandate that takes over another (H45). @throws NotFound */
export async function handoverPage(context: Context, actor: Actor, mandateId: string): Promise<HandoverPage> {
  const { db } = context
  const page = await mandatePage(context, actor, mandateId)
  authorize(actor, 'mandate', 'readHandover', { consortiumId: actor.consortiumId, mandateId: page.id })
  if (page.replaces === null) throw new NotFound()
  const [instance] = await db
    .select({ purpose: instances.purpose, cadence: instances.cadence })
    .from(instances)
    .where(eq(instances.id, page.instance.id))
  const former = await mandatePage(context, actor, page.replaces.id)
  const about = {
    instanceId: page.instance.id,
    organisationId: page.values.organisationId,
    formerMandateId: former.id,
  }
  return {
    mandateId: page.id,
    person: page.person.name,
    label: page.values.functionLabel,
    startsOn: page.values.startsOn,
    instance: { ...page.instance, purpose: instance?.purpose ?? '', cadence: instance?.cadence ?? '' },
    organisation: page.organisation,
    predecessor: { name: former.person.name, label: former.values.functionLabel, until: former.values.endsOn },
    actions: await openActions(db, actor, about),
    decisions: await awaitedDecisions(db, actor, about.instanceId),
    minutes: await lastMinutes(db, actor, about.instanceId),
    meetings: await nextMeetings(db, actor, about.instanceId),
    contacts: await contactsOf(db, actor, { ...about, self: page.person.id }),
  }
}

type About = { instanceId: string; organisationId: string; formerMandateId: string }

async function openActions(db: Database, actor: Actor, about: About): Promise<HandoverPage['actions']> {
  const rows = await db
    .select({
      id: actionItems.id,
      wording: actionItems.wording,
      owner: actionItems.ownerLabel,
      dueOn: actionItems.dueOn,
      state: actionItems.state,
      facts: columnsOf.action,
    })
    .from(actionItems)
    .innerJoin(minutes, eq(minutes.id, actionItems.minutesId))
    .innerJoin(meetings, eq(meetings.id, minutes.meetingId))
    .innerJoin(instances, eq(instances.id, meetings.instanceId))
    .where(
      and(
        visibleTo(actor, 'action', 'read'),
        oneOfWords(actionItems.state, ['a_faire', 'en_cours']),
        or(
          eq(actionItems.ownerMandateId, about.formerMandateId),
          and(eq(actionItems.ownerOrganisationId, about.organisationId), eq(meetings.instanceId, about.instanceId)),
          eq(actionItems.ownerInstanceId, about.instanceId),
        ),
      ),
    )
    .orderBy(asc(actionItems.dueOn), asc(actionItems.createdAt))
    .limit(first(most + 1))
  const actions = rows.map(({ facts, ...row }) => ({
    ...row,
    mayUpdate: can(actor, 'action', 'updateProgress', facts),
  }))
  return firstOf(actions, most)
}

async function awaitedDecisions(db: Database, actor: Actor, instanceId: string): Promise<HandoverPage['decisions']> {
  const rows = await db
    .select({
      id: decisions.id,
      wording: decisions.wording,
      state: decisions.state,
      competentInstanceId: decisions.competentInstanceId,
    })
    .from(decisions)
    .where(
      and(
        visibleTo(actor, 'decision', 'read'),
        oneOfWords(decisions.state, awaitedDecisionStates),
        or(eq(decisions.proposingInstanceId, instanceId), eq(decisions.competentInstanceId, instanceId)),
      ),
    )
    .orderBy(asc(decisions.proposedAt))
    .limit(first(most + 1))
  const awaited = rows.map(({ competentInstanceId, ...row }) => ({
    ...row,
    competent: competentInstanceId === instanceId,
  }))
  return firstOf(awaited, most)
}

function lastMinutes(db: Database, actor: Actor, instanceId: string): Promise<HandoverPage['minutes']> {
  return db
    .select({ id: minutes.id, meetingAt: meetings.startsAt, title: meetings.title })
    .from(minutes)
    .innerJoin(meetings, eq(meetings.id, minutes.meetingId))
    .innerJoin(instances, eq(instances.id, meetings.instanceId))
    .where(
      and(
        visibleTo(actor, 'minutes', 'read'),
        eq(meetings.instanceId, instanceId),
        oneOfWords(minutes.state, publishedMinutesStates),
      ),
    )
    .orderBy(desc(meetings.startsAt))
    .limit(first(3))
}

function nextMeetings(db: Database, actor: Actor, instanceId: string): Promise<HandoverPage['meetings']> {
  return db
    .select({ id: meetings.id, startsAt: meetings.startsAt, place: meetings.place, title: meetings.title })
    .from(meetings)
    .innerJoin(instances, eq(instances.id, meetings.instanceId))
    .where(
      and(
        visibleTo(actor, 'meeting', 'read'),
        eq(meetings.instanceId, instanceId),
        oneOfWords(meetings.state, ['preparation', 'invitations_envoyees', 'en_cours']),
      ),
    )
    .orderBy(asc(meetings.startsAt))
    .limit(first(3))
}

/** Presidency, copilotes and secretariat of the body, correspondants of the institution, chefs de projet; addresses by H4. */
async function contactsOf(db: Database, actor: Actor, about: About & { self: string }): Promise<HandoverContact[]> {
  const { consortiumId, today } = actor
  const [facts] = await db.select(columnsOf.instance).from(instances).where(eq(instances.id, about.instanceId))
  const withContacts = facts !== undefined && can(actor, 'instance', 'readContacts', facts)
  const leads = (await seatsOf(db, { consortiumId, instanceId: about.instanceId, day: today })).filter(
    ({ function: fn, accountId }) => ['president', 'copilote', 'secretaire'].includes(fn) && accountId !== about.self,
  )
  const chefs = await selectChefsDeProjet(db, consortiumId, today)
  const correspondants = await db
    .select({
      civilite: consortiumFunctions.civilite,
      givenName: accounts.givenName,
      familyName: accounts.familyName,
      functionLabel: consortiumFunctions.functionLabel,
    })
    .from(consortiumFunctions)
    .innerJoin(accounts, eq(accounts.id, consortiumFunctions.accountId))
    .where(
      and(
        eq(consortiumFunctions.consortiumId, consortiumId),
        eq(consortiumFunctions.function, 'correspondant'),
        eq(consortiumFunctions.organisationId, about.organisationId),
        activeOn(consortiumFunctions, today),
      ),
    )
  return [
    ...leads.map((seat: Seat) => ({
      name: seat.name,
      role: `${seat.functionLabel}, ${seat.organisationShort}`,
      email: withContacts ? seat.email : null,
      phone: withContacts ? seat.phone : null,
    })),
    ...[...correspondants, ...chefs].map(({ civilite, givenName, familyName, functionLabel }) => ({
      name: personName({ civility: civiliteLabels[civilite], givenName, familyName }),
      role: functionLabel,
      email: null,
      phone: null,
    })),
  ]
}
