import type { Labels } from './closed-list.ts'

export type MinutesState = 'brouillon' | 'en_relecture' | 'valide' | 'diffuse' | 'approuve'

export const minutesStateLabels: Labels<MinutesState> = {
  brouillon: 'Brouillon',
  en_relecture: 'En relecture',
  valide: 'Validé',
  diffuse: 'Diffusé',
  approuve: 'Approuvé',
}

/** From each state, the states minutes may go to. */
export const minutesTransitions: Readonly<Record<MinutesState, readonly MinutesState[]>> = {
  brouillon: ['en_relecture'],
  en_relecture: ['brouillon', 'valide'],
  valide: ['diffuse'],
  diffuse: ['approuve'],
  approuve: [],
}

/** States in which the text is live and may still be written. */
export const liveMinutesStates: readonly MinutesState[] = ['brouillon', 'en_relecture']

/** States in which minutes are published. */
export const publishedMinutesStates: readonly MinutesState[] = ['diffuse', 'approuve']
