import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { pageAccessPath } from '#app/access-path.ts'
import { Page } from '#app/components/Page.tsx'
import { JournalContent, journalFileLinks } from '#app/journal/JournalContent.tsx'
import { journalAsked, journalSearch } from '#app/journal/journal-filter.ts'
import { pageTitle } from '#app/page-title.ts'
import { reading } from '#app/request.ts'

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Journal')

/** Who did what in the consortium, and when (H35). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug, request }) => {
    const { filter, place } = journalAsked(request)
    return { slug, filter, page: await services.journal.journalPage(actor, { ...filter, ...place }) }
  })
}

export default function Journal() {
  const { slug, filter, page } = useLoaderData<typeof loader>()
  const search = journalSearch(filter)
  return (
    <Page
      title="Journal"
      breadcrumb={[{ label: 'Gestion', to: `/${slug}/gestion` }]}
      lead="Chaque acte laisse ici une ligne que personne ne peut modifier ni retirer. Elle ne contient aucun texte : les noms affichés sont ceux d’aujourd’hui."
      visibleBy="le chef de projet"
      access={pageAccessPath(slug, 'journal')}
      width="full"
      otherActions={journalFileLinks(`/${slug}/journal/fichier`, search)}
    >
      <JournalContent base={`/${slug}`} search={search} page={page} />
    </Page>
  )
}
