import { members, named, type Person } from '../people.ts'
import type { ActionKey, DecisionKey } from '../staged.ts'
import { around, type Body } from './bodies.ts'
import { grid, type Mark } from './grid.ts'
import { minutesRows } from './minutes.ts'

/** What is done to a decision, by the last part of its address, and the rule that governs it. */
export const decisionActs = {
  inscription: 'H28',
  resultat: 'H29',
  retrait: 'H30',
  lecture: 'H27',
  relais: 'H51',
  'relais/retrait': 'H51',
} as const

export type DecisionAct = keyof typeof decisionActs

/** Who reads a decision (H27), who answers it (H28, H29), who takes it back (H30). */
export type DecisionRow = { reads: readonly Person[]; deciders: readonly Person[]; leads: readonly Person[] }

/** The presidency and the secretariat of the competent instance, the chef de projet. */
const deciders = {
  strategique: named('presidentStrategique chef'),
  institutionnelle: named('presidentInstitutionnel secretaireInstitutionnel chef'),
}

/** Copilotes or presidency of the body that proposes; the restricted group's president does not sign in. */
const leads = {
  parcours: named('copilote1 copilote2'),
  offre: named('copiloteOffre'),
  strategique: named('presidentStrategique'),
  restreint: named(''),
}

/** From the sealing, the body that proposes and the competent one read it; nobody else before it is adopted or noted. */
function between(proposing: Body & keyof typeof leads, competent: keyof typeof deciders): DecisionRow {
  return {
    reads: [...new Set([...around(proposing), ...around(competent)])],
    deciders: deciders[competent],
    leads: leads[proposing],
  }
}

const fromParcours = between('parcours', 'strategique')
const forAll = { ...fromParcours, reads: members }

/** [H27] */
export const decisionRows: Record<DecisionKey, DecisionRow> = {
  proposed: fromParcours,
  placed: fromParcours,
  postponed: fromParcours,
  rejected: fromParcours,
  withdrawn: fromParcours,
  shownOnAgenda: fromParcours,
  // Adopted or noted: every member.
  adopted: forAll,
  noted: forAll,
  internal: { ...forAll, deciders: named('chef') },
  adoptedLater: forAll,
  toInstitutional: between('parcours', 'institutionnelle'),
  ofOffre: between('offre', 'strategique'),
  ofStrategic: between('strategique', 'institutionnelle'),
  ofRestricted: between('restreint', 'strategique'),
  ofVar: { reads: [], deciders: [], leads: [] },
}

/**
 * [H28]…[H30] [H51] `D` its deciders, `L` its leads, `R` all who read; 403 for others who read; `-`: 409 in this state; `x`: 409
 * for the deciders. It is asked to relay what was adopted and what was noted; the CAF has answered the latter.
 */
export const decisionGrid: Record<DecisionKey, Record<DecisionAct, Mark<'D' | 'L' | 'R'>>> = grid(`
                   inscription resultat retrait lecture relais relais/retrait
  proposed         D           D        L       R       -      -
  placed           D           D        L       R       -      -
  postponed        D           -        L       R       -      -
  adopted          -           -        -       R       D      D
  rejected         -           -        -       R       -      -
  noted            -           -        -       R       D      x
  withdrawn        -           -        -       R       -      -
  internal         -           -        -       R       D      x
  shownOnAgenda    D           D        L       R       -      -
  adoptedLater     -           -        -       R       D      x
  toInstitutional  D           D        L       R       -      -
  ofOffre          D           D        L       R       -      -
  ofStrategic      D           D        L       R       -      -
  ofRestricted     D           D        L       R       -      -
  ofVar            -           -        -       -       -      -
`)

/** [H52] Who says what the CAF relayed. */
export const relayAnswerers = named('correspondantCaf chef')

/** [H25] [H26] Who sees an action, who says where it stands: its owner, the copilotes, presidency and secretariat. */
export const actionRows: Record<ActionKey, { reads: readonly Person[]; may: readonly Person[] }> = {
  actionOfMembre: { reads: minutesRows.parcoursDistributed.reads, may: named('copilote1 copilote2 membre') },
  // Its owner is an institution: all who represent it in a body, wherever they sit.
  actionOfFranceTravail: {
    reads: minutesRows.parcoursDistributed.reads,
    may: named('copilote1 copilote2 copiloteOffre membreStrategique'),
  },
  actionOfNumerique: {
    reads: minutesRows.parcoursDistributed.reads,
    may: named('copilote1 copilote2 copiloteNumerique'),
  },
  actionOfNobody: { reads: minutesRows.parcoursDistributed.reads, may: named('copilote1 copilote2') },
  // Its owner sees it, without the minutes.
  restrictedActionOfNumerique: {
    reads: [...minutesRows.restrictedDistributed.reads, 'copiloteNumerique'],
    may: named('copiloteNumerique'),
  },
  varAction: { reads: [], may: [] },
}
