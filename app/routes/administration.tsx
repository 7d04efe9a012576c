import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Page } from '#app/components/Page.tsx'
import { documentTitle } from '#app/formats.ts'
import { signedIn } from '#app/request.ts'

export const meta: MetaFunction = () => [{ title: documentTitle('Administration') }]

/** Where an administrateur lands. For anybody else this address does not exist. */
export async function loader(args: LoaderFunctionArgs) {
  const { isAdministrateur } = await signedIn(args)
  if (!isAdministrateur) {
    throw data({ message: 'Cette page n’existe pas, ou vous n’y avez pas accès.' }, { status: 404 })
  }
  return null
}

export default function Administration() {
  return (
    <Page title="Administration" width="narrow">
      <p>
        Vous administrez les comptes de cet espace. L’administration ne donne accès à aucun contenu : ni réunion, ni
        compte rendu, ni décision d’aucun consortium.
      </p>
      <p>
        Pour remplacer un mot de passe perdu, la personne qui exploite le serveur lance la commande{' '}
        <code>npm run account:password -- adresse@exemple.fr</code>.
      </p>
    </Page>
  )
}
