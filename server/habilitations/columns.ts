import { sql } from 'drizzle-orm'
import {
  actionItems,
  consortia,
  consortiumFunctions,
  decisions,
  instances,
  mandateProposals,
  mandates,
  meetings,
  minutes,
  organisations,
} from '#db/schema/index.ts'
import type { Columns, FactsOf, Resource } from './facts.ts'

/** `true` while membres and suppléants may write. */
export const openToMembersSql = sql<boolean>`(${minutes.openedToMembersAt} is not null)`

/** `true` once the invitations to a meeting have left, even when it was then cancelled or put off. */
const announcedSql = sql<boolean>`(${meetings.announcedAt} is not null)`

const instanceColumns = {
  consortiumId: instances.consortiumId,
  instanceId: instances.id,
  level: instances.level,
  kind: instances.kind,
}

const meetingColumns = {
  ...instanceColumns,
  meetingId: meetings.id,
  meetingState: meetings.state,
  announced: announcedSql,
}

const minutesColumns = {
  ...meetingColumns,
  minutesState: minutes.state,
  visibility: minutes.visibility,
  draftReaders: instances.draftReaders,
  validatorRule: instances.validatorRule,
  openToMembers: openToMembersSql,
}

/**
 * Each fact as a column. A query on meetings joins instances; on presences, mandates of the same instance too; on minutes, meetings and instances; on actions, minutes,
 * meetings and instances. The same columns load the facts of one thing.
 */
export const columnsOf = {
  consortium: { consortiumId: consortia.id },
  organisation: { consortiumId: organisations.consortiumId, organisationId: organisations.id },
  proposal: {
    consortiumId: mandateProposals.consortiumId,
    organisationId: mandateProposals.organisationId,
    proposalState: mandateProposals.state,
  },
  mandate: { consortiumId: mandates.consortiumId, mandateId: mandates.id },
  consortiumFunction: { consortiumId: consortiumFunctions.consortiumId, functionId: consortiumFunctions.id },
  instance: instanceColumns,
  meeting: meetingColumns,
  presence: { ...meetingColumns, mandateId: mandates.id },
  minutes: minutesColumns,
  action: {
    ...minutesColumns,
    actionState: actionItems.state,
    ownerMandateId: actionItems.ownerMandateId,
    ownerOrganisationId: actionItems.ownerOrganisationId,
    ownerInstanceId: actionItems.ownerInstanceId,
  },
  decision: {
    consortiumId: decisions.consortiumId,
    proposingInstanceId: decisions.proposingInstanceId,
    competentInstanceId: decisions.competentInstanceId,
    decisionState: decisions.state,
  },
} satisfies { [R in Resource]: Columns<FactsOf[R]> }
