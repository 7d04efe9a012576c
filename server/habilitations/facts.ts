import type { SQLWrapper } from 'drizzle-orm'
import type { ActionState } from '#server/vocabulary/actions.ts'
import type { DecisionState } from '#server/vocabulary/decisions.ts'
import type {
  DraftReaders,
  InstanceKind,
  Level,
  ProposalState,
  ValidatorRule,
  Visibility,
} from '#server/vocabulary/governance.ts'
import type { MeetingState } from '#server/vocabulary/meetings.ts'
import type { MinutesState } from '#server/vocabulary/minutes.ts'

/** What the rules may ask about a thing. Each fact is also a column: see `columns.ts`. */
export type ConsortiumFacts = { consortiumId: string }

export type OrganisationFacts = ConsortiumFacts & { organisationId: string }

/** A representative proposed by a correspondant. */
export type ProposalFacts = OrganisationFacts & { proposalState: ProposalState }

export type MandateFacts = ConsortiumFacts & { mandateId: string }

/** A function in the consortium. */
export type ConsortiumFunctionFacts = ConsortiumFacts & { functionId: string }

export type InstanceFacts = ConsortiumFacts & { instanceId: string; level: Level; kind: InstanceKind }

export type MeetingFacts = InstanceFacts & {
  meetingId: string
  meetingState: MeetingState
  /** True once the invitations have left: the meeting is published, whatever becomes of it. */
  announced: boolean
}

/** The presence of the holder of a mandate at a meeting of its instance. */
export type PresenceFacts = MeetingFacts & { mandateId: string }

export type MinutesFacts = MeetingFacts & {
  minutesState: MinutesState
  visibility: Visibility
  draftReaders: DraftReaders
  validatorRule: ValidatorRule
  /** True while membres and suppléants may write. */
  openToMembers: boolean
}

export type ActionFacts = MinutesFacts & {
  actionState: ActionState
  ownerMandateId: string | null
  ownerOrganisationId: string | null
  ownerInstanceId: string | null
}

export type DecisionFacts = ConsortiumFacts & {
  proposingInstanceId: string
  competentInstanceId: string
  decisionState: DecisionState
}

/** The facts of each kind of thing that rules govern. */
export type FactsOf = {
  consortium: ConsortiumFacts
  organisation: OrganisationFacts
  proposal: ProposalFacts
  mandate: MandateFacts
  consortiumFunction: ConsortiumFunctionFacts
  instance: InstanceFacts
  meeting: MeetingFacts
  presence: PresenceFacts
  minutes: MinutesFacts
  action: ActionFacts
  decision: DecisionFacts
}

export type Resource = keyof FactsOf

/** Every fact there is, to name one with the values it may have. */
export type AnyFacts = ActionFacts & DecisionFacts & PresenceFacts & ProposalFacts

/** The same facts as SQL columns. */
export type Columns<Facts> = { readonly [Fact in keyof Facts]: SQLWrapper }
