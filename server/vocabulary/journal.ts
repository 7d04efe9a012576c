import type { Labels } from './closed-list.ts'

/**
 * Every verb that a command writes in the journal, as what somebody did: « Nadège Fauré a annoncé la réunion ». A test
 * fails on a command whose verb is not here.
 */
export const journalVerbLabels = {
  'consortium.create': 'a créé le consortium',
  'consortium.edit': 'a corrigé le nom, le territoire ou l’objet du consortium',

  'meeting.create': 'a créé la réunion',
  'meeting.edit': 'a modifié la réunion',
  'meeting.announce': 'a annoncé la réunion',
  'meeting.start': 'a ouvert la réunion',
  'meeting.close': 'a clos la réunion',
  'meeting.cancel': 'a annulé ou reporté la réunion',
  'meeting.recordAttendance': 'a relevé les présences de la réunion',

  'meeting.proposeItem': 'a proposé un point à l’ordre du jour de la réunion',
  'meeting.answerItem': 'a répondu à un point proposé pour la réunion',
  'meeting.withdrawItem': 'a retiré un point proposé pour la réunion',

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
  'decision.askRelay': 'a demandé aux structures de relayer la décision',
  'decision.withdrawRelay': 'a retiré la demande de relayer la décision',
  'decision.answerRelay': 'a dit ce que sa structure a relayé de la décision',
  'decision.read': 'a pris connaissance de la réponse à la décision',
  'action.updateProgress': 'a dit où en est l’action à mener',

  'organisation.create': 'a ajouté la structure',
  'organisation.edit': 'a modifié la structure',
  'organisation.rename': 'a donné un nouveau nom à la structure',
  'organisation.correctName': 'a corrigé un nom de la structure',
  'organisation.removeName': 'a retiré un nom de la structure',
  'organisation.leave': 'a enregistré le départ de la structure',
  'organisation.return': 'a annulé le départ de la structure',
  'organisation.delete': 'a supprimé la structure',
  'instance.create': 'a créé l’instance',
  'instance.edit': 'a réglé l’instance',
  'instance.dissolve': 'a dissous l’instance',
  'instance.restore': 'a annulé la dissolution de l’instance',
  'instance.delete': 'a supprimé l’instance',
  'competence.change': 'a changé une règle de compétence',
  'competence.withdraw': 'a retiré une règle de compétence à venir',
  'visibility.change': 'a changé une visibilité par défaut',
  'externalBody.create': 'a ajouté l’organe externe',
  'externalBody.edit': 'a modifié l’organe externe',
  'externalBody.delete': 'a supprimé l’organe externe',

  'mandate.create': 'a désigné par le mandat',
  'mandate.edit': 'a corrigé le mandat',
  'mandate.end': 'a mis fin au mandat',
  'mandate.erase': 'a supprimé, comme créé par erreur, le mandat',
  'function.create': 'a donné la fonction',
  'function.edit': 'a corrigé la fonction',
  'function.end': 'a mis fin à la fonction',
  'function.erase': 'a supprimé, comme donnée par erreur, la fonction',
  'function.attach': 'a rattaché à une instance le prestataire',
  'function.detach': 'a détaché d’une instance le prestataire',
  'person.import': 'a importé des désignations',
  'person.invite': 'a renvoyé l’invitation de la personne',
  'person.correct': 'a corrigé les coordonnées de la personne',
  'person.remove': 'a mis fin à tous les mandats de la personne',
  'profile.edit': 'a modifié son profil',
  'proposal.create': 'a proposé un représentant',
  'proposal.createEnding': 'a proposé la fin du mandat',
  'proposal.accept': 'a accepté la proposition',
  'proposal.return': 'a retourné la proposition',
  'proposal.withdraw': 'a retiré la proposition',

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
  'account.changeEmail': 'a remplacé l’adresse du compte',
  'account.removeAuthenticator': 'a retiré l’application d’authentification du compte',
  'account.endSessions': 'a fermé les sessions du compte',
  'account.resendInvitation': 'a renvoyé l’invitation du compte',
  'account.showInvitation': 'a affiché, pour la remettre, l’invitation du compte',
  'account.handOverInvitation': 'a remis à la main l’invitation du compte',
  'consortium.designateChef': 'a désigné chef de projet',
  'siteText.rewrite': 'a récrit la page',
  'siteText.restore': 'a rétabli le texte d’origine de la page',
  password_replaced: 'a remplacé le mot de passe du compte',
} as const

export type JournalVerb = keyof typeof journalVerbLabels

/** What is said of a verb; a line written by another version of the product may hold one that this one does not know. */
export function journalVerbLabel(verb: string): string {
  return Object.hasOwn(journalVerbLabels, verb) ? journalVerbLabels[verb as JournalVerb] : `a fait « ${verb} »`
}

/** What journal lines are about. */
export type JournalSubject =
  | 'consortium'
  | 'organisation'
  | 'instance'
  | 'mandate'
  | 'function'
  | 'proposal'
  | 'competenceRule'
  | 'externalBody'
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
  competenceRule: 'Règle de compétence',
  externalBody: 'Organe externe',
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
