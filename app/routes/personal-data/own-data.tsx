import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { ButtonLink } from '#app/components/Button.tsx'
import { DescriptionList } from '#app/components/DescriptionList.tsx'
import { Page } from '#app/components/Page.tsx'
import { Section } from '#app/components/Section.tsx'
import { Table } from '#app/components/Table.tsx'
import { documentTitle, mediumDate, shortDate, time } from '#app/formats.ts'
import { readingSite } from '#app/request.ts'
import type { DataPart } from '#server/domain/personal-data/data-part.ts'

export const meta: MetaFunction = () => [{ title: documentTitle('Vos données') }]

/** Lines shown of each part; the file holds them all. */
const shown = 50

/** Everything that is held about the person who asks (RGPD, article 15). */
export function loader(args: LoaderFunctionArgs) {
  return readingSite(args, async ({ services, person }) => {
    const parts = await services.personalData.ownData(person)
    return { parts: parts.map(part => ({ ...part, rows: part.rows.slice(0, shown), count: part.rows.length })) }
  })
}

export default function OwnData() {
  const { parts } = useLoaderData<typeof loader>()
  return (
    <Page
      title="Vos données"
      breadcrumb={[{ label: 'Votre profil', to: '/profil' }]}
      lead="Tout ce que cet espace garde sur vous, et rien sur les autres."
      primaryAction={
        <ButtonLink to="/profil/donnees/fichier" reloadDocument icon="download" variant="primary">
          Télécharger vos données
        </ButtonLink>
      }
    >
      <p>
        Le fichier, au format JSON, contient tout, y compris les lignes qui ne tiennent pas ici. Pour corriger une
        donnée ou demander l’effacement de votre compte, voyez la page{' '}
        <Link to="/donnees-personnelles">Données personnelles</Link>.
      </p>
      {parts.map(part => (
        <Part key={part.title} part={part} />
      ))}
    </Page>
  )
}

type Row = DataPart['rows'][number]

function Part({ part: { title, rows, count } }: { part: DataPart & { count: number } }) {
  const [row] = rows
  const headings = Object.keys(row ?? {})
  return (
    <Section title={title} count={title === 'Compte' ? undefined : count}>
      {!row && <p>Rien.</p>}
      {row && title === 'Compte' && (
        <DescriptionList items={headings.map(term => ({ term, value: written(row[term]) }))} />
      )}
      {row && title !== 'Compte' && (
        <Table
          caption={`${title}, en détail`}
          captionHidden
          rows={rows}
          rowKey={each => String(rows.indexOf(each))}
          columns={headings.map(header => ({ header, cell: (each: Row) => written(each[header]) }))}
        />
      )}
      {count > rows.length && <p>Les {count - rows.length} autres sont dans le fichier.</p>}
    </Section>
  )
}

function written(value: string | boolean | Date | null | undefined): string | null {
  if (value === null || value === undefined || value === '') return null
  if (typeof value === 'boolean') return value ? 'oui' : 'non'
  if (typeof value === 'string') return /^\d{4}-\d{2}-\d{2}$/.test(value) ? shortDate(value) : value
  return `${mediumDate(value)}, ${time(value)}`
}
