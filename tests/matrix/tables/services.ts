import { accessServices } from './access.ts'
import { accountServices } from './accounts.ts'
import { administrationServices, journalServices } from './administration.ts'
import { governanceServices } from './governance.ts'
import { mailServices } from './mails.ts'
import { mandateServices } from './mandates.ts'
import { proposalServices, representationServices } from './representation.ts'

/** The test file that calls a service for everyone of the matrix. */
export type Matrix =
  | 'meetings'
  | 'minutes'
  | 'decisions'
  | 'pages'
  | 'texts'
  | 'administration'
  | 'deployment'
  | 'accounts'
  | 'mandates'
  | 'proposals'
  | 'governance'
  | 'mails'
  | 'access'

/** Every service that routes and sockets may ask, and the matrix in which everyone asks it. */
export const servicesAsked: Readonly<Record<string, Matrix>> = {
  'sessions.accountOf': 'pages',
  'sessions.stillOpen': 'texts',
  'sessions.signIn': 'pages',
  'sessions.open': 'pages',
  'sessions.close': 'pages',
  'people.nameOf': 'pages',
  'consortia.enter': 'pages',
  'consortia.consortiaOf': 'pages',
  ...governanceServices,
  ...accessServices,
  ...representationServices,
  ...proposalServices,
  ...mandateServices,
  ...journalServices,
  ...administrationServices,
  ...accountServices,
  ...mailServices,
  'governance.governanceMap': 'pages',
  'governance.instancePage': 'pages',
  'home.awaiting': 'pages',
  'meetings.meetingEntries': 'pages',
  'meetings.meetingToResume': 'pages',
  'meetings.createMeeting': 'pages',
  'meetings.meetingPage': 'meetings',
  'meetings.editMeeting': 'meetings',
  'meetings.announceMeeting': 'meetings',
  'meetings.startMeeting': 'meetings',
  'meetings.closeMeeting': 'meetings',
  'meetings.cancelMeeting': 'meetings',
  'meetings.postponeMeeting': 'meetings',
  'meetings.recordAttendance': 'meetings',
  'meetings.proposeItem': 'meetings',
  'meetings.answerItem': 'meetings',
  'minutes.minutesPage': 'minutes',
  'minutes.minutesFile': 'minutes',
  'minutes.setOpenToMembers': 'minutes',
  'minutes.startProofreading': 'minutes',
  'minutes.resumeDrafting': 'minutes',
  'minutes.approveMinutes': 'minutes',
  'minutes.validateMinutes': 'minutes',
  'minutes.validateMinutesInAbsence': 'minutes',
  'minutes.distributeMinutes': 'minutes',
  'minutes.markMinutesRead': 'minutes',
  'minutes.recordMinutesApproval': 'minutes',
  checkAbility: 'minutes',
  checkVerification: 'administration',
  refusalOf: 'minutes',
  'decisions.decisionRegister': 'pages',
  'decisions.decisionPage': 'decisions',
  'decisions.placeOnAgenda': 'decisions',
  'decisions.recordResult': 'decisions',
  'decisions.withdrawDecision': 'decisions',
  'decisions.markAnswerSeen': 'decisions',
  'decisions.askRelay': 'decisions',
  'decisions.withdrawRelay': 'decisions',
  'decisions.relayToAnswer': 'decisions',
  'decisions.answerRelay': 'decisions',
  'actions.updateProgress': 'decisions',
  liveAccess: 'texts',
}

/** The services that a matrix must have called. */
export function servicesOf(matrix: Matrix): string[] {
  return Object.keys(servicesAsked).filter(service => servicesAsked[service] === matrix)
}
