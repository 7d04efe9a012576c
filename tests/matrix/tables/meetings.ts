import { members, named, type Person } from '../people.ts'
import type { MeetingKey } from '../staged.ts'
import { around, type Body, seatedIn, technicalCopilotes, writersOf } from './bodies.ts'
import { grid, type Mark } from './grid.ts'

/** What is done to a meeting, by the last part of its address, and the rule that governs it. */
export const meetingActs = {
  modification: 'H8',
  point: 'H49',
  points: 'H49',
  annonce: 'H9',
  ouverture: 'H10',
  cloture: 'H11',
  annulation: 'H12',
  report: 'H12',
  presences: 'H14',
} as const

export type MeetingAct = keyof typeof meetingActs

/** A meeting: who may know of its date (H6), who opens its page (H7), who acts on it (H8 to H14, H49, below). */
export type MeetingRow = {
  knows: readonly Person[]
  reads: readonly Person[]
  writers: readonly Person[]
  seated: readonly Person[]
}

const announced = (body: Body): MeetingRow => ({
  knows: members,
  reads: around(body),
  writers: writersOf(body),
  seated: seatedIn(body),
})
const inPreparation = (body: Body): MeetingRow => ({ ...announced(body), knows: around(body) })
const withInvite = (row: MeetingRow): MeetingRow => ({
  ...row,
  knows: [...row.knows, 'invite'],
  reads: [...row.reads, 'invite'],
})
/**
 * The strategic instance itself, once announced: an assistant with the dossier (its president's has it) and the copilotes of
 * technical groups, its permanent invités, open the page too (H7).
 */
const strategic = (): MeetingRow => {
  const row = announced('strategique')
  return { ...row, reads: [...new Set([...row.reads, 'assistantDossier' as const, ...technicalCopilotes])] }
}
const nobodys: MeetingRow = { knows: [], reads: [], writers: [], seated: [] }

/** [H6] [H7] Until it is announced a meeting exists for its body alone; then every member knows its date. Every one staged is here. */
export const meetingRows = {
  // The invité of this one is told nothing before it is announced.
  parcoursPreparation: inPreparation('parcours'),
  parcoursAnnounced: withInvite(announced('parcours')),
  parcoursRunning: withInvite(announced('parcours')),
  parcoursHeld: withInvite(announced('parcours')),
  parcoursOpened: announced('parcours'),
  parcoursCancelled: announced('parcours'),
  // Nor of this one, ever: it was cancelled before.
  parcoursNeverAnnounced: inPreparation('parcours'),
  parcoursPostponed: announced('parcours'),
  parcoursProofread: announced('parcours'),
  parcoursValidated: withInvite(announced('parcours')),
  parcoursDistributed: withInvite(announced('parcours')),
  offreAnnounced: announced('offre'),
  offreHeld: announced('offre'),
  offreDistributed: announced('offre'),
  numeriquePreparation: inPreparation('numerique'),
  numeriqueHeld: announced('numerique'),
  numeriqueDistributed: announced('numerique'),
  strategicPreparation: inPreparation('strategique'),
  strategicAnnounced: strategic(),
  strategicHeld: strategic(),
  strategicOpened: strategic(),
  strategicDistributed: strategic(),
  strategicApproved: strategic(),
  restrictedAnnounced: announced('restreint'),
  restrictedHeld: announced('restreint'),
  restrictedProofread: announced('restreint'),
  restrictedDistributed: announced('restreint'),
  institutionalAnnounced: announced('institutionnelle'),
  institutionalHeld: announced('institutionnelle'),
  institutionalProofread: announced('institutionnelle'),
  institutionalDistributed: announced('institutionnelle'),
  nationalDistributed: { knows: members, reads: named('chef'), writers: named('chef'), seated: [] },
  varAnnounced: nobodys,
  varHeld: nobodys,
  varDistributed: nobodys,
} satisfies Record<MeetingKey, MeetingRow>

/**
 * [H8]…[H14] [H49] `W`: its writers may; `B`: its body may; `E`: either; others who read it get 403. `-`: nobody may in this state, 409 for all who know of it.
 * `x`: its writers could, but not now (409: nothing to put off before the announcement, attendance sealed with the
 * minutes); 403 for the others.
 */
export const meetingGrid: Record<MeetingKey, Record<MeetingAct, Mark<'W' | 'B' | 'E'>>> = grid(`
                          modification point points annonce ouverture cloture annulation report presences
  parcoursPreparation     W            B     E      W       -         -       W          x      -
  parcoursAnnounced       W            B     E      -       W         -       W          W      W
  parcoursRunning         W            B     E      -       -         W       -          -      W
  parcoursHeld            -            -     -      -       -         -       -          -      W
  parcoursOpened          -            -     -      -       -         -       -          -      W
  parcoursCancelled       -            -     -      -       -         -       -          -      -
  parcoursNeverAnnounced  -            -     -      -       -         -       -          -      -
  parcoursPostponed       -            -     -      -       -         -       -          -      -
  parcoursProofread       -            -     -      -       -         -       -          -      W
  parcoursValidated       -            -     -      -       -         -       -          -      x
  parcoursDistributed     -            -     -      -       -         -       -          -      x
  offreAnnounced          W            B     E      -       W         -       W          W      W
  offreHeld               -            -     -      -       -         -       -          -      W
  offreDistributed        -            -     -      -       -         -       -          -      x
  numeriquePreparation    W            B     E      W       -         -       W          x      -
  numeriqueHeld           -            -     -      -       -         -       -          -      W
  numeriqueDistributed    -            -     -      -       -         -       -          -      x
  strategicPreparation    W            B     E      W       -         -       W          x      -
  strategicAnnounced      W            B     E      -       W         -       W          W      W
  strategicHeld           -            -     -      -       -         -       -          -      W
  strategicOpened         -            -     -      -       -         -       -          -      W
  strategicDistributed    -            -     -      -       -         -       -          -      x
  strategicApproved       -            -     -      -       -         -       -          -      x
  restrictedAnnounced     W            B     E      -       W         -       W          W      W
  restrictedHeld          -            -     -      -       -         -       -          -      W
  restrictedProofread     -            -     -      -       -         -       -          -      W
  restrictedDistributed   -            -     -      -       -         -       -          -      x
  institutionalAnnounced  W            B     E      -       W         -       W          W      W
  institutionalHeld       -            -     -      -       -         -       -          -      W
  institutionalProofread  -            -     -      -       -         -       -          -      W
  institutionalDistributed -            -     -      -       -         -       -          -      x
  nationalDistributed     -            -     -      -       -         -       -          -      x
  varAnnounced            -            -     -      -       -         -       -          -      -
  varHeld                 -            -     -      -       -         -       -          -      -
  varDistributed          -            -     -      -       -         -       -          -      -
`)
