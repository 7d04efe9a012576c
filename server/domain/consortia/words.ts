import { codesOf, type Labels } from '#server/vocabulary/closed-list.ts'
import type { DecisionNature } from '#server/vocabulary/decisions.ts'
import type {
  Civilite,
  DraftReaders,
  InstanceKind,
  Level,
  OrganisationPhase,
  ValidatorRule,
  Visibility,
} from '#server/vocabulary/governance.ts'
import type { OtherFunction, SeatDescription } from './description.ts'

/** The words of closed lists in the file that describes a consortium. */
export const levelWords: Labels<Level> = {
  institutionnel: 'institutionnel',
  strategique: 'stratégique',
  operationnel: 'opérationnel',
}

export const kindWords: Labels<InstanceKind> = {
  pilotage_institutionnel: 'pilotage institutionnel',
  pilotage_strategique: 'pilotage stratégique',
  groupe_restreint: 'groupe restreint',
  groupe_operationnel: 'groupe opérationnel',
  groupe_transversal: 'groupe transversal',
  groupe_national: 'groupe national',
  participation: 'participation',
}

export const phaseWords: Labels<OrganisationPhase> = {
  representatif_initial: 'initial',
  elargi: 'élargi',
  autre: 'autre',
}

export const validatorWords: Labels<ValidatorRule> = {
  tous_les_copilotes: 'tous les copilotes',
  un_copilote: 'un copilote',
  presidence: 'présidence',
  chef_de_projet: 'chef de projet',
}

export const draftReaderWords: Labels<DraftReaders> = { redacteurs: 'rédacteurs', instance: 'instance' }

export const visibilityWords: Labels<Visibility> = { instance: 'instance', niveau: 'niveau', consortium: 'consortium' }

export const civiliteWords: Labels<Civilite> = { madame: 'Mme', monsieur: 'M.' }

export const castingVoteWords = { presidence: 'présidence', aucune: 'aucune' } as const

export const seatWords: Labels<SeatDescription['function']> = {
  president: 'président',
  copilote: 'copilote',
  membre: 'membre',
  suppleant: 'suppléant',
  secretaire: 'secrétaire',
  assistant: 'assistant',
}

export const otherFunctionWords: Labels<OtherFunction> = {
  correspondant: 'correspondant',
  prestataire: 'prestataire',
  observateur: 'observateur',
}

export const natureWords: Labels<DecisionNature> = {
  organisation_interne: 'organisation interne',
  modalites_entre_membres: 'modalités entre membres',
  acquisition_numerique: 'acquisition numérique',
  numerique_sans_acquisition: 'numérique sans acquisition',
  elargissement_consortium: 'élargissement du consortium',
  extension_perimetre: 'extension du périmètre',
  budget: 'budget',
  bilan: 'bilan',
  coordination_groupes: 'coordination des groupes',
  production: 'production',
  experimentation: 'expérimentation',
  orientation: 'orientation',
  autre: 'autre',
}

/** « oui » and « non ». */
export const yesNoWords = { oui: 'oui', non: 'non' } as const

/** Accents, capitals, dashes and doubled spaces make no difference: « Nom-court » is « nom court ». */
export function plainWord(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replaceAll(/[\s_’'-]+/g, ' ')
    .trim()
}

/** The code of a word of a closed list, however it is written; its code and its feminine in -e do as well. */
export function codeOf<Code extends string>(words: Labels<Code>, text: string): Code | null {
  const plain = plainWord(text)
  const same = (code: Code) => [words[code], code, `${words[code]}e`].some(word => plainWord(word) === plain)
  return codesOf(words).find(same) ?? null
}

/** Among known words, the one that was probably meant; null when none is near. */
export function nearest(text: string, known: readonly string[]): string | null {
  const plain = plainWord(text)
  const [best] = known
    .map(word => ({ word, distance: distance(plain, plainWord(word)) }))
    .toSorted((one, other) => one.distance - other.distance)
  return best && best.distance <= Math.max(1, Math.floor(plain.length / 3)) ? best.word : null
}

/** Number of letters to add, remove or change (Levenshtein); words are cut, since a text is no word. */
function distance(one: string, other: string): number {
  const [from, to] = [one.slice(0, 60), other.slice(0, 60)]
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let i = 1; i <= from.length; i++) {
    const next = [i]
    for (let j = 1; j <= to.length; j++) {
      const changed = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1)
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[to.length] ?? 0
}
