import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { Flash } from '#app/components/Flash.tsx'
import { Page } from '#app/components/Page.tsx'
import { Table } from '#app/components/Table.tsx'
import { documentTitle, mediumDate } from '#app/formats.ts'
import { readingSite } from '#app/request.ts'
import { siteTextLabels, siteTextPaths } from '#server/vocabulary/site-texts.ts'

export const meta: MetaFunction = () => [{ title: documentTitle('Pages légales', 'Administration') }]

/** The legal pages whose texts may be rewritten. */
export function loader(args: LoaderFunctionArgs) {
  return readingSite(args, async ({ services, person }) => ({
    texts: await services.administration.siteTextList(person),
  }))
}

export default function Texts() {
  const { texts } = useLoaderData<typeof loader>()
  return (
    <Page
      title="Pages légales"
      breadcrumb={[{ label: 'Administration', to: '/administration' }]}
      lead="Elles se lisent sans se connecter, depuis le pied de chaque page."
      notice={<Flash />}
    >
      <Table
        caption="Pages légales"
        captionHidden
        rows={texts}
        rowKey={({ key }) => key}
        columns={[
          {
            header: 'Page',
            rowHeader: true,
            cell: ({ key }) => <Link to={siteTextPaths[key]}>{siteTextLabels[key]}</Link>,
          },
          {
            header: 'Texte',
            cell: ({ rewrittenAt }) =>
              rewrittenAt ? `récrit le ${mediumDate(rewrittenAt)}` : 'd’origine, à compléter',
          },
          {
            header: 'Modifier',
            cell: ({ key }) => (
              <Link to={`/administration/textes/${key}`}>
                Récrire<span className="visually-hidden"> : {siteTextLabels[key]}</span>
              </Link>
            ),
          },
        ]}
      />
    </Page>
  )
}
