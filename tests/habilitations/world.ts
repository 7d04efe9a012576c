import fc from 'fast-check'
import { actionOwnerKindLabels } from '#server/vocabulary/actions.ts'
import { codesOf } from '#server/vocabulary/closed-list.ts'
import { decisionStateLabels } from '#server/vocabulary/decisions.ts'
import {
  type ConsortiumFunctionKind,
  consortiumFunctionLabels,
  draftReadersLabels,
  instanceKindLabels,
  levelLabels,
  type MandateFunction,
  mandateFunctionLabels,
  type ProposalState,
  proposalStateLabels,
  validatorRuleLabels,
  visibilityLabels,
} from '#server/vocabulary/governance.ts'
import { meetingStateLabels } from '#server/vocabulary/meetings.ts'
import { minutesStateLabels } from '#server/vocabulary/minutes.ts'

/** The instant at which generated people are judged, and its day in Paris. */
export const worldNow = new Date('2027-03-12T13:00:00Z')

/** Days of a mandate or function, around that day: both ends included. */
export const spans = {
  active: ['2026-01-01', null],
  endsToday: ['2026-01-01', '2027-03-12'],
  startsToday: ['2027-03-12', null],
  ended: ['2026-01-01', '2027-03-11'],
  future: ['2027-03-13', null],
} as const satisfies Record<string, readonly [string, string | null]>

export type Span = keyof typeof spans

export const isActive = (span: Span): boolean => span !== 'ended' && span !== 'future'

// Active mandates come twice as often as the others: a person without any shows little.
const span = fc.constantFrom<Span>('active', 'active', 'active', 'endsToday', 'startsToday', 'ended', 'future')
/** A rank, to be taken modulo the number of things there are. */
const rank = fc.nat(99)
/** The actor's own consortium (false), or its neighbour. */
const neighbour = fc.constantFrom(false, false, false, true)

/** Any level with any kind, and more often the bodies that a rule names: the strategic instance, a technical group. */
const place = fc.oneof(
  fc.record({
    level: fc.constantFrom(...codesOf(levelLabels)),
    kind: fc.constantFrom(...codesOf(instanceKindLabels)),
  }),
  fc.constant({ level: 'strategique' as const, kind: 'pilotage_strategique' as const }),
  fc.constant({ level: 'operationnel' as const, kind: 'groupe_operationnel' as const }),
)

const instance = fc.record({
  place,
  validatorRule: fc.constantFrom(...codesOf(validatorRuleLabels)),
  draftReaders: fc.constantFrom(...codesOf(draftReadersLabels)),
})

const meeting = fc.record({
  instance: rank,
  state: fc.constantFrom(...codesOf(meetingStateLabels)),
  /** A cancelled meeting may have been announced, or not. */
  announced: fc.boolean(),
  minutesState: fc.constantFrom(...codesOf(minutesStateLabels)),
  visibility: fc.constantFrom(...codesOf(visibilityLabels)),
  open: fc.boolean(),
})

const action = fc.record({
  meeting: rank,
  owner: fc.constantFrom(null, ...codesOf(actionOwnerKindLabels)),
  ownerRank: rank,
})

const decision = fc.record({
  meeting: rank,
  proposing: rank,
  competent: rank,
  state: fc.constantFrom(...codesOf(decisionStateLabels)),
})

const proposal = fc.record({
  organisation: rank,
  instance: rank,
  state: fc.constantFrom<ProposalState>('proposee', 'proposee', ...codesOf(proposalStateLabels)),
})

const consortium = fc.record({
  instances: fc.array(instance, { minLength: 2, maxLength: 4 }),
  meetings: fc.array(meeting, { minLength: 6, maxLength: 14 }),
  actions: fc.array(action, { minLength: 3, maxLength: 8 }),
  decisions: fc.array(decision, { minLength: 3, maxLength: 8 }),
  proposals: fc.array(proposal, { minLength: 2, maxLength: 5 }),
})

const person = fc.record({
  suspended: fc.constantFrom(false, false, false, false, false, false, false, true),
  mandates: fc.array(
    fc.record({
      neighbour,
      instance: rank,
      organisation: rank,
      meeting: rank,
      function: fc.constantFrom<MandateFunction>('copilote', 'copilote', ...codesOf(mandateFunctionLabels)),
      dossier: fc.boolean(),
      span,
    }),
    { maxLength: 5 },
  ),
  functions: fc.array(
    fc.record({
      neighbour,
      kind: fc.constantFrom<ConsortiumFunctionKind>(
        'prestataire',
        'prestataire',
        'correspondant',
        'correspondant',
        ...codesOf(consortiumFunctionLabels),
      ),
      organisation: rank,
      span,
      attachments: fc.uniqueArray(fc.record({ instance: rank, span }), {
        maxLength: 2,
        selector: each => each.instance % 12,
      }),
    }),
    { maxLength: 2 },
  ),
})

/** Two consortia with things in every state, and a person who may sit in both. */
export const world = fc.record({ home: consortium, next: consortium, person })

export type World = typeof world extends fc.Arbitrary<infer Value> ? Value : never

export type WorldConsortium = World['home']
export type WorldPerson = World['person']
