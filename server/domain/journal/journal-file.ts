import { cutRows, type SpreadsheetFile, spreadsheetFile } from '#server/exports/spreadsheet.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { journalSubjectLabel, journalVerbLabel } from '#server/vocabulary/journal.ts'
import type { SpreadsheetFormat } from '#server/vocabulary/spreadsheets.ts'
import type { Context } from '../context.ts'
import { type JournalFilter, journalEntries, mostJournalLines } from './journal-page.ts'

/** The journal for a spreadsheet, through the filters in force (H35). @throws NotFound for who is no chef de projet */
export async function journalFile(
  context: Context,
  actor: Actor,
  { format, ...filter }: JournalFilter & { format: SpreadsheetFormat },
): Promise<SpreadsheetFile> {
  const entries = await journalEntries(context, actor, filter, mostJournalLines + 1)
  const table = {
    name: 'Journal',
    columns: [
      { header: 'Date', width: 18 },
      { header: 'Qui', width: 30 },
      { header: 'Acte', width: 48 },
      { header: 'Sorte', width: 22 },
      { header: 'Objet', width: 48 },
      { header: 'Identifiant de l’objet', width: 38 },
    ],
    rows: cutRows(
      entries.map(({ at, person, verb, subject }) => [
        { instant: at },
        person ?? 'Le site',
        journalVerbLabel(verb),
        journalSubjectLabel(subject.kind),
        subject.label,
        subject.id,
      ]),
      mostJournalLines,
    ),
  }
  return spreadsheetFile([table], format)
}
