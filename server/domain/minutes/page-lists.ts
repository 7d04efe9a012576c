import { and, asc, eq, getTableColumns, max, type SQL, sql } from 'drizzle-orm'
import { type AnyPgColumn, alias } from 'drizzle-orm/pg-core'
import type { Database } from '#db/client.ts'
import {
  accounts,
  consortia,
  instances,
  meetings,
  minutes,
  minutesRecipients,
  minutesVersions,
} from '#db/schema/index.ts'
import { columnsOf } from '#server/habilitations/columns.ts'
import { listsFor } from '#server/habilitations/lists-for.ts'
import { visibleTo } from '#server/habilitations/visible.ts'
import { heldMeetingsSince } from '../meetings/held-meetings.ts'
import { selectActions, selectDecisions } from './outcome-views.ts'
import { selectSealedVersion } from './sealed-version.ts'

const distributors = alias(accounts, 'distributors')
const approvers = alias(meetings, 'approving_meetings')

/** The minutes and what they belong to, with the facts that the rules ask for; and what they became, once sealed. One query. */
export const pageLists = listsFor((db, actor, { id }: { id: string }) => {
  const readable = (right: 'read' | 'recordApproval') => and(eq(minutes.id, id), visibleTo(actor, 'minutes', right))
  const ofReadable = (column: AnyPgColumn, right: 'read' | 'recordApproval' = 'read') =>
    sql<string>`(${db
      .select({ column })
      .from(minutes)
      .innerJoin(meetings, eq(meetings.id, minutes.meetingId))
      .innerJoin(instances, eq(instances.id, meetings.instanceId))
      .where(readable(right))})`
  const minutesId = ofReadable(minutes.id)
  return {
    heads: db
      .select({
        facts: columnsOf.minutes,
        minutes: {
          id: minutes.id,
          consortiumId: minutes.consortiumId,
          epoch: minutes.epoch,
          proofreadingAt: minutes.proofreadingAt,
          distributedAt: minutes.distributedAt,
          approvedAt: minutes.approvedAt,
        },
        meeting: getTableColumns(meetings),
        instance: { slug: instances.slug, name: instances.name, shortName: instances.shortName },
        consortium: { name: consortia.name, territory: consortia.territory },
        distributorGivenName: distributors.givenName,
        distributorFamilyName: distributors.familyName,
        approvedInMeetingAt: approvers.startsAt,
      })
      .from(minutes)
      .innerJoin(meetings, eq(meetings.id, minutes.meetingId))
      .innerJoin(instances, eq(instances.id, meetings.instanceId))
      .innerJoin(consortia, eq(consortia.id, minutes.consortiumId))
      .leftJoin(distributors, eq(distributors.id, minutes.distributedBy))
      .leftJoin(approvers, eq(approvers.id, minutes.approvedMeetingId))
      .where(readable('read')),
    versions: selectSealedVersion(db, minutesId),
    decisions: selectDecisions(db, minutesId),
    actions: selectActions(db, minutesId),
    recipients: selectRecipients(db, minutesId),
    // For who may say in which one the minutes were approved.
    heldMeetings: heldMeetingsSince(
      db,
      ofReadable(meetings.instanceId, 'recordApproval'),
      ofReadable(meetings.startsAt, 'recordApproval'),
      'after',
    ),
  }
})

export type PageLists = Awaited<ReturnType<typeof pageLists>>

/** Those of the version in force. */
function selectRecipients(db: Database, minutesId: SQL) {
  const inForce = db
    .select({ version: max(minutesVersions.version) })
    .from(minutesVersions)
    .where(eq(minutesVersions.minutesId, minutesId))
  return db
    .select({
      accountId: accounts.id,
      givenName: accounts.givenName,
      familyName: accounts.familyName,
      readAt: minutesRecipients.readAt,
    })
    .from(minutesRecipients)
    .innerJoin(accounts, eq(accounts.id, minutesRecipients.accountId))
    .where(and(eq(minutesRecipients.minutesId, minutesId), eq(minutesRecipients.version, sql`(${inForce})`)))
    .orderBy(asc(accounts.familyName), asc(accounts.givenName))
}
