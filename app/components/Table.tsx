import { Link } from '@remix-run/react'
import { type ReactNode, useId } from 'react'
import { Icon } from './Icon.tsx'

export interface Column<Row> {
  header: string
  /** What is shown; `null` or `undefined` is an empty cell, left out on a phone. */
  cell: (row: Row) => ReactNode
  /** The cell that names the row; the first column unless another says so. */
  rowHeader?: boolean
  align?: 'start' | 'end'
  nowrap?: boolean
  /** Sort by this column: the address that does it, and the present direction if it is the sorted one. */
  sort?: { to: string; direction: 'ascending' | 'descending' | null }
}

export interface TableProps<Row> {
  /** Names the table; visible, or only read aloud with `captionHidden` when a heading says the same just above. */
  caption: string
  captionHidden?: boolean
  columns: Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
}

/**
 * A list of things. It scrolls sideways on its own where it is too wide, and each row becomes a small card on a phone
 * (CSS alone; the roles below keep it a table for screen readers when `display` changes).
 */
export function Table<Row>({ caption, captionHidden, columns, rows, rowKey }: TableProps<Row>) {
  const captionId = useId()
  const headerIndex = Math.max(
    columns.findIndex(column => column.rowHeader),
    0,
  )
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className="table-region" aria-labelledby={captionId} tabIndex={0}>
      <table className="table" {...tableRoles.table}>
        <caption id={captionId}>
          <span className={captionHidden ? 'visually-hidden' : undefined}>{caption}</span>
        </caption>
        <thead {...tableRoles.rowGroup}>
          <tr {...tableRoles.row}>
            {columns.map(column => (
              <th
                key={column.header}
                scope="col"
                {...tableRoles.columnHeader}
                {...sortState(column)}
                data-align={column.align}
              >
                <HeaderLabel column={column} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...tableRoles.rowGroup}>
          {rows.map(row => (
            <tr key={rowKey(row)} {...tableRoles.row}>
              {columns.map((column, index) => (
                <Cell key={column.header} column={column} row={row} isHeader={index === headerIndex} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** Written on the elements, so that a table stays one when CSS lays it out as something else. */
export const tableRoles = {
  table: { role: 'table' },
  rowGroup: { role: 'rowgroup' },
  row: { role: 'row' },
  columnHeader: { role: 'columnheader' },
  rowHeader: { role: 'rowheader' },
  cell: { role: 'cell' },
} as const

function Cell<Row>({ column, row, isHeader }: { column: Column<Row>; row: Row; isHeader: boolean }) {
  const content = column.cell(row)
  const marks = {
    'data-label': column.header,
    'data-align': column.align,
    'data-nowrap': column.nowrap,
    'data-empty': content === null || content === undefined || content === '' || undefined,
  }
  // One element inside, so that on a phone the label and the content are two cells of a small grid.
  if (isHeader) {
    return (
      <th scope="row" {...tableRoles.rowHeader} {...marks}>
        <div>{content}</div>
      </th>
    )
  }
  return (
    <td {...tableRoles.cell} {...marks}>
      <div>{content}</div>
    </td>
  )
}

function HeaderLabel<Row>({ column }: { column: Column<Row> }) {
  if (!column.sort) return column.header
  return (
    <Link to={column.sort.to} preventScrollReset>
      {column.header}
      <span className="visually-hidden">, trier</span>
      {column.sort.direction && <Icon name={column.sort.direction === 'ascending' ? 'rises' : 'descends'} />}
    </Link>
  )
}

function sortState<Row>(column: Column<Row>) {
  return column.sort?.direction ? { 'aria-sort': column.sort.direction } : {}
}
