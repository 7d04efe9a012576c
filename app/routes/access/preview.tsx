import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import styles from '#app/access/access.css?url'
import { PreviewLinks } from '#app/access/PreviewLinks.tsx'
import { Disclosure } from '#app/components/Disclosure.tsx'
import { Page } from '#app/components/Page.tsx'
import { pageTitle } from '#app/page-title.ts'
import { reading } from '#app/request.ts'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: styles }]

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Voir comme une autre personne')

/** As whom the chef de projet may look at the consortium (H37). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug }) => ({ slug, ...(await services.access.previewPage(actor)) }))
}

export default function Previews() {
  const { slug, groups } = useLoaderData<typeof loader>()
  return (
    <Page
      title="Voir comme une autre personne"
      lead="L’espace, tel que le verrait une personne inventée, d’après les mêmes règles que pour tout le monde. Rien ne peut y être fait."
      width="narrow"
      breadcrumb={[{ label: 'Gestion', to: `/${slug}/gestion` }]}
      visibleBy="le chef de projet"
    >
      {groups.map(({ title, choices }, rank) => (
        <Disclosure key={title} summary={title} open={rank === 0}>
          <PreviewLinks path={`/${slug}/accueil`} choices={choices} later={false} />
        </Disclosure>
      ))}
    </Page>
  )
}
