import type { Labels } from './closed-list.ts'

export type MeetingState = 'preparation' | 'invitations_envoyees' | 'en_cours' | 'tenue' | 'annulee' | 'reportee'

export const meetingStateLabels: Labels<MeetingState> = {
  preparation: 'En préparation',
  invitations_envoyees: 'Annoncée',
  en_cours: 'En cours',
  tenue: 'Tenue',
  annulee: 'Annulée',
  reportee: 'Reportée',
}

/** From each state, the states a meeting may go to. */
export const meetingTransitions: Readonly<Record<MeetingState, readonly MeetingState[]>> = {
  preparation: ['invitations_envoyees', 'annulee'],
  invitations_envoyees: ['en_cours', 'annulee', 'reportee'],
  en_cours: ['tenue'],
  tenue: [],
  annulee: [],
  reportee: [],
}

/** An item that a member proposes for the agenda, and what became of it. */
export type ItemProposalState = 'proposee' | 'inscrite' | 'ecartee' | 'retiree'

export const itemProposalStateLabels: Labels<ItemProposalState> = {
  proposee: 'À examiner',
  inscrite: 'Inscrit à l’ordre du jour',
  ecartee: 'Écarté',
  retiree: 'Retiré',
}

export type AttendanceStatus = 'present' | 'represente' | 'excuse' | 'absent'

export const attendanceStatusLabels: Labels<AttendanceStatus> = {
  present: 'Présent',
  represente: 'Représenté par',
  excuse: 'Excusé',
  absent: 'Absent',
}

/** « présente », « excusé »: the word that agrees with a person named with their civilité, « Mme Claire Vidal ». */
export function attendanceWord(status: AttendanceStatus, name: string): string {
  const feminine = name.startsWith('Mme')
  const words: Record<AttendanceStatus, [masculine: string, feminine: string]> = {
    present: ['présent', 'présente'],
    represente: ['représenté', 'représentée'],
    excuse: ['excusé', 'excusée'],
    absent: ['absent', 'absente'],
  }
  return words[status][feminine ? 1 : 0]
}

export type AttendanceMode = 'sur_place' | 'distance'

export const attendanceModeLabels: Labels<AttendanceMode> = { sur_place: 'Sur place', distance: 'À distance' }
