import { Invalid } from '#server/errors.ts'
import { type SpreadsheetFile, spreadsheetFile } from '#server/exports/spreadsheet.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { readTableFile } from '#server/imports/table-file.ts'
import { type ImportLine, importLine, MOST_LINES } from '#server/vocabulary/import-forms.ts'
import type { Context } from '../context.ts'
import { mandateGovernor } from './govern-mandates.ts'
import { plain } from './import-world.ts'
import { type ImportPreview, previewImport } from './people-import.ts'
import { readPastedPeople } from './people-paste.ts'

/** The columns of an import, by the words that may name them. */
const columns: Readonly<Record<keyof ImportLine, readonly string[]>> = {
  givenName: ['prenom'],
  familyName: ['nom', 'nom de famille'],
  email: ['courriel', 'mail', 'email', 'e mail', 'adresse', 'adresse mail', 'adresse electronique'],
  civilite: ['civilite'],
  qualite: ['qualite', 'titre', 'poste'],
  organisation: ['structure', 'institution', 'organisme'],
  instance: ['instance', 'groupe'],
  function: ['fonction', 'role'],
  voice: ['voix', 'porte la voix'],
  startsOn: ['debut', 'premier jour', 'date de debut'],
  endsOn: ['fin', 'dernier jour', 'date de fin'],
  titulaire: ['titulaire', 'courriel du titulaire'],
}

const headers: Readonly<Record<keyof ImportLine, string>> = {
  givenName: 'Prénom',
  familyName: 'Nom',
  email: 'Courriel',
  civilite: 'Civilité',
  qualite: 'Qualité',
  organisation: 'Structure',
  instance: 'Instance',
  function: 'Fonction',
  voice: 'Voix',
  startsOn: 'Début',
  endsOn: 'Fin',
  titulaire: 'Titulaire',
}

const names = Object.keys(columns) as (keyof ImportLine)[]

/** What the people of a file would become, line by line; nothing is written. @throws NotFound, Forbidden (H34), Invalid */
export async function previewFile(context: Context, actor: Actor, bytes: Uint8Array): Promise<ImportPreview> {
  mandateGovernor(actor)
  const [head = [], ...rows] = await readTableFile(bytes, MOST_LINES)
  const places = names.map(name => head.findIndex(cell => columns[name].includes(plain(cell))))
  const missing = (['email', 'organisation', 'function'] as const).filter(name => places[names.indexOf(name)] === -1)
  if (missing.length > 0) {
    const message = `La première ligne doit nommer les colonnes. Manquent : ${missing.map(name => headers[name]).join(', ')}. Le modèle à télécharger les a toutes.`
    throw new Invalid(message, { file: [message] })
  }
  const lines = rows
    .filter(row => row.some(cell => cell !== ''))
    .map(row => readLine(Object.fromEntries(names.map((name, index) => [name, row[places[index] ?? -1] ?? '']))))
  if (lines.length === 0)
    throw new Invalid('Ce fichier n’a aucune ligne.', { file: ['Ce fichier n’a aucune ligne sous les titres.'] })
  return previewImport(context, actor, lines)
}

/** What the people of a pasted list would become. @throws NotFound, Forbidden (H34), Invalid */
export async function previewPaste(
  context: Context,
  actor: Actor,
  input: { text: string; instance: string; function: string; startsOn: string },
): Promise<ImportPreview & { unread: string[] }> {
  mandateGovernor(actor)
  const { people, unread } = readPastedPeople(input.text)
  if (people.length === 0) {
    const message = 'Aucune adresse n’a été trouvée. Collez une liste : « Prénom NOM <courriel>; … ».'
    throw new Invalid(message, { text: [message] })
  }
  if (people.length > MOST_LINES) {
    const message = `${people.length} personnes : ${MOST_LINES} au plus à la fois. Collez la liste en plusieurs fois.`
    throw new Invalid(message, { text: [message] })
  }
  const { text: _, ...common } = input
  const lines = people.map(person => readLine({ ...person, ...common }))
  const guessed = await previewImport(context, actor, lines)
  // The institution that the address makes one think of is offered, to be looked at and changed.
  const offered = guessed.effects.map(({ line, guess }) => ({
    ...line,
    organisation: line.organisation || (guess?.slug ?? ''),
  }))
  return { ...(await previewImport(context, actor, offered)), unread }
}

/** The file to fill in: its columns, and one example of a mandate and of a function in the consortium. @throws NotFound, Forbidden (H34) */
export async function importTemplate(
  _context: Context,
  actor: Actor,
  format: 'csv' | 'xlsx',
): Promise<SpreadsheetFile> {
  mandateGovernor(actor)
  const example: Record<keyof ImportLine, string> = {
    givenName: 'Claire',
    familyName: 'Exemple',
    email: 'claire.exemple@structure.test',
    civilite: 'Mme',
    qualite: 'directrice adjointe',
    organisation: 'CAF',
    instance: 'Parcours',
    function: 'membre',
    voice: 'non',
    startsOn: '01/09/2026',
    endsOn: '',
    titulaire: '',
  }
  const correspondant: typeof example = {
    ...example,
    givenName: 'Alex',
    email: 'alex.exemple@structure.test',
    civilite: 'M.',
    qualite: 'chargé de mission',
    instance: '',
    function: 'correspondant',
    voice: '',
  }
  const table = {
    name: 'Personnes',
    columns: names.map(name => ({ header: headers[name], width: 22 })),
    rows: [example, correspondant].map(line => names.map(name => line[name])),
  }
  return spreadsheetFile([table], format)
}

/** Fields that cannot be kept as text are emptied: the preview then says what is missing. */
function readLine(fields: Record<string, string>): ImportLine {
  const read = importLine.safeParse(fields)
  if (read.success) return read.data
  const wrong = new Set(read.error.issues.map(issue => String(issue.path[0])))
  const kept = Object.fromEntries(Object.entries(fields).filter(([name]) => !wrong.has(name)))
  return importLine.parse(kept)
}
