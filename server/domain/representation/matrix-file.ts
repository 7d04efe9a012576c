import {
  type SpreadsheetCell,
  type SpreadsheetFile,
  type SpreadsheetTable,
  spreadsheetFile,
} from '#server/exports/spreadsheet.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { levelLabels } from '#server/vocabulary/governance.ts'
import type { SpreadsheetFormat } from '#server/vocabulary/spreadsheets.ts'
import type { Context } from '../context.ts'
import { type MatrixPerson, type MatrixSeat, type RepresentationMatrix, representationMatrix } from './matrix.ts'

/** The matrix of a day for a spreadsheet, and one line for each seat. CSV holds the matrix alone. @throws NotFound (H2) */
export async function representationFile(
  context: Context,
  actor: Actor,
  { day, format }: { day: string; format: SpreadsheetFormat },
): Promise<SpreadsheetFile> {
  const matrix = await representationMatrix(context, actor, { day })
  return spreadsheetFile([matrixTable(matrix), seatsTable(matrix)], format)
}

function matrixTable({ instances, lines, totals }: RepresentationMatrix): SpreadsheetTable {
  const counts = [
    { header: 'Sièges', width: 10 },
    { header: 'Voix', width: 10 },
    { header: 'Sans représentant', width: 18 },
  ]
  const totalOf = (name: keyof typeof totals) => instances.map(instance => instance.totals[name])
  const footer = (label: string, name: keyof typeof totals): SpreadsheetCell[] => [
    label,
    ...totalOf(name),
    totals[name],
  ]
  return {
    name: 'Représentation',
    columns: [
      { header: 'Structure', width: 34 },
      ...instances.map(({ shortName }) => ({ header: shortName, width: 34 })),
      ...counts,
    ],
    rows: [
      ...lines.map(({ organisation, cells, totals: { seats, voices, holes } }) => [
        organisation.name,
        ...cells.map(cellText),
        seats,
        voices,
        holes,
      ]),
      footer('Total des sièges', 'seats'),
      footer('Total des voix', 'voices'),
      footer('Structures sans représentant', 'holes'),
    ],
  }
}

function cellText(seats: readonly MatrixSeat[]): string {
  if (seats.length === 0) return 'aucun représentant'
  return seats
    .flatMap(seat => [
      `${seat.name}, ${seat.functionLabel}${seat.carriesVoice ? ' (porte la voix)' : ''}`,
      ...seat.suppleants.map(({ name, functionLabel }) => `${name}, ${functionLabel} de ${seat.name}`),
    ])
    .join('\n')
}

function seatsTable({ instances, lines }: RepresentationMatrix): SpreadsheetTable {
  const rows = lines.flatMap(({ organisation, cells }) =>
    cells.flatMap((seats, rank) => {
      const instance = instances[rank]
      const where = [organisation.name, instance?.name ?? '', instance ? levelLabels[instance.level] : '']
      const line = (person: MatrixPerson, voice: boolean, titulaire: string): SpreadsheetCell[] => [
        ...where,
        person.name,
        person.functionLabel,
        person.qualite,
        voice ? 'oui' : 'non',
        titulaire,
        { day: person.startsOn },
        person.endsOn === null ? null : { day: person.endsOn },
      ]
      return seats.flatMap(seat => [
        line(seat, seat.carriesVoice, ''),
        ...seat.suppleants.map(suppleant => line(suppleant, false, seat.name)),
      ])
    }),
  )
  return {
    name: 'Sièges',
    columns: [
      { header: 'Structure', width: 34 },
      { header: 'Instance', width: 34 },
      { header: 'Niveau', width: 16 },
      { header: 'Personne', width: 28 },
      { header: 'Fonction', width: 20 },
      { header: 'Qualité', width: 34 },
      { header: 'Porte la voix', width: 14 },
      { header: 'Supplée', width: 28 },
      { header: 'Depuis le', width: 12 },
      { header: 'Jusqu’au', width: 12 },
    ],
    rows,
  }
}
