import type { ReactNode } from 'react'
import type { Crumb } from '#app/components/Breadcrumb.tsx'
import type { ButtonVariant } from '#app/components/Button.tsx'
import type { Flash } from '#app/flash.ts'
import type { AccountPage } from '#server/domain/administration/account-page.ts'

/** What an administrateur does to an account by confirming it: the words of each confirmation. */
export type AccountAct = {
  /** Whether it can be asked, as far as the page knows; the server decides. */
  shown(account: AccountPage): boolean
  label: string
  pendingLabel: string
  variant?: ButtonVariant
  explanation(name: string, account: Pick<AccountPage, 'sendsMail'>): ReactNode
  flash: Flash
}

const alive = ({ state }: AccountPage) => state === 'actif' || state === 'invite'

export const accountActs = {
  suspension: {
    shown: account => alive(account) && !account.own,
    label: 'Suspendre le compte',
    pendingLabel: 'Suspension en cours…',
    variant: 'danger',
    explanation: name => (
      <p>
        Les sessions de {name} se ferment tout de suite, les textes ouverts aussi, et les courriels qui l’attendent ne
        partiront pas. Ses mandats restent. Vous pourrez rétablir le compte.
      </p>
    ),
    flash: 'compte-suspendu',
  },
  retablissement: {
    shown: ({ state }) => state === 'suspendu',
    label: 'Rétablir le compte',
    pendingLabel: 'Rétablissement en cours…',
    explanation: name => <p>{name} pourra de nouveau se connecter, avec le même mot de passe.</p>,
    flash: 'compte-retabli',
  },
  sessions: {
    shown: account => alive(account) && account.sessions > 0,
    label: 'Fermer ses sessions',
    pendingLabel: 'Fermeture en cours…',
    explanation: name => (
      <p>{name} devra se connecter de nouveau, sur chaque appareil. Les textes ouverts se ferment.</p>
    ),
    flash: 'compte-sessions',
  },
  application: {
    shown: account => alive(account) && account.hasAuthenticator && !account.own,
    label: 'Retirer l’application d’authentification',
    pendingLabel: 'Retrait en cours…',
    variant: 'danger',
    explanation: name => (
      <p>
        À faire quand {name} a perdu son téléphone et ses codes de secours, et après vous être assuré que c’est bien
        cette personne qui le demande. Elle pourra en ajouter une autre.
      </p>
    ),
    flash: 'compte-application',
  },
  invitation: {
    // Where nothing is sent, the account's page hands the invitation over.
    shown: ({ state, sendsMail }) => state === 'invite' && sendsMail,
    label: 'Renvoyer l’invitation',
    pendingLabel: 'Envoi en cours…',
    explanation: (name, { sendsMail }) =>
      sendsMail ? (
        <p>{name} recevra un nouveau courriel, avec un lien pour choisir son mot de passe.</p>
      ) : (
        <p>
          Cet espace n’envoie aucun courriel : une nouvelle invitation attendra, que vous pourrez afficher sur la page
          du compte et remettre à {name}.
        </p>
      ),
    flash: 'compte-invite',
  },
  nomination: {
    shown: account => alive(account) && !account.isAdministrateur,
    label: 'Nommer administrateur',
    pendingLabel: 'Nomination en cours…',
    explanation: name => (
      <p>
        {name} pourra créer des consortiums, suspendre et effacer des comptes, lire le journal de sécurité. Un
        administrateur ne lit le contenu d’aucun consortium : cette personne n’y aura ni mandat ni fonction.
      </p>
    ),
    flash: 'administrateur-nomme',
  },
  retrait: {
    shown: ({ isAdministrateur }) => isAdministrateur,
    label: 'Retirer l’administration',
    pendingLabel: 'Retrait en cours…',
    variant: 'danger',
    explanation: name => <p>{name} n’administrera plus cet espace. Son compte reste.</p>,
    flash: 'administrateur-retire',
  },
} as const satisfies Record<string, AccountAct>

export type AccountActName = keyof typeof accountActs

/** The act that an address names, or null. */
export function accountActIn(name: string): AccountActName | null {
  return Object.hasOwn(accountActs, name) ? (name as AccountActName) : null
}

/** What stands above the pages of an account. */
export function aboveAccount(account?: Pick<AccountPage, 'id' | 'name'>): Crumb[] {
  const accounts = [
    { label: 'Administration', to: '/administration' },
    { label: 'Comptes', to: '/administration/comptes' },
  ]
  return account ? [...accounts, { label: account.name, to: `/administration/comptes/${account.id}` }] : accounts
}
