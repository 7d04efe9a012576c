import { cutRows, type SpreadsheetFile, spreadsheetFile } from '#server/exports/spreadsheet.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { NBSP } from '#server/vocabulary/french.ts'
import { journalSubjectLabel, journalVerbLabel } from '#server/vocabulary/journal.ts'
import type { SpreadsheetFormat } from '#server/vocabulary/spreadsheets.ts'
import type { Context } from '../context.ts'
import { journalOf } from './journal-page.ts'
import { entriesOfJournal, type JournalEntry, type JournalFilter, mostJournalLines } from './read-journal.ts'

/** The journal for a spreadsheet, through the filters in force (H35). @throws NotFound for who is no chef de projet */
export async function journalFile(
  context: Context,
  actor: Actor,
  { format, ...filter }: JournalFilter & { format: SpreadsheetFormat },
): Promise<SpreadsheetFile> {
  return fileOfEntries(await entriesOfJournal(context, journalOf(context, actor), filter), format)
}

/** Lines of a journal as a spreadsheet; one beyond what a file holds only makes it say that it was cut. */
export function fileOfEntries(entries: readonly JournalEntry[], format: SpreadsheetFormat): Promise<SpreadsheetFile> {
  const table = {
    name: 'Journal',
    columns: [
      { header: 'Date', width: 18 },
      { header: 'Qui', width: 30 },
      { header: 'Acte', width: 48 },
      { header: 'Détail', width: 60 },
      { header: 'Sorte', width: 22 },
      { header: 'Objet', width: 48 },
      { header: 'Identifiant de l’objet', width: 38 },
    ],
    rows: cutRows(
      entries.map(({ at, person, verb, details, subject }) => [
        { instant: at },
        person ?? 'Le site',
        journalVerbLabel(verb),
        details.join(`${NBSP}; `),
        journalSubjectLabel(subject.kind),
        subject.label,
        subject.id,
      ]),
      mostJournalLines,
    ),
  }
  return spreadsheetFile([table], format)
}
