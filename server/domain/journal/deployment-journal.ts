import type { SpreadsheetFile } from '#server/exports/spreadsheet.ts'
import { siteTextLabels } from '#server/vocabulary/site-texts.ts'
import type { SpreadsheetFormat } from '#server/vocabulary/spreadsheets.ts'
import { onlyAdministrateur, type Person } from '../accounts/administering.ts'
import type { Context } from '../context.ts'
import { fileOfEntries } from './journal-file.ts'
import { type About, accountsIn, type JournalObject } from './journal-objects.ts'
import {
  entriesOfJournal,
  type JournalFilter,
  type JournalPage,
  type JournalScope,
  pageOfJournal,
} from './read-journal.ts'

/**
 * What was done to accounts and legal pages, which belong to no consortium, the latest first.
 * @throws NotFound for who is no administrateur
 */
export async function deploymentJournalPage(
  context: Context,
  person: Person,
  filter: JournalFilter = {},
): Promise<JournalPage> {
  onlyAdministrateur(person)
  return pageOfJournal(context, deployment(context), filter)
}

/** The same for a spreadsheet, through the filters in force. @throws NotFound for who is no administrateur */
export async function deploymentJournalFile(
  context: Context,
  person: Person,
  { format, ...filter }: JournalFilter & { format: SpreadsheetFormat },
): Promise<SpreadsheetFile> {
  onlyAdministrateur(person)
  return fileOfEntries(await entriesOfJournal(context, deployment(context), filter), format)
}

function deployment(context: Context): JournalScope {
  return { consortiumId: null, objectsOf: lines => objectsOfDeployment(context, lines) }
}

async function objectsOfDeployment(context: Context, lines: readonly About[]) {
  const found = new Map<string, JournalObject>()
  for (const { id, label } of await accountsIn(context, lines)) {
    found.set(`account:${id}`, { kind: 'account', id, label, path: `comptes/${id}` })
  }
  for (const [id, label] of Object.entries(siteTextLabels)) {
    found.set(`site_text:${id}`, { kind: 'site_text', id, label, path: `textes/${id}` })
  }
  return found
}
