import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { pageAccessPath } from '#app/access-path.ts'
import { ButtonLink } from '#app/components/Button.tsx'
import { EmptyState } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { Table } from '#app/components/Table.tsx'
import { Tabs } from '#app/components/Tabs.tsx'
import { list, mediumDate } from '#app/formats.ts'
import { pageTitle } from '#app/page-title.ts'
import styles from '#app/representation/chart.css?url'
import { OrganisationChart } from '#app/representation/OrganisationChart.tsx'
import { PrintButton } from '#app/representation/PrintButton.tsx'
import { reading } from '#app/request.ts'
import type { ChartInstance } from '#server/domain/representation/chart.ts'
import { levelLabels, type MandateFunction } from '#server/vocabulary/governance.ts'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: styles }]

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Organigramme')

/** The governance with the people who lead it; `?vue=liste` for the same as a table (H2). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, consortium, slug, request }) => ({
    slug,
    consortium: consortium.name,
    today: actor.today,
    asList: new URL(request.url).searchParams.get('vue') === 'liste',
    instances: await services.representation.organisationChart(actor),
  }))
}

export default function Chart() {
  const { slug, consortium, today, asList, instances } = useLoaderData<typeof loader>()
  const here = `/${slug}/organigramme`
  return (
    <Page
      title="Organigramme"
      lead={`${consortium}, le ${mediumDate(today)}.`}
      visibleBy="tous les membres du consortium"
      access={pageAccessPath(slug, 'organigramme')}
      width="full"
      primaryAction={
        <ButtonLink to={`/${slug}/annuaire`} icon="people">
          Ouvrir l’annuaire
        </ButtonLink>
      }
      otherActions={
        <>
          <PrintButton>Imprimer l’organigramme (A3)</PrintButton>
          <ButtonLink to={`/${slug}/representation`} variant="quiet" icon="agenda">
            Voir le tableau de représentation
          </ButtonLink>
        </>
      }
    >
      <Tabs
        label="Présentation de l’organigramme"
        tabs={[
          { label: 'Schéma', to: here, current: !asList },
          { label: 'Liste', to: `${here}?vue=liste`, current: asList },
        ]}
      />
      {instances.length === 0 && <EmptyState>Aucune instance n’est encore enregistrée dans ce consortium.</EmptyState>}
      {instances.length > 0 && !asList && <OrganisationChart slug={slug} instances={instances} />}
      {instances.length > 0 && asList && <ChartTable slug={slug} instances={instances} />}
    </Page>
  )
}

/** The same in words. */
function ChartTable({ slug, instances }: { slug: string; instances: readonly ChartInstance[] }) {
  const leads = (instance: ChartInstance, functions: readonly MandateFunction[]) =>
    list(
      instance.leads
        .filter(lead => functions.includes(lead.function))
        .map(lead => `${lead.name} (${lead.functionLabel}, ${lead.organisation})`),
    )
  return (
    <Table
      caption="Les instances et les personnes qui les conduisent"
      rows={instances}
      rowKey={instance => instance.slug}
      columns={[
        {
          header: 'Instance',
          cell: ({ slug: instance, name }) => <Link to={`/${slug}/instances/${instance}`}>{name}</Link>,
        },
        { header: 'Niveau', cell: ({ level }) => levelLabels[level] },
        { header: 'Présidence et copilotes', cell: instance => leads(instance, ['president', 'copilote']) },
        { header: 'Secrétariat', cell: instance => leads(instance, ['secretaire']) },
        { header: 'Autres membres', align: 'end', cell: ({ members }) => members },
      ]}
    />
  )
}
