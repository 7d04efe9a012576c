import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Entries, Entry } from '#app/components/Entries.tsx'
import { Page } from '#app/components/Page.tsx'
import { documentTitle } from '#app/formats.ts'
import { readingSite } from '#app/request.ts'

export const meta: MetaFunction = () => [{ title: documentTitle('Administration') }]

/** Where an administrateur lands. For anybody else this address does not exist. */
export function loader(args: LoaderFunctionArgs) {
  return readingSite(args, async ({ services, person }) => {
    await services.administration.siteTextList(person)
    return null
  })
}

export default function Administration() {
  return (
    <Page
      title="Administration"
      width="narrow"
      lead="L’administration ne donne accès à aucun contenu : ni réunion, ni compte rendu, ni décision d’aucun consortium."
    >
      <Entries>
        <Entry
          icon="instances"
          title="Consortiums"
          to="/administration/consortiums"
          detail="Créer un consortium à partir de sa description ; lui redonner un chef de projet."
        />
        <Entry
          icon="person"
          title="Comptes"
          to="/administration/comptes"
          detail="Suspendre, rétablir, effacer ; renvoyer une invitation ; nommer un administrateur."
        />
        <Entry
          icon="clock"
          title="Journal de l’administration"
          to="/administration/journal"
          detail="Qui a agi sur un compte ou une page légale, et quand."
        />
        <Entry
          icon="lock"
          title="Journal de sécurité"
          to="/administration/journal-de-securite"
          detail="Connexions, seconds facteurs, suspensions. Votre lecture y laisse une ligne."
        />
        <Entry
          icon="minutes"
          title="Pages légales"
          to="/administration/textes"
          detail="Mentions légales, données personnelles, accessibilité : récrire leurs textes."
        />
      </Entries>
    </Page>
  )
}
