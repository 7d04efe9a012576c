import type { DecisionNature } from '#server/vocabulary/decisions.ts'
import type {
  ConsortiumFunctionKind,
  DraftReaders,
  InstanceKind,
  Level,
  MandateFunction,
  OrganisationPhase,
  ValidatorRule,
  Visibility,
} from '#server/vocabulary/governance.ts'

/** A consortium of the demonstration, as its data files describe it: what is inserted before its life begins. */
export type ConsortiumData = {
  slug: string
  name: string
  territory: string
  purpose: string
  organisations: readonly OrganisationData[]
  instances: readonly InstanceData[]
  /** Nature of a decision → slug of the competent instance; null is the body that writes it. */
  competence: Readonly<Record<DecisionNature, string | null>>
  people: readonly PersonData[]
}

export type OrganisationData = {
  slug: string
  phase: OrganisationPhase
  territory?: string
  /** Its names, oldest first: each one holds until the next one begins. */
  names: readonly { from: string; name: string; shortName: string }[]
}

export type InstanceData = {
  slug: string
  code: string
  name: string
  shortName: string
  level: Level
  kind: InstanceKind
  parent: string | null
  territory?: string
  purpose: string
  roles: readonly string[]
  composition: string
  cadence: string
  meetingsPerYear: number | null
  validatorRule: ValidatorRule
  draftReaders: DraftReaders
  minutesVisibility: Visibility
}

/** A day of the demonstration: a number of days from today, or the 1 January that comes. */
export type DemoDay = number | 'next-january'

/** What a person does in an instance. Without dates, from the consortium's first day on. */
export type SeatData = {
  function: Exclude<MandateFunction, 'invite'>
  /** The function in the words that suit the person: « Présidente ». */
  label: string
  /** Carries the voice of the institution there. */
  voice?: boolean
  from?: DemoDay
  until?: DemoDay
  /** E-mail (left part) of the titulaire of a suppléant, or of whom an assistant helps. */
  of?: string
  /** For an assistant: the dossier of the instance is open. */
  readsDossier?: boolean
}

export type PersonData = {
  /** Civilité, given name, family name. */
  name: string
  /** Left part of the e-mail address, for those who can sign in. The others get one made from their name, and no password. */
  signsInAs?: string
  organisation?: string
  qualite: string
  phone?: string
  seats?: Readonly<Record<string, SeatData>>
  /** Function in the whole consortium. */
  consortiumFunction?: { kind: ConsortiumFunctionKind; label: string; attachedTo?: readonly string[] }
  suspended?: boolean
}

export const membre: SeatData = { function: 'membre', label: 'Membre', voice: true }
/** A member whose institution already has a voice there. */
export const membreSansVoix: SeatData = { function: 'membre', label: 'Membre' }
export const copilote: SeatData = { function: 'copilote', label: 'Copilote', voice: true }
export const copiloteSansVoix: SeatData = { function: 'copilote', label: 'Copilote' }
export const presidente: SeatData = { function: 'president', label: 'Présidente', voice: true }
export const president: SeatData = { function: 'president', label: 'Président', voice: true }
export const secretaire: SeatData = { function: 'secretaire', label: 'Secrétaire' }
