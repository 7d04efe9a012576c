import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Page } from '#app/components/Page.tsx'
import { documentTitle } from '#app/formats.ts'
import { JournalContent, journalFileLinks } from '#app/journal/JournalContent.tsx'
import { journalAsked, journalSearch } from '#app/journal/journal-filter.ts'
import { readingSite } from '#app/request.ts'

export const meta: MetaFunction = () => [{ title: documentTitle('Journal de l’administration', 'Administration') }]

/** What was done to accounts and legal pages, and by whom. */
export function loader(args: LoaderFunctionArgs) {
  return readingSite(args, async ({ services, person, request }) => {
    const { filter, place } = journalAsked(request)
    return { filter, page: await services.administration.deploymentJournalPage(person, { ...filter, ...place }) }
  })
}

export default function AdministrationJournal() {
  const { filter, page } = useLoaderData<typeof loader>()
  const search = journalSearch(filter)
  return (
    <Page
      title="Journal de l’administration"
      breadcrumb={[{ label: 'Administration', to: '/administration' }]}
      lead="Chaque acte sur un compte ou une page légale laisse ici une ligne que personne ne peut modifier ni retirer. Les actes d’un consortium sont au journal de ce consortium, que lit son chef de projet."
      visibleBy="les administrateurs de l’espace"
      width="full"
      otherActions={journalFileLinks('/administration/journal/fichier', search)}
    >
      <JournalContent base="/administration" search={search} page={page} />
    </Page>
  )
}
