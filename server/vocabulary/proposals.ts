import type { MandateFunction } from './governance.ts'

/** Functions that serve a mandate, which the proposal then names. */
export const servesAnother = (fn: MandateFunction) => fn === 'suppleant' || fn === 'assistant'

/** Functions that an institution may propose somebody for. */
export type ProposableFunction = Extract<
  MandateFunction,
  'president' | 'copilote' | 'membre' | 'suppleant' | 'secretaire' | 'assistant'
>

export const proposableFunctionLabels: Readonly<Record<ProposableFunction, string>> = {
  membre: 'Membre',
  suppleant: 'Suppléant ou suppléante',
  copilote: 'Copilote',
  president: 'Présidence',
  secretaire: 'Secrétariat',
  assistant: 'Assistant ou assistante',
}
