import type { Labels } from './closed-list.ts'

export type Level = 'institutionnel' | 'strategique' | 'operationnel'

/** Lowest first: a level reaches another when its rank is at least as high. */
const levelRanks: Record<Level, number> = { operationnel: 1, strategique: 2, institutionnel: 3 }

export const levelLabels: Labels<Level> = {
  institutionnel: 'Institutionnel',
  strategique: 'Stratégique',
  operationnel: 'Opérationnel',
}

/** True when `level` is as high as `other` or higher. */
export function levelReaches(level: Level | null, other: Level): boolean {
  return level !== null && levelRanks[level] >= levelRanks[other]
}

/** The levels that `level` reaches, itself included; none for a person without a level. */
export function levelsReachedBy(level: Level | null): Level[] {
  return (Object.keys(levelRanks) as Level[]).filter(other => levelReaches(level, other))
}

/** The highest of several levels, or null when there is none. */
export function highestLevel(levels: readonly Level[]): Level | null {
  return levels.reduce<Level | null>((best, level) => (levelReaches(best, level) ? best : level), null)
}

export type InstanceKind =
  | 'pilotage_institutionnel'
  | 'pilotage_strategique'
  | 'groupe_restreint'
  | 'groupe_operationnel'
  | 'groupe_transversal'
  | 'groupe_national'
  | 'participation'

export const instanceKindLabels: Labels<InstanceKind> = {
  pilotage_institutionnel: 'Instance de pilotage institutionnelle',
  pilotage_strategique: 'Instance de pilotage stratégique',
  groupe_restreint: 'Groupe restreint',
  groupe_operationnel: 'Groupe opérationnel',
  groupe_transversal: 'Groupe transversal',
  groupe_national: 'Groupe national',
  participation: 'Instance de participation',
}

/** Technical groups: their copilotes also read what the strategic instance itself publishes. */
export const technicalGroupKinds: readonly InstanceKind[] = ['groupe_operationnel', 'groupe_transversal']

export type MandateFunction = 'president' | 'copilote' | 'membre' | 'suppleant' | 'secretaire' | 'assistant' | 'invite'

export const mandateFunctionLabels: Labels<MandateFunction> = {
  president: 'Présidence',
  copilote: 'Copilote',
  membre: 'Membre',
  suppleant: 'Suppléance',
  secretaire: 'Secrétariat',
  assistant: 'Assistance',
  invite: 'Invitation à une réunion',
}

/** Functions that make an instance one's own body (domain: « own body »). */
export const ownBodyFunctions: readonly MandateFunction[] = [
  'president',
  'copilote',
  'membre',
  'suppleant',
  'secretaire',
]

/** Functions that give a person a level (domain: « niveau »). */
export const levelFunctions: readonly MandateFunction[] = ['president', 'copilote', 'membre', 'suppleant']

/** Titulaires: those who are counted in the attendance and may carry a voice. */
export const titulaireFunctions: readonly MandateFunction[] = ['president', 'copilote', 'membre']

export type ConsortiumFunctionKind = 'chef_de_projet' | 'correspondant' | 'prestataire' | 'observateur'

export const consortiumFunctionLabels: Labels<ConsortiumFunctionKind> = {
  chef_de_projet: 'Chef de projet',
  correspondant: 'Correspondant',
  prestataire: 'Prestataire',
  observateur: 'Observateur',
}

export type OrganisationPhase = 'representatif_initial' | 'elargi' | 'autre'

export const organisationPhaseLabels: Labels<OrganisationPhase> = {
  representatif_initial: 'Consortium représentatif initial',
  elargi: 'Consortium élargi',
  autre: 'Autre phase',
}

export type Civilite = 'madame' | 'monsieur'

export const civiliteLabels: Labels<Civilite> = { madame: 'Mme', monsieur: 'M.' }

/** Who may read a published thing. */
export type Visibility = 'instance' | 'niveau' | 'consortium'

export const visibilityLabels: Labels<Visibility> = {
  instance: 'les membres de l’instance',
  niveau: 'l’instance et les niveaux qui la reçoivent',
  consortium: 'tous les membres du consortium',
}

/** Who reads minutes before they are distributed. */
export type DraftReaders = 'redacteurs' | 'instance'

export const draftReadersLabels: Labels<DraftReaders> = {
  redacteurs: 'les rédacteurs',
  instance: 'les membres de l’instance',
}

/** Whose agreement validates the minutes of an instance (rule `valideurs`). */
export type ValidatorRule = 'tous_les_copilotes' | 'un_copilote' | 'presidence' | 'chef_de_projet'

export const validatorRuleLabels: Labels<ValidatorRule> = {
  tous_les_copilotes: 'tous les copilotes',
  un_copilote: 'un copilote',
  presidence: 'la présidence',
  chef_de_projet: 'le chef de projet',
}

/** Visibility of an instance's minutes by kind, unless the consortium decided otherwise (domain §3). */
export const defaultMinutesVisibility: Record<InstanceKind, Visibility> = {
  pilotage_institutionnel: 'niveau',
  pilotage_strategique: 'niveau',
  groupe_restreint: 'instance',
  groupe_operationnel: 'niveau',
  groupe_transversal: 'niveau',
  groupe_national: 'consortium',
  participation: 'niveau',
}

/** What an institution proposes: somebody for a mandate, or the end of one. */
export type ProposalKind = 'designation' | 'fin'

/** What the institution proposes to the chef de projet, and what became of it. */
export type ProposalState = 'proposee' | 'acceptee' | 'retournee' | 'retiree'

export const proposalStateLabels: Labels<ProposalState> = {
  proposee: 'À examiner',
  acceptee: 'Acceptée',
  retournee: 'Retournée',
  retiree: 'Retirée',
}

/** How an instance votes, where its rules switch voting on (domain §6). */
export type VotingRules = {
  /** Least share of the deliberative voices that must be present or represented, in percent; 0: no quorum. */
  quorumPercent: number
  /** Voices of each institution, by its id; those left out have one. */
  weights: Record<string, number>
  /** Whose vote decides when votes are equal. */
  castingVote: 'presidence' | 'aucune'
  /** Most proxies that one person may carry; 0: none. */
  mostProxies: number
}

/** Functions that a mandate gives: all but that of an invité, who has one meeting. */
export type SeatFunction = Exclude<MandateFunction, 'invite'>

export const seatFunctionLabels: Labels<SeatFunction> = {
  president: mandateFunctionLabels.president,
  copilote: mandateFunctionLabels.copilote,
  membre: mandateFunctionLabels.membre,
  suppleant: mandateFunctionLabels.suppleant,
  secretaire: mandateFunctionLabels.secretaire,
  assistant: mandateFunctionLabels.assistant,
}

/** Functions in the consortium that are given to several people at once; a chef de projet is designated alone. */
export type ImportedConsortiumFunction = Exclude<ConsortiumFunctionKind, 'chef_de_projet'>

/** What an import gives: a mandate in an instance, or a function in the consortium. */
export type ImportedFunction = SeatFunction | ImportedConsortiumFunction

const importedConsortiumFunctionLabels: Labels<ImportedConsortiumFunction> = {
  correspondant: consortiumFunctionLabels.correspondant,
  prestataire: consortiumFunctionLabels.prestataire,
  observateur: consortiumFunctionLabels.observateur,
}

/** What the people of a pasted list may be given: somebody served is named line by line, in a file. */
export const pastedFunctionLabels: Labels<Exclude<ImportedFunction, 'suppleant' | 'assistant'>> = {
  president: seatFunctionLabels.president,
  copilote: seatFunctionLabels.copilote,
  membre: seatFunctionLabels.membre,
  secretaire: seatFunctionLabels.secretaire,
  ...importedConsortiumFunctionLabels,
}

/** True for a function in the whole consortium, which has no instance. */
export function isImportedConsortiumFunction(fn: string): fn is ImportedConsortiumFunction {
  return Object.hasOwn(importedConsortiumFunctionLabels, fn)
}

/** « Présidente »: a function in the words that suit a person, unless they chose others. */
export function functionLabelFor(fn: SeatFunction | ConsortiumFunctionKind, civilite: Civilite): string {
  return functionWords[fn][civilite === 'madame' ? 1 : 0]
}

const functionWords: Record<SeatFunction | ConsortiumFunctionKind, [masculine: string, feminine: string]> = {
  president: ['Président', 'Présidente'],
  copilote: ['Copilote', 'Copilote'],
  membre: ['Membre', 'Membre'],
  suppleant: ['Suppléant', 'Suppléante'],
  secretaire: ['Secrétaire', 'Secrétaire'],
  assistant: ['Assistant', 'Assistante'],
  chef_de_projet: ['Chef de projet', 'Cheffe de projet'],
  correspondant: ['Correspondant', 'Correspondante'],
  prestataire: ['Prestataire', 'Prestataire'],
  observateur: ['Observateur', 'Observatrice'],
}
