import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { pageAccessPath } from '#app/access-path.ts'
import { AbilityNote } from '#app/components/AbilityNote.tsx'
import { ButtonLink } from '#app/components/Button.tsx'
import { Flash } from '#app/components/Flash.tsx'
import { EmptyState } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { Section } from '#app/components/Section.tsx'
import { Badge } from '#app/components/StateBadge.tsx'
import { type Column, Table } from '#app/components/Table.tsx'
import { mediumDate } from '#app/formats.ts'
import { pageTitle } from '#app/page-title.ts'
import { reading } from '#app/request.ts'
import type { OrganisationLine } from '#server/domain/organisations/organisation-list.ts'
import { organisationPhaseLabels } from '#server/vocabulary/governance.ts'

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Structures')

/** The institutions of the consortium (H38). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug }) => ({
    slug,
    page: await services.organisations.organisationList(actor),
  }))
}

export default function Organisations() {
  const { slug, page } = useLoaderData<typeof loader>()
  const { editOrganisations } = page.can
  return (
    <Page
      title="Structures"
      lead="Les institutions qui composent le consortium."
      visibleBy="tous les membres du consortium"
      access={pageAccessPath(slug, 'structures')}
      primaryAction={
        editOrganisations.allowed && (
          <ButtonLink to={`/${slug}/structures/nouvelle`} variant="primary" icon="plus">
            Ajouter une structure
          </ButtonLink>
        )
      }
      notice={<Flash />}
    >
      <div className="stack">
        {page.present.length > 0 ? (
          <Table
            caption="Structures du consortium"
            captionHidden
            columns={columns(slug)}
            rows={page.present}
            rowKey={row => row.id}
          />
        ) : (
          <EmptyState>Aucune structure n’est encore enregistrée dans ce consortium.</EmptyState>
        )}
        <AbilityNote title="Qui peut modifier cette liste ?" ability={editOrganisations} />
      </div>
      {page.left.length > 0 && (
        <Section title="Structures qui ont quitté le consortium" count={page.left.length}>
          <Table
            caption="Structures qui ont quitté le consortium"
            captionHidden
            columns={formerColumns(slug)}
            rows={page.left}
            rowKey={row => row.id}
          />
        </Section>
      )}
    </Page>
  )
}

const nameColumn = (slug: string): Column<OrganisationLine> => ({
  header: 'Structure',
  cell: row => (
    <>
      <Link to={`/${slug}/structures/${row.slug}`}>{row.name}</Link>
      {row.leftOn !== null && <Badge icon="postponed" tone="warning">{`Départ le ${mediumDate(row.leftOn)}`}</Badge>}
    </>
  ),
})

const columns = (slug: string): Column<OrganisationLine>[] => [
  nameColumn(slug),
  { header: 'Sigle', cell: row => (row.shortName === row.name ? null : row.shortName), nowrap: true },
  { header: 'Phase d’entrée', cell: row => organisationPhaseLabels[row.phase] },
  { header: 'Territoire', cell: row => row.territory },
  { header: 'Représentants', cell: row => row.seats, align: 'end' },
]

const formerColumns = (slug: string): Column<OrganisationLine>[] => [
  { ...nameColumn(slug), cell: row => <Link to={`/${slug}/structures/${row.slug}`}>{row.name}</Link> },
  { header: 'Entrée le', cell: row => row.enteredOn && mediumDate(row.enteredOn) },
  { header: 'Partie le', cell: row => row.leftOn && mediumDate(row.leftOn) },
]
