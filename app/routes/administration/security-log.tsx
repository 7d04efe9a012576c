import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { securityFilterIn, securitySearch } from '#app/administration/security-filter.ts'
import { SelectField } from '#app/components/ChoiceField.tsx'
import { FilterForm } from '#app/components/FilterForm.tsx'
import { EmptyState } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { Pages } from '#app/components/Pages.tsx'
import { Table } from '#app/components/Table.tsx'
import { DateField } from '#app/components/TextField.tsx'
import { documentTitle, mediumDate, time } from '#app/formats.ts'
import { readingSite } from '#app/request.ts'
import { codesOf } from '#server/vocabulary/closed-list.ts'
import { securityEventLabel, securityEventLabels } from '#server/vocabulary/security.ts'
import { spreadsheetFormatLabels } from '#server/vocabulary/spreadsheets.ts'

export const meta: MetaFunction = () => [{ title: documentTitle('Journal de sécurité', 'Administration') }]

/** Signing in, second factors, suspensions; that it is read here is written there. */
export function loader(args: LoaderFunctionArgs) {
  return readingSite(args, async ({ services, person, request }) => {
    const search = new URL(request.url).searchParams
    const filter = securityFilterIn(search)
    const place = { after: search.get('apres'), before: search.get('avant') }
    const asked = { ...filter, ...place, address: args.context.address }
    return { filter, page: await services.administration.securityLogPage(person, asked) }
  })
}

export default function SecurityLog() {
  const { filter, page } = useLoaderData<typeof loader>()
  const search = securitySearch(filter)
  const filtered = Object.keys(search).length > 0
  return (
    <Page
      title="Journal de sécurité"
      breadcrumb={[{ label: 'Administration', to: '/administration' }]}
      lead="Chaque ligne est gardée douze mois. Votre lecture y laisse aussi une ligne."
      visibleBy="les administrateurs de l’espace"
      width="full"
      otherActions={codesOf(spreadsheetFormatLabels).map(format => (
        <a
          key={format}
          href={`/administration/journal-de-securite/fichier?${new URLSearchParams({ ...search, format })}`}
          download
        >
          Télécharger pour {spreadsheetFormatLabels[format]}
        </a>
      ))}
    >
      <FilterForm all={filtered && '?'}>
        {search.compte && <input type="hidden" name="compte" value={search.compte} />}
        <SelectField
          name="evenement"
          label="Événement"
          placeholder="Tous les événements"
          defaultValue={search.evenement ?? ''}
          options={codesOf(securityEventLabels).map(value => ({ value, label: securityEventLabels[value] }))}
        />
        <DateField name="du" label="Du" defaultValue={search.du} />
        <DateField name="au" label="Au" defaultValue={search.au} />
      </FilterForm>
      {page.rows.length === 0 ? (
        <EmptyState>
          {filtered ? 'Aucune ligne ne correspond à ces filtres.' : 'Rien n’y est encore inscrit.'}
        </EmptyState>
      ) : (
        <Table
          caption="Événements, du plus récent au plus ancien"
          captionHidden
          rows={page.rows}
          rowKey={({ id }) => id}
          columns={[
            { header: 'Date', nowrap: true, cell: ({ at }) => `${mediumDate(at)}, ${time(at)}` },
            { header: 'Événement', rowHeader: true, cell: ({ event }) => securityEventLabel(event) },
            {
              header: 'Compte',
              cell: ({ account }) =>
                account ? <Link to={`/administration/comptes/${account.id}`}>{account.name}</Link> : 'aucun compte',
            },
            { header: 'Par', cell: ({ by }) => by },
            { header: 'Adresse réseau', cell: ({ address }) => address },
          ]}
        />
      )}
      <Pages label="Pages du journal de sécurité" at={page} search={search} />
    </Page>
  )
}
