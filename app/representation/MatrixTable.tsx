import { Link } from '@remix-run/react'
import { LevelTag } from '#app/components/LevelTag.tsx'
import { tableRoles } from '#app/components/Table.tsx'
import { mediumDate } from '#app/formats.ts'
import type {
  MatrixInstance,
  MatrixLine,
  MatrixTotals,
  RepresentationMatrix,
} from '#server/domain/representation/matrix.ts'
import { Seats } from './Seats.tsx'

type Props = { slug: string; matrix: RepresentationMatrix }

/**
 * Institutions × instances. Its headings stay in sight while it scrolls; on a phone each institution is a list (CSS alone:
 * the roles keep it a table for screen readers).
 */
export function MatrixTable({ slug, matrix }: Props) {
  const { instances, lines, totals } = matrix
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className="matrix-region" aria-label="Tableau de représentation" tabIndex={0}>
      <table className="matrix" {...tableRoles.table}>
        <caption>Qui représente chaque structure dans chaque instance, le {mediumDate(matrix.day)}</caption>
        <thead {...tableRoles.rowGroup}>
          <tr {...tableRoles.row}>
            <th scope="col" {...tableRoles.columnHeader}>
              Structure
            </th>
            {instances.map(({ slug: instance, name, shortName, level }) => (
              <th key={instance} scope="col" {...tableRoles.columnHeader} data-level={level}>
                <Link to={`/${slug}/instances/${instance}`} title={name}>
                  {shortName}
                </Link>
                <LevelTag level={level} />
              </th>
            ))}
            <th scope="col" {...tableRoles.columnHeader}>
              Total
            </th>
          </tr>
        </thead>
        <tbody {...tableRoles.rowGroup}>
          {lines.map(line => (
            <Line key={line.organisation.slug} slug={slug} line={line} matrix={matrix} />
          ))}
        </tbody>
        <tfoot {...tableRoles.rowGroup}>
          {totalRows.map(({ name, label }) => (
            <tr key={name} {...tableRoles.row}>
              <th scope="row" {...tableRoles.rowHeader}>
                {label}
              </th>
              {instances.map(instance => (
                <td key={instance.slug} {...tableRoles.cell} data-label={instance.shortName}>
                  {instance.totals[name]}
                </td>
              ))}
              <td {...tableRoles.cell} data-label="Total">
                <strong>{totals[name]}</strong>
              </td>
            </tr>
          ))}
        </tfoot>
      </table>
    </section>
  )
}

const totalRows: { name: keyof MatrixTotals; label: string }[] = [
  { name: 'seats', label: 'Sièges' },
  { name: 'voices', label: 'Voix' },
  { name: 'holes', label: 'Structures sans représentant' },
]

function Line({ slug, line: { organisation, cells, totals }, matrix }: Props & { line: MatrixLine }) {
  return (
    <tr {...tableRoles.row}>
      <th scope="row" {...tableRoles.rowHeader}>
        <Link to={`/${slug}/structures/${organisation.slug}`}>{organisation.shortName}</Link>
        {organisation.name !== organisation.shortName && <small>{organisation.name}</small>}
      </th>
      {matrix.instances.map((instance, rank) => {
        const seats = cells[rank] ?? []
        return (
          <td
            key={instance.slug}
            {...tableRoles.cell}
            data-label={instance.shortName}
            data-hole={seats.length === 0 || undefined}
          >
            {seats.length === 0 ? (
              <span className="matrix-hole">aucun représentant</span>
            ) : (
              <Seats slug={slug} seats={seats} />
            )}
            {matrix.mayDesignate && <Designate slug={slug} organisation={organisation} instance={instance} />}
          </td>
        )
      })}
      <td {...tableRoles.cell} data-label="Total" className="matrix-total">
        <TotalsInWords totals={totals} />
      </td>
    </tr>
  )
}

type Place = { slug: string; organisation: MatrixLine['organisation']; instance: MatrixInstance }

/** The form of designation, with the institution and the body of the cell; it is not printed. */
function Designate({ slug, organisation, instance }: Place) {
  return (
    <Link
      className="matrix-designate no-print"
      to={`/${slug}/mandats/nouveau?instance=${instance.slug}&structure=${organisation.slug}`}
    >
      Désigner
      <span className="visually-hidden">
        {' '}
        pour {organisation.shortName} dans {instance.shortName}
      </span>
    </Link>
  )
}

function TotalsInWords({ totals: { seats, voices, holes } }: { totals: MatrixTotals }) {
  return (
    <dl>
      {[
        { label: 'Sièges', count: seats },
        { label: 'Voix', count: voices },
        { label: 'Sans représentant', count: holes },
      ].map(({ label, count }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{count}</dd>
        </div>
      ))}
    </dl>
  )
}
