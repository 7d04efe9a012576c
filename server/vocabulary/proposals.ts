import type { MandateFunction } from './governance.ts'

/** Functions that an institution may propose somebody for. */
export type ProposableFunction = Extract<
  MandateFunction,
  'president' | 'copilote' | 'membre' | 'suppleant' | 'secretaire'
>

export const proposableFunctionLabels: Readonly<Record<ProposableFunction, string>> = {
  membre: 'Membre',
  suppleant: 'Suppléant ou suppléante',
  copilote: 'Copilote',
  president: 'Présidence',
  secretaire: 'Secrétariat',
}
