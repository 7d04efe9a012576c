import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { ButtonLink, ButtonRow } from '#app/components/Button.tsx'
import { SelectField } from '#app/components/ChoiceField.tsx'
import { FilterForm } from '#app/components/FilterForm.tsx'
import { EmptyState } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { Table } from '#app/components/Table.tsx'
import { TextField } from '#app/components/TextField.tsx'
import { counted, documentTitle } from '#app/formats.ts'
import { readingSite } from '#app/request.ts'
import { accountFilterLabels, accountStateLabels } from '#server/vocabulary/accounts.ts'
import { codesOf } from '#server/vocabulary/closed-list.ts'

export const meta: MetaFunction = () => [{ title: documentTitle('Comptes', 'Administration') }]

/** The accounts of this deployment, with their filters in the address. */
export function loader(args: LoaderFunctionArgs) {
  return readingSite(args, async ({ services, person, request }) => {
    const address = new URL(request.url).searchParams
    const search = (address.get('recherche') ?? '').slice(0, 100).replaceAll('\0', '')
    const state = codesOf(accountFilterLabels).find(each => each === address.get('etat')) ?? null
    const page = /^\d{1,5}$/.test(address.get('page') ?? '') ? Number(address.get('page')) : 1
    return { search, state, list: await services.administration.accountList(person, { search, state, page }) }
  })
}

export default function Accounts() {
  const { search, state, list } = useLoaderData<typeof loader>()
  const filtered = search !== '' || state !== null
  return (
    <Page title="Comptes" breadcrumb={[{ label: 'Administration', to: '/administration' }]} width="full">
      <FilterForm submit="Rechercher" all={filtered && '?'}>
        <TextField name="recherche" label="Nom ou adresse" type="search" defaultValue={search} />
        <SelectField
          name="etat"
          label="État"
          placeholder="Tous les comptes"
          defaultValue={state ?? ''}
          options={codesOf(accountFilterLabels).map(value => ({ value, label: accountFilterLabels[value] }))}
        />
      </FilterForm>
      {list.accounts.length === 0 ? (
        <EmptyState action={<ButtonLink to="?">Tout afficher</ButtonLink>}>
          Aucun compte ne correspond à cette recherche.
        </EmptyState>
      ) : (
        <Table
          caption={counted(list.total, 'compte')}
          rows={list.accounts}
          rowKey={({ id }) => id}
          columns={[
            {
              header: 'Personne',
              rowHeader: true,
              cell: ({ id, name }) => <Link to={`/administration/comptes/${id}`}>{name}</Link>,
            },
            { header: 'Adresse', cell: ({ email }) => email },
            { header: 'État', cell: account => accountStateLabels[account.state] },
            { header: 'Administre', cell: ({ isAdministrateur }) => (isAdministrateur ? 'oui' : null) },
          ]}
        />
      )}
      <NeighbouringPages {...list} search={{ ...(search && { recherche: search }), ...(state && { etat: state }) }} />
    </Page>
  )
}

function NeighbouringPages(props: { page: number; pages: number; search: Record<string, string> }) {
  const { page, pages, search } = props
  if (pages === 1) return null
  const to = (wanted: number) => `?${new URLSearchParams({ ...search, page: String(wanted) })}`
  return (
    <nav aria-label="Pages des comptes">
      <ButtonRow>
        {page > 1 && (
          <ButtonLink to={to(page - 1)} icon="back">
            Page précédente
          </ButtonLink>
        )}
        <span>
          Page {page} sur {pages}
        </span>
        {page < pages && (
          <ButtonLink to={to(page + 1)} icon="forward">
            Page suivante
          </ButtonLink>
        )}
      </ButtonRow>
    </nav>
  )
}
