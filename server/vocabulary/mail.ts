import type { Labels } from './closed-list.ts'

/** Every sort of mail that the product sends. */
export type MailKind =
  | 'invitation'
  | 'mot_de_passe'
  | 'mot_de_passe_change'
  | 'code'
  | 'ancienne_adresse'
  | 'nouvelle_adresse'
  | 'adresse_changee'
  | 'adresse_quittee'
  | 'mandat'
  | 'proposition_recue'
  | 'proposition_acceptee'
  | 'proposition_retournee'

export const mailKindLabels: Labels<MailKind> = {
  invitation: 'Invitation à rejoindre l’espace',
  mot_de_passe: 'Nouveau mot de passe',
  mot_de_passe_change: 'Mot de passe changé',
  code: 'Code de vérification',
  ancienne_adresse: 'Changement d’adresse : ancienne adresse',
  nouvelle_adresse: 'Changement d’adresse : nouvelle adresse',
  adresse_changee: 'Adresse changée',
  adresse_quittee: 'Adresse changée : ancienne adresse',
  mandat: 'Désignation',
  proposition_recue: 'Proposition de représentant reçue',
  proposition_acceptee: 'Proposition acceptée',
  proposition_retournee: 'Proposition retournée',
}

export type MailState = 'en_attente' | 'envoye' | 'abandonne'

export const mailStateLabels: Labels<MailState> = {
  en_attente: 'En attente',
  envoye: 'Envoyé',
  abandonne: 'Abandonné',
}

/** Why mail was given up. */
export type AbandonReason =
  | 'compte_suspendu'
  | 'compte_efface'
  | 'plus_de_droit'
  | 'cause_disparue'
  | 'adresse_refusee'
  | 'trop_de_refus'
  | 'par_une_personne'

export const abandonReasonLabels: Labels<AbandonReason> = {
  compte_suspendu: 'Le compte de cette personne est suspendu.',
  compte_efface: 'Le compte de cette personne est effacé.',
  plus_de_droit: 'Cette personne n’a plus de mandat ni de fonction dans le consortium.',
  cause_disparue: 'Ce qu’il annonçait n’est plus vrai.',
  adresse_refusee: 'L’adresse de cette personne refuse ce courriel.',
  trop_de_refus: 'Le serveur de cette personne l’a refusé dix jours de suite.',
  par_une_personne: 'Le chef de projet l’a abandonné.',
}

/** Why a try failed, and mail still waits. */
export type MailFailure = 'injoignable' | 'identification' | 'chiffrement' | 'refus' | 'ecriture' | 'interrompu'

export const mailFailureLabels: Labels<MailFailure> = {
  injoignable: 'Le serveur d’envoi n’a pas répondu.',
  identification: 'Le serveur d’envoi refuse l’identifiant ou le mot de passe du produit.',
  chiffrement: 'La connexion au serveur d’envoi n’a pas pu être chiffrée.',
  refus: 'Le serveur l’a refusé pour le moment.',
  ecriture: 'Le message n’a pas pu être écrit : prévenez l’exploitant.',
  interrompu: 'Un envoi a été interrompu : il a peut-être été reçu.',
}
