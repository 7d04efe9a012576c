import type { Labels } from './closed-list.ts'

/** How strong the second factor is that a person gave: a code by mail, or an authenticator or recovery code. */
export type VerificationStrength = 'courriel' | 'forte'

/** True when what was given is at least as strong as what is asked. */
export function isStrongEnough(given: VerificationStrength | null, asked: VerificationStrength): boolean {
  return given === 'forte' || given === asked
}

/** What a link sent by mail lets its person do once. */
export type LinkPurpose = 'invitation' | 'mot_de_passe' | 'ancienne_adresse' | 'nouvelle_adresse'

/** Where an account stands. */
export type AccountState = 'actif' | 'invite' | 'suspendu' | 'efface'

export const accountStateLabels: Labels<AccountState> = {
  actif: 'Actif',
  invite: 'Invité, sans mot de passe',
  suspendu: 'Suspendu',
  efface: 'Effacé',
}

/** What an administrateur may look for among accounts. */
export type AccountFilterState = AccountState | 'administrateur' | 'sans_droit'

export const accountFilterLabels: Labels<AccountFilterState> = {
  ...accountStateLabels,
  administrateur: 'Administrateur',
  sans_droit: 'Sans mandat ni fonction depuis plus de 12 mois',
}

/** By what a second factor is given. */
export type VerificationMeans = 'application' | 'secours' | 'courriel'

export const verificationMeansLabels: Labels<VerificationMeans> = {
  application: 'Application d’authentification',
  secours: 'Code de secours',
  courriel: 'Code reçu par courriel',
}
