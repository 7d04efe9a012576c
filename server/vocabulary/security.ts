import type { Labels } from './closed-list.ts'

/** What the security log tells of. */
export type SecurityEvent =
  | 'connexion'
  | 'connexion_refusee'
  | 'deconnexion'
  | 'session_fermee'
  | 'invitation_acceptee'
  | 'mot_de_passe_demande'
  | 'mot_de_passe_change'
  | 'mot_de_passe_refuse'
  | 'code_demande'
  | 'verification'
  | 'verification_refusee'
  | 'application_ajoutee'
  | 'application_retiree'
  | 'codes_de_secours'
  | 'adresse_demandee'
  | 'adresse_annulee'
  | 'adresse_changee'
  | 'compte_suspendu'
  | 'compte_retabli'
  | 'compte_efface'
  | 'administrateur_nomme'
  | 'administrateur_retire'
  | 'invitation_renvoyee'
  | 'invitation_affichee'
  | 'invitation_remise'
  | 'chef_designe'
  | 'journal_consulte'
  | 'journal_exporte'

export const securityEventLabels: Labels<SecurityEvent> = {
  connexion: 'Connexion',
  connexion_refusee: 'Connexion refusée',
  deconnexion: 'Déconnexion',
  session_fermee: 'Session fermée',
  invitation_acceptee: 'Invitation acceptée',
  mot_de_passe_demande: 'Nouveau mot de passe demandé',
  mot_de_passe_change: 'Mot de passe changé',
  mot_de_passe_refuse: 'Mot de passe redemandé, refusé',
  code_demande: 'Code de vérification demandé',
  verification: 'Second facteur donné',
  verification_refusee: 'Second facteur refusé',
  application_ajoutee: 'Application d’authentification ajoutée',
  application_retiree: 'Application d’authentification retirée',
  codes_de_secours: 'Codes de secours fabriqués',
  adresse_demandee: 'Changement d’adresse demandé',
  adresse_annulee: 'Changement d’adresse annulé',
  adresse_changee: 'Adresse changée',
  compte_suspendu: 'Compte suspendu',
  compte_retabli: 'Compte rétabli',
  compte_efface: 'Compte effacé',
  administrateur_nomme: 'Administrateur nommé',
  administrateur_retire: 'Administrateur retiré',
  invitation_renvoyee: 'Invitation renvoyée',
  invitation_affichee: 'Invitation affichée par un administrateur',
  invitation_remise: 'Invitation remise par un administrateur',
  chef_designe: 'Chef de projet désigné',
  journal_consulte: 'Journal de sécurité consulté',
  journal_exporte: 'Journal de sécurité exporté',
}

/** What is said of an event; a line written by another version of the product may hold one that this one does not know. */
export function securityEventLabel(event: string): string {
  return Object.hasOwn(securityEventLabels, event) ? securityEventLabels[event as SecurityEvent] : event
}
