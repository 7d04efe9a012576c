import type { CastName } from '../cast.ts'
import { accessExpectations } from './expectations-access.ts'
import { governanceExpectations } from './expectations-governance.ts'
import { representationExpectations } from './expectations-representation.ts'

/** What a call of the services answers: allowed, or refused with which number. */
export type Answer = 'oui' | '403' | '404' | '409'

/**
 * One call on one thing of the demonstration, and who gets which answer. Whoever is not named gets 404: the thing does not
 * exist for them. An HTTP route or a socket may be checked against the same lines.
 */
export type Expectation = {
  call: string
  on: string
  oui?: readonly CastName[]
  '403'?: readonly CastName[]
  '409'?: readonly CastName[]
}

/** The answer that a person is expected to get. */
export function answerFor(expectation: Expectation, name: CastName): Answer {
  return (['oui', '403', '409'] as const).find(answer => expectation[answer]?.includes(name)) ?? '404'
}

const members: readonly CastName[] = [
  'chef',
  'copilote1',
  'copilote2',
  'membre',
  'suppleant',
  'copiloteOffre',
  'membreOffre',
  'copiloteNumerique',
  'presidentStrategique',
  'membreStrategique',
  'membreRestreint',
  'presidentInstitutionnel',
  'membreInstitutionnel',
  'secretaireInstitutionnel',
  'assistante',
  'assistantDossier',
  'prestataire',
  'observateur',
  'correspondantCaf',
]
/** Those who may enter the Tarn: the invité of one meeting too. */
const entrants: readonly CastName[] = [...members, 'invite']
const copilotes: readonly CastName[] = ['copilote1', 'copilote2']
const leads: readonly CastName[] = [...copilotes, 'chef']
const parcours: readonly CastName[] = [...leads, 'membre', 'suppleant', 'prestataire']
const parcoursOthers: readonly CastName[] = ['membre', 'suppleant', 'prestataire']
const readersOfParcours: readonly CastName[] = [
  ...parcours,
  'copiloteOffre',
  'membreOffre',
  'copiloteNumerique',
  'presidentStrategique',
  'membreStrategique',
  'membreRestreint',
  'presidentInstitutionnel',
  'membreInstitutionnel',
]
const readersOfStrategic: readonly CastName[] = [
  'chef',
  'presidentStrategique',
  'membreStrategique',
  'membreRestreint',
  'presidentInstitutionnel',
  'membreInstitutionnel',
  'copilote1',
  'copilote2',
  'copiloteOffre',
  'copiloteNumerique',
]
const strategicLeads: readonly CastName[] = ['presidentStrategique', 'chef']
const institutional: readonly CastName[] = [
  'presidentInstitutionnel',
  'membreInstitutionnel',
  'secretaireInstitutionnel',
]

const except = (all: readonly CastName[], ...some: readonly CastName[]) => all.filter(name => !some.includes(name))

export const expectations: readonly Expectation[] = [
  { call: 'consortia.enter', on: 'tarn', oui: entrants },
  { call: 'governance.governanceMap', on: 'tarn', oui: members },
  { call: 'governance.instancePage', on: 'restreint', oui: members },
  ...accessExpectations,
  ...representationExpectations,
  ...governanceExpectations(members),
  { call: 'home.awaiting', on: 'tarn', oui: entrants },

  { call: 'meetings.meetingEntries', on: 'tarn', oui: entrants },
  { call: 'meetings.meetingPage', on: 'parcours aujourd’hui', oui: [...parcours, 'invite'] },
  {
    call: 'meetings.meetingPage',
    on: 'stratégique à venir',
    // The copilotes of technical groups, its permanent invités, too.
    oui: [
      'presidentStrategique',
      'membreStrategique',
      'assistantDossier',
      'chef',
      ...copilotes,
      'copiloteOffre',
      'copiloteNumerique',
    ],
  },
  { call: 'meetings.meetingPage', on: 'numérique en préparation', oui: ['copiloteNumerique', 'chef'] },
  { call: 'meetings.meetingToResume', on: 'parcours', oui: leads, '403': except(members, ...leads) },
  { call: 'meetings.createMeeting', on: 'parcours', oui: leads, '403': except(members, ...leads) },
  {
    call: 'meetings.editMeeting',
    on: 'parcours aujourd’hui',
    oui: leads,
    '403': except(entrants, ...leads),
  },
  {
    call: 'meetings.proposeItem',
    on: 'parcours aujourd’hui',
    oui: [...copilotes, 'membre', 'suppleant'],
    '403': except(entrants, ...copilotes, 'membre', 'suppleant'),
  },
  { call: 'meetings.answerItem', on: 'parcours aujourd’hui', oui: leads, '403': except(entrants, ...leads) },
  { call: 'meetings.proposeItem', on: 'restreint brouillon', '409': members },
  { call: 'meetings.announceMeeting', on: 'numérique en préparation', oui: ['copiloteNumerique', 'chef'] },
  {
    call: 'meetings.startMeeting',
    on: 'stratégique à venir',
    oui: strategicLeads,
    '403': except(members, ...strategicLeads),
  },
  { call: 'meetings.closeMeeting', on: 'parcours aujourd’hui', oui: leads, '403': except(entrants, ...leads) },
  { call: 'meetings.closeMeeting', on: 'stratégique à venir', '409': members },
  {
    call: 'meetings.cancelMeeting',
    on: 'stratégique à venir',
    oui: strategicLeads,
    '403': except(members, ...strategicLeads),
  },
  {
    call: 'meetings.postponeMeeting',
    on: 'stratégique à venir',
    oui: strategicLeads,
    '403': except(members, ...strategicLeads),
  },
  { call: 'meetings.recordAttendance', on: 'parcours aujourd’hui', oui: leads, '403': except(entrants, ...leads) },
  // Each of one's own presence (H48); those who see the others' are told so.
  ...['meetings.ownPresences', 'meetings.answerPresence'].map(call => ({
    call,
    on: 'parcours aujourd’hui',
    oui: ['copilote1', 'copilote2', 'membre', 'suppleant'] as const,
    '403': ['chef', 'prestataire'] as const,
  })),

  { call: 'minutes.minutesPage', on: 'parcours aujourd’hui', oui: [...parcours, 'invite'] },
  { call: 'minutes.minutesPage', on: 'parcours scellé', oui: readersOfParcours },
  { call: 'minutes.minutesPage', on: 'stratégique scellé', oui: readersOfStrategic },
  { call: 'minutes.minutesPage', on: 'stratégique brouillon', oui: strategicLeads },
  { call: 'minutes.minutesPage', on: 'restreint brouillon', oui: ['membreRestreint', 'chef'] },
  {
    call: 'minutes.minutesPage',
    on: 'institutionnelle brouillon',
    oui: ['presidentInstitutionnel', 'secretaireInstitutionnel', 'chef'],
  },
  { call: 'minutes.minutesFile', on: 'parcours scellé', oui: readersOfParcours },
  { call: 'minutes.setOpenToMembers', on: 'parcours aujourd’hui', oui: leads, '403': [...parcoursOthers, 'invite'] },
  { call: 'minutes.startProofreading', on: 'parcours aujourd’hui', '409': [...parcours, 'invite'] },
  { call: 'minutes.startProofreading', on: 'stratégique brouillon', oui: strategicLeads },
  { call: 'minutes.resumeDrafting', on: 'parcours en relecture', oui: leads, '403': parcoursOthers },
  { call: 'minutes.approveMinutes', on: 'parcours en relecture', oui: copilotes, '403': [...parcoursOthers, 'chef'] },
  {
    // The first copilote has agreed, the second has not: only the second's validation is complete.
    call: 'minutes.validateMinutes',
    on: 'parcours en relecture',
    oui: ['copilote2'],
    '409': ['copilote1'],
    '403': [...parcoursOthers, 'chef'],
  },
  {
    call: 'minutes.validateMinutesInAbsence',
    on: 'parcours en relecture',
    oui: ['copilote2'],
    '409': ['copilote1', 'chef'],
    '403': parcoursOthers,
  },
  { call: 'minutes.distributeMinutes', on: 'parcours en relecture', '409': parcours },
  { call: 'minutes.validateMinutes', on: 'parcours scellé', '409': readersOfParcours },
  { call: 'minutes.markMinutesRead', on: 'parcours scellé', oui: readersOfParcours },
  {
    call: 'minutes.recordMinutesApproval',
    on: 'parcours scellé',
    oui: copilotes,
    '403': except(readersOfParcours, ...copilotes),
  },

  { call: 'decisions.decisionRegister', on: 'tarn', oui: members },
  { call: 'decisions.decisionPage', on: 'adoptée', oui: members },
  { call: 'decisions.decisionPage', on: 'inscrite', oui: [...parcours, ...institutional] },
  {
    call: 'decisions.decisionPage',
    on: 'rejetée',
    oui: ['presidentStrategique', 'membreStrategique', 'chef', ...institutional],
  },
  {
    call: 'decisions.placeOnAgenda',
    on: 'proposée',
    oui: strategicLeads,
    '403': [...except(parcours, 'chef'), 'membreStrategique'],
  },
  {
    call: 'decisions.recordResult',
    on: 'proposée',
    oui: strategicLeads,
    '403': [...except(parcours, 'chef'), 'membreStrategique'],
  },
  { call: 'decisions.recordResult', on: 'adoptée', '409': members },
  {
    call: 'decisions.withdrawDecision',
    on: 'inscrite',
    oui: copilotes,
    '403': [...except(parcours, ...copilotes), ...institutional],
  },
  { call: 'decisions.markAnswerSeen', on: 'adoptée', oui: members },
  {
    call: 'decisions.askRelay',
    on: 'adoptée',
    oui: strategicLeads,
    '403': except(members, ...strategicLeads),
  },
  { call: 'decisions.askRelay', on: 'proposée', '409': [...parcours, 'membreStrategique', ...strategicLeads] },
  // Two institutions have answered.
  {
    call: 'decisions.withdrawRelay',
    on: 'adoptée',
    '403': except(members, ...strategicLeads),
    '409': strategicLeads,
  },
  { call: 'decisions.relayToAnswer', on: 'adoptée', oui: members },
  {
    call: 'decisions.answerRelay',
    on: 'adoptée',
    oui: ['correspondantCaf', 'chef'],
    '403': except(members, 'correspondantCaf', 'chef'),
  },
  {
    call: 'actions.updateProgress',
    on: 'action du membre',
    oui: [...copilotes, 'membre'],
    '403': except(readersOfParcours, ...copilotes, 'membre'),
  },
  { call: 'liveAccess (écrire)', on: 'parcours aujourd’hui', oui: [...leads, 'prestataire'] },
  { call: 'liveAccess (lire)', on: 'parcours aujourd’hui', oui: [...parcours, 'invite'] },
  { call: 'liveAccess (lire)', on: 'stratégique brouillon', oui: strategicLeads },
  { call: 'liveAccess (lire)', on: 'parcours scellé' },
]
