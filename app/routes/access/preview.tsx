import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import styles from '#app/access/access.css?url'
import { PreviewLinks } from '#app/access/PreviewLinks.tsx'
import { pageAccessPath } from '#app/access-path.ts'
import { SelectField } from '#app/components/ChoiceField.tsx'
import { Disclosure } from '#app/components/Disclosure.tsx'
import { FilterForm } from '#app/components/FilterForm.tsx'
import { Page } from '#app/components/Page.tsx'
import { pageTitle } from '#app/page-title.ts'
import { reading } from '#app/request.ts'
import type { PreviewDirectory } from '#server/domain/access/preview-profiles.ts'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: styles }]

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Voir comme une autre personne')

/** As whom the chef de projet may look at the consortium (H37). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug, request }) => ({
    slug,
    page: await services.access.previewPage(actor, {
      structure: new URL(request.url).searchParams.get('structure') ?? undefined,
    }),
  }))
}

export default function Previews() {
  const { slug, page } = useLoaderData<typeof loader>()
  return (
    <Page
      title="Voir comme une autre personne"
      lead="L’espace, tel que le verrait une personne inventée, d’après les mêmes règles que pour tout le monde. Rien ne peut y être fait."
      width="narrow"
      breadcrumb={[{ label: 'Gestion', to: `/${slug}/gestion` }]}
      visibleBy="le chef de projet"
      access={pageAccessPath(slug, 'apercu')}
    >
      <StructureChoice page={page} />
      {page.groups.map(({ title, choices }, rank) => (
        <Disclosure key={title} summary={title} open={rank === 0}>
          <PreviewLinks path={`/${slug}/accueil`} choices={choices} later={false} />
        </Disclosure>
      ))}
    </Page>
  )
}

/** For which structure those who represent one are invented. */
function StructureChoice({ page: { structure, structures } }: { page: PreviewDirectory }) {
  return (
    <FilterForm submit="Choisir cette structure">
      <SelectField
        name="structure"
        label="Qui siège le fait pour"
        placeholder="La première structure de l’instance"
        defaultValue={structure ?? ''}
        options={structures.map(({ slug, name }) => ({ value: slug, label: name }))}
      />
    </FilterForm>
  )
}
