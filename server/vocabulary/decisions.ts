import type { Labels } from './closed-list.ts'

export type DecisionNature =
  | 'organisation_interne'
  | 'modalites_entre_membres'
  | 'acquisition_numerique'
  | 'numerique_sans_acquisition'
  | 'elargissement_consortium'
  | 'extension_perimetre'
  | 'budget'
  | 'bilan'
  | 'coordination_groupes'
  | 'production'
  | 'experimentation'
  | 'orientation'
  | 'autre'

export const decisionNatureLabels: Labels<DecisionNature> = {
  organisation_interne: 'Organisation interne de l’instance',
  modalites_entre_membres: 'Modalités de coordination entre les membres',
  acquisition_numerique: 'Acquisition ou développement d’une solution numérique',
  numerique_sans_acquisition: 'Numérique sans acquisition ni développement',
  elargissement_consortium: 'Élargissement du consortium',
  extension_perimetre: 'Extension au-delà du périmètre d’expérimentation',
  budget: 'Budget de la convention',
  bilan: 'Bilan de la convention',
  coordination_groupes: 'Coordination entre les groupes',
  production: 'Production d’un groupe',
  experimentation: 'Expérimentation',
  orientation: 'Orientation',
  autre: 'Autre',
}

export type DecisionResult = 'adoptee' | 'rejetee' | 'prise_d_acte' | 'ajournee'

export const decisionResultLabels: Labels<DecisionResult> = {
  adoptee: 'Adoptée',
  rejetee: 'Rejetée',
  prise_d_acte: 'Prise d’acte',
  ajournee: 'Ajournée',
}

export type DecisionState = 'proposee' | 'inscrite' | 'retiree' | DecisionResult

export const decisionStateLabels: Labels<DecisionState> = {
  proposee: 'Proposée',
  inscrite: 'Inscrite à l’ordre du jour',
  ...decisionResultLabels,
  retiree: 'Retirée',
}

/** From each state, the states a decision may go to. */
export const decisionTransitions: Readonly<Record<DecisionState, readonly DecisionState[]>> = {
  proposee: ['inscrite', 'adoptee', 'rejetee', 'prise_d_acte', 'ajournee', 'retiree'],
  inscrite: ['inscrite', 'adoptee', 'rejetee', 'prise_d_acte', 'ajournee', 'retiree'],
  ajournee: ['inscrite', 'retiree'],
  adoptee: [],
  rejetee: [],
  prise_d_acte: [],
  retiree: [],
}

/** Results that end a decision and give it its number. */
export const finalDecisionResults: readonly DecisionResult[] = ['adoptee', 'rejetee', 'prise_d_acte']

/** States that every member of the consortium reads. */
export const consortiumWideDecisionStates: readonly DecisionState[] = ['adoptee', 'prise_d_acte']

/** States in which the competent instance is still expected to answer. */
export const awaitedDecisionStates: readonly DecisionState[] = ['proposee', 'inscrite', 'ajournee']

/** What an institution says of a decision to relay; before it says anything, it is expected. */
export type RelayOutcome = 'relayee' | 'sans_objet'

export const relayOutcomeLabels: Labels<RelayOutcome> = {
  relayee: 'Relayée',
  sans_objet: 'Sans objet',
}

/** What an institution may answer: « pas encore » takes an answer back. */
export const relayAnswerLabels: Labels<RelayOutcome | 'pas_encore'> = {
  relayee: 'Notre structure l’a relayée',
  sans_objet: 'Elle ne concerne pas notre structure',
  pas_encore: 'Pas encore',
}
