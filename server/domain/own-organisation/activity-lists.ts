import { and, asc, desc, eq, exists, gte, inArray, notExists, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Database } from '#db/client.ts'
import { first, oneOfWords } from '#db/lists.ts'
import {
  accounts,
  actionItems,
  attendance,
  decisions,
  instances,
  mandates,
  meetings,
  minutes,
  organisations,
} from '#db/schema/index.ts'
import { type Actor, activeOn } from '#server/habilitations/actor.ts'
import { columnsOf } from '#server/habilitations/columns.ts'
import { listsFor } from '#server/habilitations/lists-for.ts'
import { visibleTo } from '#server/habilitations/visible.ts'
import { awaitedDecisionStates } from '#server/vocabulary/decisions.ts'
import { levelFunctions } from '#server/vocabulary/governance.ts'
import { selectRelays } from '../home/awaiting-relays.ts'
import { selectEntries } from '../meetings/meeting-entries.ts'

/** What a page shows of each list. */
export const mostShown = 25

type Given = { organisationId: string; absentSince: string }

/**
 * What concerns an institution. H39 lets who speaks for it know of what is asked of it, wherever that stands: the instance,
 * the day and who of it is expected. Each row brings the facts by which the rest (wording, link) is judged.
 */
export const activityLists = listsFor((db, actor, { organisationId, absentSince }: Given) => ({
  people: db
    .select({
      accountId: mandates.accountId,
      instanceId: mandates.instanceId,
      name: sql<string>`${accounts.givenName} || ' ' || ${accounts.familyName}`,
    })
    .from(mandates)
    .innerJoin(accounts, eq(accounts.id, mandates.accountId))
    .where(
      and(
        visibleTo(actor, 'mandate', 'read'),
        eq(mandates.organisationId, organisationId),
        activeOn(mandates, actor.today),
      ),
    ),
  proofreading: db
    .select({ id: minutes.id, facts: columnsOf.minutes, instance: instances.shortName, meetingAt: meetings.startsAt })
    .from(minutes)
    .innerJoin(meetings, eq(meetings.id, minutes.meetingId))
    .innerJoin(instances, eq(instances.id, meetings.instanceId))
    .where(
      and(
        eq(minutes.consortiumId, actor.consortiumId),
        oneOfWords(minutes.state, ['en_relecture']),
        inArray(meetings.instanceId, seatsOf(db, actor, organisationId)),
      ),
    )
    .orderBy(asc(meetings.startsAt))
    .limit(first(mostShown)),
  decisions: db
    .select({
      id: decisions.id,
      facts: columnsOf.decision,
      wording: decisions.wording,
      state: decisions.state,
      competent: instances.name,
      proposedAt: decisions.proposedAt,
    })
    .from(decisions)
    .innerJoin(instances, eq(instances.id, decisions.competentInstanceId))
    .where(
      and(
        eq(decisions.consortiumId, actor.consortiumId),
        oneOfWords(decisions.state, awaitedDecisionStates),
        inArray(decisions.competentInstanceId, voicesOf(db, actor, organisationId)),
      ),
    )
    .orderBy(asc(decisions.proposedAt))
    .limit(first(mostShown)),
  carriers: carriersOf(db, actor, organisationId),
  relays: selectRelays(db, actor, eq(organisations.id, organisationId)).limit(first(mostShown)),
  actions: actionsOf(db, actor, organisationId),
  meetings: selectEntries(
    db,
    and(
      visibleTo(actor, 'meeting', 'readEntry'),
      oneOfWords(meetings.state, ['preparation', 'invitations_envoyees', 'en_cours']),
      inArray(meetings.instanceId, seatsOf(db, actor, organisationId)),
    ),
  )
    .orderBy(asc(meetings.startsAt))
    .limit(first(10)),
  absences: absencesOf(db, actor, organisationId, absentSince),
}))

/** Instances where the institution sits today. */
function seatsOf(db: Database, actor: Actor, organisationId: string) {
  return db
    .select({ id: mandates.instanceId })
    .from(mandates)
    .where(
      and(
        eq(mandates.consortiumId, actor.consortiumId),
        eq(mandates.organisationId, organisationId),
        oneOfWords(mandates.function, levelFunctions),
        activeOn(mandates, actor.today),
      ),
    )
}

/** Instances where somebody carries its voice today. */
function voicesOf(db: Database, actor: Actor, organisationId: string) {
  return db.select({ id: mandates.instanceId }).from(mandates).where(carriesVoiceOf(actor, organisationId))
}

/** Who carries its voice today. */
function carriersOf(db: Database, actor: Actor, organisationId: string) {
  return db
    .select({
      instanceId: mandates.instanceId,
      name: sql<string>`${accounts.givenName} || ' ' || ${accounts.familyName}`,
    })
    .from(mandates)
    .innerJoin(accounts, eq(accounts.id, mandates.accountId))
    .where(carriesVoiceOf(actor, organisationId))
}

function carriesVoiceOf(actor: Actor, organisationId: string) {
  return and(
    eq(mandates.consortiumId, actor.consortiumId),
    eq(mandates.organisationId, organisationId),
    sql`${mandates.carriesVoice}`,
    activeOn(mandates, actor.today),
  )
}

const owners = alias(mandates, 'owners')

/** Actions of the institution and of its people that are still to be done, the most urgent first. */
function actionsOf(db: Database, actor: Actor, organisationId: string) {
  return db
    .select({
      id: actionItems.id,
      wording: actionItems.wording,
      owner: actionItems.ownerLabel,
      dueOn: actionItems.dueOn,
      state: actionItems.state,
      instance: instances.shortName,
      minutesId: minutes.id,
      facts: columnsOf.action,
    })
    .from(actionItems)
    .innerJoin(minutes, eq(minutes.id, actionItems.minutesId))
    .innerJoin(meetings, eq(meetings.id, minutes.meetingId))
    .innerJoin(instances, eq(instances.id, meetings.instanceId))
    .leftJoin(owners, eq(owners.id, actionItems.ownerMandateId))
    .where(
      and(
        eq(actionItems.consortiumId, actor.consortiumId),
        or(eq(actionItems.ownerOrganisationId, organisationId), eq(owners.organisationId, organisationId)),
        oneOfWords(actionItems.state, ['a_faire', 'en_cours']),
      ),
    )
    .orderBy(sql`${actionItems.dueOn} asc nulls last`, asc(actionItems.createdAt))
    .limit(first(mostShown))
}

/**
 * Meetings held since a day where the institution had a titulaire and nobody of it was present or represented; only those
 * whose attendance was recorded. The institution's own absences: H39 tells them to who speaks for it.
 */
function absencesOf(db: Database, actor: Actor, organisationId: string, since: string) {
  const day = sql<string>`(${meetings.startsAt} at time zone 'Europe/Paris')::date`
  const ours = and(eq(mandates.consortiumId, actor.consortiumId), eq(mandates.organisationId, organisationId))
  const expected = db
    .select({ one: sql`1` })
    .from(mandates)
    .where(
      and(
        ours,
        eq(mandates.instanceId, meetings.instanceId),
        oneOfWords(mandates.function, ['president', 'copilote', 'membre']),
        sql`${mandates.startsOn} <= ${day}`,
        sql`(${mandates.endsOn} is null or ${mandates.endsOn} >= ${day})`,
      ),
    )
  const recorded = db.select({ one: sql`1` }).from(attendance).where(eq(attendance.meetingId, meetings.id))
  const there = db
    .select({ one: sql`1` })
    .from(attendance)
    .innerJoin(mandates, eq(mandates.id, attendance.mandateId))
    .where(and(ours, eq(attendance.meetingId, meetings.id), oneOfWords(attendance.status, ['present', 'represente'])))
  return selectEntries(
    db,
    and(
      oneOfWords(meetings.state, ['tenue']),
      gte(meetings.startsAt, sql`${since}::timestamptz`),
      visibleTo(actor, 'meeting', 'readEntry'),
      exists(expected),
      exists(recorded),
      notExists(there),
    ),
  )
    .orderBy(desc(meetings.startsAt))
    .limit(first(mostShown))
}
