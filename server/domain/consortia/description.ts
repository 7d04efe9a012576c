import type { DecisionNature } from '#server/vocabulary/decisions.ts'
import type {
  Civilite,
  ConsortiumFunctionKind,
  DraftReaders,
  InstanceKind,
  Level,
  MandateFunction,
  OrganisationPhase,
  ValidatorRule,
  Visibility,
  VotingRules,
} from '#server/vocabulary/governance.ts'

/** A consortium as its file describes it: everything that stands before its life begins. */
export type ConsortiumDescription = {
  slug: string
  name: string
  territory: string
  purpose: string
  /** From which day rules, functions and mandates hold; without it, the day of creation. */
  firstDay: string | null
  organisations: readonly OrganisationDescription[]
  instances: readonly InstanceDescription[]
  /** Nature of a decision → slug of the competent instance; null is the body that writes it. */
  competence: Readonly<Record<DecisionNature, string | null>>
  /** Visibility of the minutes of instances to come, where the consortium departs from the product's own. */
  visibilityDefaults: Readonly<Partial<Record<InstanceKind, Visibility>>>
  externalBodies: readonly { name: string; organisation: string | null; purpose: string }[]
  /** At least one. */
  chefs: readonly PersonDescription[]
  people: readonly (PersonDescription & {
    function: { kind: OtherFunction; label: string; attachedTo: readonly string[] } | null
    seats: readonly SeatDescription[]
  })[]
}

/** Functions of a consortium beside the chef de projet's. */
export type OtherFunction = Exclude<ConsortiumFunctionKind, 'chef_de_projet'>

export type OrganisationDescription = {
  slug: string
  phase: OrganisationPhase
  territory: string | null
  enteredOn: string | null
  enteredByAct: string
  /** Its names, oldest first: each one holds until the next one begins. The first may have no day: the consortium's. */
  names: readonly { from: string | null; name: string; shortName: string }[]
}

export type InstanceDescription = {
  slug: string
  code: string
  name: string
  shortName: string
  level: Level
  kind: InstanceKind
  parent: string | null
  territory: string | null
  purpose: string
  roles: readonly string[]
  composition: string
  cadence: string
  meetingsPerYear: number | null
  validatorRule: ValidatorRule
  draftReaders: DraftReaders
  minutesVisibility: Visibility
  opensWritingToMembers: boolean
  /** Weights by slug of institution. */
  votingRules: VotingRules | null
}

export type PersonDescription = {
  civilite: Civilite
  givenName: string
  familyName: string
  email: string
  phone: string | null
  /** Slug of the institution; null for a prestataire or an observateur of none. */
  organisation: string | null
  qualite: string
  /** « Cheffe de projet » */
  label: string
}

export type SeatDescription = {
  instance: string
  function: Exclude<MandateFunction, 'invite'>
  label: string
  carriesVoice: boolean
  /** E-mail of the titulaire of a suppléant, or of whom an assistant serves. */
  titulaire: string | null
  readsDossier: boolean
  startsOn: string | null
  endsOn: string | null
}
