import type { DecisionNature, DecisionResult } from '#server/vocabulary/decisions.ts'

/** How far each meeting of the matrix has gone, and its minutes; its title is its key. */
export type Staged = {
  in: string
  day: string
  meeting: 'preparation' | 'announced' | 'running' | 'held' | 'cancelled' | 'neverAnnounced' | 'postponed'
  minutes?: 'proofread' | 'validated' | 'distributed' | 'approved' | 'opened'
  /** The invité of the cast is invited to it. */
  invite?: true
}

/** One meeting in each state, and minutes in each state, in the body of most of the cast and in others. */
export const stagedMeetings = {
  parcoursPreparation: { in: 'parcours', day: '2027-05-04', meeting: 'preparation', invite: true },
  parcoursAnnounced: { in: 'parcours', day: '2027-04-27', meeting: 'announced', invite: true },
  parcoursRunning: { in: 'parcours', day: '2027-03-12', meeting: 'running', invite: true },
  parcoursHeld: { in: 'parcours', day: '2027-03-09', meeting: 'held', invite: true },
  parcoursOpened: { in: 'parcours', day: '2027-03-08', meeting: 'held', minutes: 'opened' },
  parcoursCancelled: { in: 'parcours', day: '2027-04-20', meeting: 'cancelled' },
  parcoursNeverAnnounced: { in: 'parcours', day: '2027-04-19', meeting: 'neverAnnounced', invite: true },
  parcoursPostponed: { in: 'parcours', day: '2027-04-21', meeting: 'postponed' },
  parcoursProofread: { in: 'parcours', day: '2027-02-16', meeting: 'held', minutes: 'proofread' },
  parcoursValidated: { in: 'parcours', day: '2027-02-02', meeting: 'held', minutes: 'validated', invite: true },
  parcoursDistributed: { in: 'parcours', day: '2027-01-12', meeting: 'held', minutes: 'distributed', invite: true },
  offreAnnounced: { in: 'offre', day: '2027-04-29', meeting: 'announced' },
  offreHeld: { in: 'offre', day: '2027-03-04', meeting: 'held' },
  offreDistributed: { in: 'offre', day: '2027-01-14', meeting: 'held', minutes: 'distributed' },
  numeriquePreparation: { in: 'numerique', day: '2027-05-06', meeting: 'preparation' },
  numeriqueHeld: { in: 'numerique', day: '2027-03-02', meeting: 'held' },
  numeriqueDistributed: { in: 'numerique', day: '2027-01-19', meeting: 'held', minutes: 'distributed' },
  strategicPreparation: { in: 'strategique', day: '2027-06-15', meeting: 'preparation' },
  strategicAnnounced: { in: 'strategique', day: '2027-04-13', meeting: 'announced' },
  strategicHeld: { in: 'strategique', day: '2027-02-23', meeting: 'held' },
  strategicOpened: { in: 'strategique', day: '2027-02-24', meeting: 'held', minutes: 'opened' },
  strategicDistributed: { in: 'strategique', day: '2027-01-13', meeting: 'held', minutes: 'distributed' },
  strategicApproved: { in: 'strategique', day: '2027-01-06', meeting: 'held', minutes: 'approved' },
  restrictedAnnounced: { in: 'restreint', day: '2027-04-15', meeting: 'announced' },
  restrictedHeld: { in: 'restreint', day: '2027-03-03', meeting: 'held' },
  restrictedProofread: { in: 'restreint', day: '2027-02-10', meeting: 'held', minutes: 'proofread' },
  restrictedDistributed: { in: 'restreint', day: '2027-01-20', meeting: 'held', minutes: 'distributed' },
  institutionalAnnounced: { in: 'institutionnelle', day: '2027-04-22', meeting: 'announced' },
  institutionalHeld: { in: 'institutionnelle', day: '2027-02-25', meeting: 'held' },
  institutionalProofread: { in: 'institutionnelle', day: '2027-02-04', meeting: 'held', minutes: 'proofread' },
  institutionalDistributed: { in: 'institutionnelle', day: '2027-01-21', meeting: 'held', minutes: 'distributed' },
  nationalDistributed: { in: 'national-2', day: '2027-01-26', meeting: 'held', minutes: 'distributed' },
  varAnnounced: { in: 'var/strategique', day: '2027-04-14', meeting: 'announced' },
  varHeld: { in: 'var/departementale', day: '2027-03-05', meeting: 'held' },
  varDistributed: { in: 'var/departementale', day: '2027-01-15', meeting: 'held', minutes: 'distributed' },
} as const satisfies Record<string, Staged>

export type MeetingKey = keyof typeof stagedMeetings

/** Decisions by the minutes they are written in; their wording is their key. */
export const stagedDecisions = {
  proposed: { in: 'parcoursDistributed', nature: 'production' },
  placed: { in: 'parcoursDistributed', nature: 'production' },
  postponed: { in: 'parcoursDistributed', nature: 'production', result: 'ajournee' },
  adopted: { in: 'parcoursDistributed', nature: 'experimentation', result: 'adoptee' },
  rejected: { in: 'parcoursDistributed', nature: 'experimentation', result: 'rejetee' },
  noted: { in: 'parcoursDistributed', nature: 'orientation', result: 'prise_d_acte' },
  withdrawn: { in: 'parcoursDistributed', nature: 'production' },
  // On the agenda of a meeting that is announced; adopted after it was put off.
  shownOnAgenda: { in: 'parcoursDistributed', nature: 'production' },
  adoptedLater: { in: 'parcoursDistributed', nature: 'production', result: 'adoptee' },
  internal: { in: 'parcoursDistributed', nature: 'organisation_interne' },
  toInstitutional: { in: 'parcoursDistributed', nature: 'budget' },
  ofOffre: { in: 'offreDistributed', nature: 'production' },
  ofStrategic: { in: 'strategicDistributed', nature: 'budget' },
  ofRestricted: { in: 'restrictedDistributed', nature: 'production' },
  ofVar: { in: 'varDistributed', nature: 'experimentation' },
} as const satisfies Record<string, { in: MeetingKey; nature: DecisionNature; result?: DecisionResult }>

export type DecisionKey = keyof typeof stagedDecisions

/** Actions by the minutes they are written in; their wording is their key. */
export const stagedActions = {
  actionOfMembre: { in: 'parcoursDistributed', owner: 'person' },
  actionOfFranceTravail: { in: 'parcoursDistributed', owner: 'organisation' },
  actionOfNumerique: { in: 'parcoursDistributed', owner: 'instance' },
  actionOfNobody: { in: 'parcoursDistributed', owner: null },
  restrictedActionOfNumerique: { in: 'restrictedDistributed', owner: 'instance' },
  varAction: { in: 'varDistributed', owner: null },
} as const satisfies Record<string, { in: MeetingKey; owner: 'person' | 'organisation' | 'instance' | null }>

export type ActionKey = keyof typeof stagedActions
