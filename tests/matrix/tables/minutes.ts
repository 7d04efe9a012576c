import { members, named, type Person } from '../people.ts'
import type { MeetingKey } from '../staged.ts'
import { around, type Body, everyLevel, strategicLevel, technicalCopilotes, writersOf } from './bodies.ts'
import { grid, type Mark } from './grid.ts'

/** What is done to minutes: the last part of the address, what the form says, and the rule that governs it. */
export const minutesActs = {
  redaction: { route: 'redaction', rule: 'H17' },
  relecture: { route: 'relecture', rule: 'H18' },
  brouillon: { route: 'relecture', rule: 'H19' },
  accord: { route: 'accord', rule: 'H20' },
  validation: { route: 'validation', rule: 'H21' },
  absence: { route: 'validation', rule: 'H22' },
  diffusion: { route: 'diffusion', rule: 'H23' },
  approbation: { route: 'approbation', rule: 'H24' },
  lecture: { route: 'lecture', rule: 'H15' },
} as const

export type MinutesAct = keyof typeof minutesActs

/** Who reads minutes (H15), who writes them as a person in charge (H17 to H19). */
export type MinutesRow = { reads: readonly Person[]; body: Body | null }

const draft = (body: Body): MinutesRow => ({ reads: around(body), body })
/** Steering bodies keep their drafts for those who write them. */
const steeringDraft = (body: Body): MinutesRow => ({ reads: writersOf(body), body })
const read = (body: Body | null, ...reads: readonly (readonly Person[])[]): MinutesRow => ({
  body,
  reads: [...new Set(reads.flat())],
})

/** [H15] Who reads the minutes of each meeting. */
export const minutesRows = {
  // Drafts: the body (setting of groups), the attached prestataire, the chef de projet.
  parcoursPreparation: draft('parcours'),
  // The invité reads the draft from the announcement until the meeting is held.
  parcoursAnnounced: read('parcours', around('parcours'), ['invite']),
  parcoursRunning: read('parcours', around('parcours'), ['invite']),
  parcoursHeld: draft('parcours'),
  parcoursCancelled: draft('parcours'),
  parcoursProofread: draft('parcours'),
  parcoursValidated: draft('parcours'),
  offreHeld: draft('offre'),
  restrictedHeld: draft('restreint'),
  restrictedProofread: draft('restreint'),
  strategicHeld: steeringDraft('strategique'),
  institutionalHeld: steeringDraft('institutionnelle'),
  institutionalProofread: steeringDraft('institutionnelle'),
  // Opened to members: they read what they may write.
  strategicOpened: read('strategique', writersOf('strategique'), named('membreStrategique')),

  // Published by technical groups: every niveau; the attached prestataire; the invité of that meeting.
  parcoursDistributed: read('parcours', everyLevel, around('parcours'), ['invite']),
  offreDistributed: read('offre', everyLevel, around('offre')),
  numeriqueDistributed: read('numerique', everyLevel, around('numerique')),
  // By the strategic instance: its niveau and above, and the copilotes of technical groups.
  strategicDistributed: read('strategique', strategicLevel, technicalCopilotes, ['chef']),
  strategicApproved: read('strategique', strategicLevel, technicalCopilotes, ['chef']),
  // Visible by the instance alone; by every member.
  restrictedDistributed: read('restreint', around('restreint')),
  institutionalDistributed: read('institutionnelle', around('institutionnelle')),
  nationalDistributed: read(null, members),

  varHeld: read(null),
  varDistributed: read(null),
} satisfies Partial<Record<MeetingKey, MinutesRow>>

export type MinutesRowKey = keyof typeof minutesRows

/**
 * [H17]…[H24] Who may: `W` copilotes, presidency, secretariat, chef de projet; `V` the instance's validators; `A` its
 * copilotes and the chef de projet; `N` copilotes, presidency, secretariat; `R` all who read. 403 for others who read;
 * `-`: nobody may in this state, 409.
 */
export const minutesGrid: Record<MinutesRowKey, Record<MinutesAct, Mark<'W' | 'V' | 'A' | 'N' | 'R'>>> = grid(`
                            redaction relecture brouillon accord validation absence diffusion approbation lecture
  parcoursPreparation       W         -         -         -      -          -       -         -           R
  parcoursAnnounced         W         -         -         -      -          -       -         -           R
  parcoursRunning           W         -         -         -      -          -       -         -           R
  parcoursHeld              W         W         -         -      -          -       -         -           R
  parcoursCancelled         -         -         -         -      -          -       -         -           R
  parcoursProofread         W         -         W         V      V          A       -         -           R
  parcoursValidated         -         -         -         -      -          -       V         -           R
  offreHeld                 W         W         -         -      -          -       -         -           R
  restrictedHeld            W         W         -         -      -          -       -         -           R
  restrictedProofread       W         -         W         V      V          -       -         -           R
  strategicHeld             W         W         -         -      -          -       -         -           R
  institutionalHeld         W         W         -         -      -          -       -         -           R
  institutionalProofread    W         -         W         V      V          -       -         -           R
  strategicOpened           W         W         -         -      -          -       -         -           R
  parcoursDistributed       -         -         -         -      -          -       -         N           R
  offreDistributed          -         -         -         -      -          -       -         N           R
  numeriqueDistributed      -         -         -         -      -          -       -         N           R
  strategicDistributed      -         -         -         -      -          -       -         N           R
  strategicApproved         -         -         -         -      -          -       -         -           R
  restrictedDistributed     -         -         -         -      -          -       -         N           R
  institutionalDistributed  -         -         -         -      -          -       -         N           R
  nationalDistributed       -         -         -         -      -          -       -         N           R
  varHeld                   -         -         -         -      -          -       -         -           -
  varDistributed            -         -         -         -      -          -       -         -           -
`)

/** [H20] [H21] [H23] The rule `valideurs` of each body: all copilotes, the presidency, or the chef de projet. */
const validators: Record<Body, Person[]> = {
  parcours: named('copilote1 copilote2'),
  offre: named('copiloteOffre'),
  numerique: named('copiloteNumerique'),
  strategique: named('presidentStrategique'),
  restreint: named('chef'),
  institutionnelle: named('presidentInstitutionnel'),
}

/** Those whom a letter of the table stands for, on minutes of a body. */
export function whoMay(letter: 'W' | 'V' | 'A' | 'N' | 'R', { body, reads }: MinutesRow): readonly Person[] {
  if (letter === 'R') return reads
  if (body === null) return []
  if (letter === 'V') return validators[body]
  if (letter === 'N') return writersOf(body).filter(person => person !== 'chef')
  return writersOf(body)
}
