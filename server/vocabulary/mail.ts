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
