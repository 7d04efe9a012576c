import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import type { Column } from '#app/components/Table.tsx'
import { mediumDate } from '#app/formats.ts'
import type { ExternalBody } from '#server/domain/competence/external-bodies.ts'

/** What a list of deliberative bodies says of each, its name as the page shows it. */
export function externalBodyColumns(slug: string, name: (body: ExternalBody) => ReactNode): Column<ExternalBody>[] {
  return [
    { header: 'Organe', cell: name },
    {
      header: 'Structure',
      cell: ({ organisation }) =>
        organisation && <Link to={`/${slug}/structures/${organisation.slug}`}>{organisation.name}</Link>,
    },
    { header: 'Délibère sur', cell: body => body.purpose },
    { header: 'Jusqu’au', cell: body => body.endsOn && mediumDate(body.endsOn), nowrap: true },
  ]
}
