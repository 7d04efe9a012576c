import type { Labels } from './closed-list.ts'

/**
 * Every verb that a command writes in the journal, as what somebody did: « Nadège Fauré a annoncé la réunion ». A command
 * whose verb is not here does not compile.
 */
export const journalVerbLabels = {
  'consortium.create': 'a créé le consortium',

  'meeting.create': 'a créé la réunion',
  'meeting.edit': 'a modifié la réunion',
  'meeting.announce': 'a annoncé la réunion',
  'meeting.start': 'a ouvert la réunion',
  'meeting.close': 'a clos la réunion',
  'meeting.cancel': 'a annulé ou reporté la réunion',
  'meeting.recordAttendance': 'a relevé les présences de la réunion',

  'minutes.openToMembers': 'a ouvert ou fermé aux membres la rédaction du compte rendu',
  'minutes.startProofreading': 'a passé en relecture le compte rendu',
  'minutes.resumeDrafting': 'a remis en brouillon le compte rendu',
  'minutes.approve': 'a donné son accord sur le compte rendu',
  'minutes.validate': 'a validé le compte rendu',
  'minutes.validateInAbsence': 'a validé en l’absence d’un copilote le compte rendu',
  'minutes.distribute': 'a diffusé le compte rendu',
  'minutes.read': 'a lu le compte rendu',
  'minutes.recordApproval': 'a consigné l’approbation du compte rendu',

  'decision.placeOnAgenda': 'a inscrit à l’ordre du jour la décision',
  'decision.recordResult': 'a consigné le résultat de la décision',
  'decision.withdraw': 'a retiré la décision',
  'decision.read': 'a pris connaissance de la réponse à la décision',
  'action.updateProgress': 'a dit où en est l’action à mener',

  'mail.show': 'a affiché, pour le remettre, le courriel',
  'mail.handOver': 'a remis à la main le courriel',
  'mail.retry': 'a fait réessayer le courriel',
  'mail.abandon': 'a abandonné le courriel',
  'presence.answer': 'a répondu d’une présence à la réunion',

  'account.suspend': 'a suspendu le compte',
  'account.restore': 'a rétabli le compte',
  'account.erase': 'a effacé le compte',
  'account.nameAdministrateur': 'a nommé administrateur le compte',
  'account.withdrawAdministrateur': 'a retiré de l’administration le compte',
  'account.endSessions': 'a fermé les sessions du compte',
  'account.resendInvitation': 'a renvoyé l’invitation du compte',
  'consortium.designateChef': 'a désigné chef de projet',
  'siteText.rewrite': 'a récrit la page',
  'siteText.restore': 'a rétabli le texte d’origine de la page',
  password_replaced: 'a remplacé le mot de passe du compte',
} as const

export type JournalVerb = keyof typeof journalVerbLabels

/** What is said of a verb; a line written by another version of the product may hold one that this one does not know. */
export function journalVerbLabel(verb: string): string {
  return Object.hasOwn(journalVerbLabels, verb) ? journalVerbLabels[verb as JournalVerb] : `a fait « ${verb} »`
}

/** What journal lines are about. */
export type JournalSubject =
  | 'consortium'
  | 'organisation'
  | 'instance'
  | 'mandate'
  | 'function'
  | 'proposal'
  | 'competence'
  | 'visibility'
  | 'external_body'
  | 'meeting'
  | 'minutes'
  | 'decision'
  | 'action'
  | 'mail'
  | 'account'
  | 'site_text'

export const journalSubjectLabels: Labels<JournalSubject> = {
  consortium: 'Consortium',
  organisation: 'Structure',
  instance: 'Instance',
  mandate: 'Mandat',
  function: 'Fonction dans le consortium',
  proposal: 'Proposition de représentant',
  competence: 'Règle de compétence',
  visibility: 'Visibilité par défaut',
  external_body: 'Organe externe',
  meeting: 'Réunion',
  minutes: 'Compte rendu',
  decision: 'Décision',
  action: 'Action à mener',
  mail: 'Courriel',
  account: 'Compte',
  site_text: 'Page légale',
}

export function journalSubjectLabel(kind: string): string {
  return Object.hasOwn(journalSubjectLabels, kind) ? journalSubjectLabels[kind as JournalSubject] : kind
}
