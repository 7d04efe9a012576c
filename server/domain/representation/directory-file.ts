import { type SpreadsheetFile, spreadsheetFile } from '#server/exports/spreadsheet.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import type { SpreadsheetFormat } from '#server/vocabulary/spreadsheets.ts'
import type { Context } from '../context.ts'
import { type DirectoryFilter, type DirectoryRole, directory } from './directory.ts'

/** The directory for a spreadsheet, one line for each person; addresses as on the page. @throws NotFound (H2) */
export async function directoryFile(
  context: Context,
  actor: Actor,
  { format, ...filter }: DirectoryFilter & { format: SpreadsheetFormat },
): Promise<SpreadsheetFile> {
  const { people } = await directory(context, actor, { ...filter, everyone: true })
  const table = {
    name: 'Annuaire',
    columns: [
      { header: 'Nom', width: 22 },
      { header: 'Prénom', width: 18 },
      { header: 'Qualité', width: 34 },
      { header: 'Structure', width: 34 },
      { header: 'Mandats et fonctions', width: 60 },
      { header: 'Courriel', width: 34 },
      { header: 'Téléphone', width: 18 },
    ],
    rows: people.map(({ familyName, givenName, roles, contact }) => [
      familyName,
      givenName,
      distinct(roles.map(role => role.qualite)),
      distinct(roles.map(role => role.organisation?.name ?? '')),
      roles.map(roleText).join('\n'),
      contact?.email ?? null,
      contact?.phone ?? null,
    ]),
  }
  return spreadsheetFile([table], format)
}

function roleText({ instance, functionLabel, carriesVoice }: DirectoryRole): string {
  const where = instance ? `${instance.name} : ` : ''
  return `${where}${functionLabel}${carriesVoice ? ' (porte la voix)' : ''}`
}

function distinct(texts: readonly string[]): string {
  return [...new Set(texts.filter(Boolean))].join('\n')
}
