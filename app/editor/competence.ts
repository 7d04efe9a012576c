import type { DecisionNature } from '#server/vocabulary/decisions.ts'
import { NBSP } from '#server/vocabulary/french.ts'

/** Which instance takes decisions of a nature, said to whoever writes the minutes of another one. */
export interface Competence {
  nature: DecisionNature
  /** `self`: the instance whose minutes these are. */
  competent: 'self' | 'other'
  instanceName: string
  /** « Relève de l’instance institutionnelle — prochaine réunion le … » */
  sentence: string
}

/** The competence for a nature; null while the nature is not chosen, or when no rule says. */
export function competenceFor(competences: readonly Competence[], nature: string | null): Competence | null {
  return competences.find(competence => competence.nature === nature) ?? null
}

/** « Décision », or « Proposition à : Instance de pilotage stratégique » when another instance has to take it. */
export function decisionWord(competence: Competence | null): string {
  return competence?.competent === 'other' ? `Proposition à${NBSP}: ${competence.instanceName}` : 'Décision'
}
