import { type ActionState, actionStateLabels } from '#server/vocabulary/actions.ts'
import { type DecisionState, decisionStateLabels } from '#server/vocabulary/decisions.ts'
import { type ProposalState, proposalStateLabels } from '#server/vocabulary/governance.ts'
import { type MeetingState, meetingStateLabels } from '#server/vocabulary/meetings.ts'
import { type MinutesState, minutesStateLabels } from '#server/vocabulary/minutes.ts'
import { Icon, type IconName } from './Icon.tsx'

export type Tone = 'neutral' | 'info' | 'accent' | 'success' | 'warning' | 'danger'

export type StateBadgeProps =
  | { of: 'meeting'; state: MeetingState }
  | { of: 'minutes'; state: MinutesState }
  | { of: 'decision'; state: DecisionState }
  | { of: 'action'; state: ActionState }
  | { of: 'proposal'; state: ProposalState }

/** The state of a thing: an icon and its word, so that colour is never alone to say it. */
export function StateBadge(props: StateBadgeProps) {
  const { label, icon, tone } = lookOf(props)
  return (
    <Badge icon={icon} tone={tone}>
      {label}
    </Badge>
  )
}

/** An icon and a word of another kind (« En retard », « Projet », « Vous »). */
export function Badge({ icon, tone = 'neutral', children }: { icon: IconName; tone?: Tone; children: string }) {
  return (
    <span className="badge" data-tone={tone}>
      <Icon name={icon} />
      <span>{children}</span>
    </span>
  )
}

interface Look {
  icon: IconName
  tone: Tone
}

function lookOf(props: StateBadgeProps): Look & { label: string } {
  switch (props.of) {
    case 'meeting':
      return { label: meetingStateLabels[props.state], ...meetingLooks[props.state] }
    case 'minutes':
      return { label: minutesStateLabels[props.state], ...minutesLooks[props.state] }
    case 'decision':
      return { label: decisionStateLabels[props.state], ...decisionLooks[props.state] }
    case 'action':
      return { label: actionStateLabels[props.state], ...actionLooks[props.state] }
    case 'proposal':
      return { label: proposalStateLabels[props.state], ...proposalLooks[props.state] }
  }
}

const meetingLooks: Record<MeetingState, Look> = {
  preparation: { icon: 'pencil', tone: 'neutral' },
  invitations_envoyees: { icon: 'sent', tone: 'info' },
  en_cours: { icon: 'live', tone: 'accent' },
  tenue: { icon: 'check', tone: 'success' },
  annulee: { icon: 'circle-cross', tone: 'danger' },
  reportee: { icon: 'postponed', tone: 'warning' },
}

const minutesLooks: Record<MinutesState, Look> = {
  brouillon: { icon: 'pencil', tone: 'neutral' },
  en_relecture: { icon: 'proofread', tone: 'warning' },
  valide: { icon: 'lock', tone: 'info' },
  diffuse: { icon: 'sent', tone: 'accent' },
  approuve: { icon: 'circle-check', tone: 'success' },
}

const decisionLooks: Record<DecisionState, Look> = {
  proposee: { icon: 'proposal', tone: 'info' },
  inscrite: { icon: 'agenda', tone: 'accent' },
  adoptee: { icon: 'circle-check', tone: 'success' },
  rejetee: { icon: 'circle-cross', tone: 'danger' },
  prise_d_acte: { icon: 'noted', tone: 'neutral' },
  ajournee: { icon: 'pause', tone: 'warning' },
  retiree: { icon: 'withdrawn', tone: 'neutral' },
}

const actionLooks: Record<ActionState, Look> = {
  a_faire: { icon: 'circle', tone: 'neutral' },
  en_cours: { icon: 'progress', tone: 'info' },
  faite: { icon: 'circle-check', tone: 'success' },
  abandonnee: { icon: 'circle-cross', tone: 'neutral' },
}

const proposalLooks: Record<ProposalState, Look> = {
  proposee: { icon: 'proposal', tone: 'info' },
  acceptee: { icon: 'circle-check', tone: 'success' },
  retournee: { icon: 'back', tone: 'warning' },
  retiree: { icon: 'withdrawn', tone: 'neutral' },
}
