import { members, type Person } from '../people.ts'
import type { MeetingKey } from '../staged.ts'
import { around, type Body, seatedIn, writersOf } from './bodies.ts'
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
/** An assistant opens the pages of an announced meeting only with the dossier (H7): the strategic president's has it. */
const withDossier = (row: MeetingRow): MeetingRow => ({ ...row, reads: [...row.reads, 'assistantDossier'] })
const nobodys: MeetingRow = { knows: [], reads: [], writers: [], seated: [] }

/** [H6] [H7] In preparation a meeting exists for its body alone; announced, every member knows its date. */
export const meetingRows = {
  // The invité of this one is told nothing before it is announced.
  parcoursPreparation: inPreparation('parcours'),
  parcoursAnnounced: withInvite(announced('parcours')),
  parcoursRunning: withInvite(announced('parcours')),
  parcoursHeld: withInvite(announced('parcours')),
  parcoursValidated: withInvite(announced('parcours')),
  parcoursCancelled: announced('parcours'),
  parcoursPostponed: announced('parcours'),
  offreAnnounced: announced('offre'),
  numeriquePreparation: inPreparation('numerique'),
  strategicAnnounced: withDossier(announced('strategique')),
  restrictedAnnounced: announced('restreint'),
  institutionalAnnounced: announced('institutionnelle'),
  varAnnounced: nobodys,
} satisfies Partial<Record<MeetingKey, MeetingRow>>

export type MeetingRowKey = keyof typeof meetingRows

/**
 * [H8]…[H14] [H49] `W`: its writers may; `B`: its body may; `E`: either; others who read it get 403. `-`: nobody may in this state, 409 for all who know of it.
 * `x`: its writers could, but not now (409: nothing to put off before the announcement, attendance sealed with the
 * minutes); 403 for the others.
 */
export const meetingGrid: Record<MeetingRowKey, Record<MeetingAct, Mark<'W' | 'B' | 'E'>>> = grid(`
                          modification point points annonce ouverture cloture annulation report presences
  parcoursPreparation     W            B     E      W       -         -       W          x      -
  parcoursAnnounced       W            B     E      -       W         -       W          W      W
  parcoursRunning         W            B     E      -       -         W       -          -      W
  parcoursHeld            -            -     -      -       -         -       -          -      W
  parcoursValidated       -            -     -      -       -         -       -          -      x
  parcoursCancelled       -            -     -      -       -         -       -          -      -
  parcoursPostponed       -            -     -      -       -         -       -          -      -
  offreAnnounced          W            B     E      -       W         -       W          W      W
  numeriquePreparation    W            B     E      W       -         -       W          x      -
  strategicAnnounced      W            B     E      -       W         -       W          W      W
  restrictedAnnounced     W            B     E      -       W         -       W          W      W
  institutionalAnnounced  W            B     E      -       W         -       W          W      W
  varAnnounced            -            -     -      -       -         -       -          -      -
`)
