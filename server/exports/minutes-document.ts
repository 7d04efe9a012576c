/** Everything that is printed in minutes, whatever the format: the exports read this and nothing else. */
export interface MinutesDocument {
  consortium: { name: string; territory: string }
  instance: { name: string; levelLabel: string }
  meeting: MinutesMeeting
  /** Grouped by institution, in the order in which they are printed. */
  attendance: AttendingOrganisation[]
  agenda: MinutesAgendaItem[]
  /** The text as ProseMirror JSON, with the nodes and marks of `server/vocabulary/editor-schema.ts`. */
  content: unknown
  decisions: MinutesDecision[]
  actions: MinutesAction[]
  pointsOfAttention: string[]
  nextMeeting: { startsAt: Date } | null
  /** Names of those it is sent to; null while nothing was distributed. */
  distribution: string[] | null
  status: DraftStatus | SealedStatus
}

export interface MinutesMeeting {
  title: string | null
  startsAt: Date
  endsAt: Date | null
  place: string | null
}

export interface AttendingOrganisation {
  organisation: string
  people: AttendingPerson[]
}

export interface AttendingPerson {
  /** « Mme Claire Vidal ». */
  name: string
  /** « directrice adjointe »; empty when unknown. */
  qualite: string
  /** The function as this person's mandate words it, « Copilote »; empty when there is nothing to say. */
  functionLabel: string
  status: 'present' | 'represente' | 'excuse' | 'absent'
  mode: 'sur_place' | 'distance' | null
  representedBy: string | null
}

export interface MinutesAgendaItem {
  /** With it, the heading made from this item (`agendaItemId`) shows its rapporteur. */
  id?: string | null
  position: number
  title: string
  reporter: string | null
}

export interface MinutesDecision {
  /** With it, the block in the text carries the number this decision has in the relevé. */
  id?: string | null
  wording: string
  reasons: string | null
  natureLabel: string
  /** Name of the instance that has the power to take it. */
  competentInstance: string
  /** What became of it, as a sentence: « Proposée à l’instance de pilotage stratégique. » */
  outcome: string
}

export interface MinutesAction {
  id?: string | null
  what: string
  who: string
  /** An instant, a calendar day `YYYY-MM-DD`, or null without a due date. */
  due: Date | string | null
  stateLabel: string
}

/** Not validated: every page says « Projet ». */
export interface DraftStatus {
  kind: 'projet'
  /** Instant of the last stored change of the text; printed so that two drafts can be told apart. */
  textAt?: Date | null
}

/** Validated and sealed: who, when, and the seal that proves it. */
export interface SealedStatus {
  kind: 'scelle'
  version: number
  validatedAt: Date
  /** « Mme Claire Vidal, copilote ». */
  validators: string[]
  /** Validators replaced after the delay (« en l’absence de … »). */
  inAbsenceOf: string[]
  sealHash: string
  sealedAt: Date
}
