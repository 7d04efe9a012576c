import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { ButtonLink } from '#app/components/Button.tsx'
import { Flash } from '#app/components/Flash.tsx'
import { EmptyState } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { Table } from '#app/components/Table.tsx'
import { counted, documentTitle, mediumDate, number } from '#app/formats.ts'
import { readingSite } from '#app/request.ts'

export const meta: MetaFunction = () => [{ title: documentTitle('Consortiums', 'Administration') }]

/** The consortia of this deployment: whose they are, and nothing of what is in them. */
export function loader(args: LoaderFunctionArgs) {
  return readingSite(args, async ({ services, person }) => ({
    consortia: await services.administration.deployedConsortia(person),
  }))
}

export default function Consortia() {
  const { consortia } = useLoaderData<typeof loader>()
  const create = (
    <ButtonLink to="/administration/consortiums/nouveau" variant="primary" icon="plus">
      Créer un consortium
    </ButtonLink>
  )
  return (
    <Page
      title="Consortiums"
      breadcrumb={[{ label: 'Administration', to: '/administration' }]}
      primaryAction={consortia.length > 0 && create}
      notice={<Flash />}
    >
      {consortia.length === 0 ? (
        <EmptyState action={create}>Aucun consortium n’existe encore dans cet espace.</EmptyState>
      ) : (
        <Table
          caption={counted(consortia.length, 'consortium')}
          rows={consortia}
          rowKey={({ slug }) => slug}
          columns={[
            {
              header: 'Consortium',
              rowHeader: true,
              cell: ({ slug, name }) => <Link to={`/administration/consortiums/${slug}`}>{name}</Link>,
            },
            { header: 'Territoire', cell: ({ territory }) => territory },
            { header: 'Membres', align: 'end', cell: ({ members }) => number(members) },
            {
              header: 'Chefs de projet',
              cell: ({ chefs }) =>
                chefs.length > 0 ? chefs.map(({ name }) => name).join(', ') : <strong>Aucun : désignez-en un</strong>,
            },
            { header: 'Créé le', nowrap: true, cell: ({ createdAt }) => mediumDate(createdAt) },
          ]}
        />
      )}
    </Page>
  )
}
