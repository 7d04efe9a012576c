import { ButtonLink, ButtonRow } from '#app/components/Button.tsx'
import { Page } from '#app/components/Page.tsx'

/** A link that serves no more, whatever the reason, and how to have another one. */
export function LinkGone({ what }: { what: 'invitation' | 'mot de passe' | 'adresse' }) {
  return (
    <Page title="Ce lien ne sert plus" width="narrow">
      <p>
        Il a déjà servi, son délai est passé, ou ce qu’il permettait n’a plus lieu d’être. Un lien plus récent vous
        attend peut-être dans votre messagerie.
      </p>
      {what === 'adresse' ? (
        <p>Pour changer d’adresse, recommencez depuis votre profil.</p>
      ) : (
        <p>
          Si vous avez déjà choisi un mot de passe, connectez-vous. Sinon, demandez un autre lien : il part à votre
          adresse si vous êtes toujours attendu.
        </p>
      )}
      <ButtonRow>
        {what === 'adresse' ? (
          <ButtonLink to="/profil/adresse">Ouvrir votre profil</ButtonLink>
        ) : (
          <ButtonLink to="/mot-de-passe-oublie" variant="primary">
            Demander un autre lien
          </ButtonLink>
        )}
        <ButtonLink to="/connexion" variant="quiet">
          Se connecter
        </ButtonLink>
      </ButtonRow>
    </Page>
  )
}
