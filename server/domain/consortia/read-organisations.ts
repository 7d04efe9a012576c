import { addressWord } from './address-word.ts'
import type { OrganisationDescription } from './description.ts'
import type { Cell, Sheet } from './sheet.ts'
import { phaseWords } from './words.ts'

/** Reads and checks the territory that a structure or an instance names. */
export type TerritoryOf = (cell: Cell | undefined, what: string) => string | null

const ownName = ['nom', 'nom court', 'depuis']

/** The « structures » of the file. */
export function readOrganisations(sheet: Sheet, cell: Cell | undefined, territoryOf: TerritoryOf) {
  const taken: string[] = []
  return sheet.items(cell, 'les structures').map((item): OrganisationDescription => {
    const parts = sheet.part(item, 'une structure', {
      required: ['repère', 'phase'],
      optional: [...ownName, 'noms', 'territoire', 'entrée le', 'entrée par'],
    })
    const slug = addressWord(sheet, parts.get('repère'), 'une structure', taken)
    taken.push(slug)
    return {
      slug,
      phase: sheet.choice(parts.get('phase'), 'La phase', phaseWords, 'autre'),
      territory: territoryOf(parts.get('territoire'), slug),
      enteredOn: sheet.day(parts.get('entrée le'), 'Le jour d’entrée'),
      enteredByAct: sheet.text(parts.get('entrée par'), 'L’acte d’entrée', 300),
      names: readNames(sheet, item, parts),
    }
  })
}

/** One name, written with the structure, or a list of dated ones. */
function readNames(sheet: Sheet, item: Cell, parts: ReadonlyMap<string, Cell>): OrganisationDescription['names'] {
  const dated = parts.get('noms')
  if (!dated) {
    if (!parts.has('nom')) sheet.mistake(item.line, 'Il manque « nom » pour une structure. Ajoutez cette ligne.')
    return [nameIn(sheet, parts)]
  }
  if (ownName.some(heading => parts.has(heading))) {
    sheet.mistake(dated.line, 'Cette structure a « noms » et « nom » : gardez la liste « noms » seule.')
  }
  const lines = sheet.items(dated, 'les noms successifs')
  const names = lines.map(line =>
    nameIn(sheet, sheet.part(line, 'un nom de structure', { required: ['nom'], optional: ['nom court', 'depuis'] })),
  )
  names.forEach((name, rank) => {
    const line = lines[rank]?.line ?? dated.line
    const before = names[rank - 1]
    if (!before) return
    if (name.from === null)
      sheet.mistake(line, `Dites depuis quel jour la structure s’appelle « ${name.name} » (« depuis »).`)
    else if (before.from !== null && before.from >= name.from) {
      sheet.mistake(
        line,
        'Les noms d’une structure se suivent, du plus ancien au plus récent : remettez-les dans l’ordre.',
      )
    }
  })
  return names
}

function nameIn(sheet: Sheet, parts: ReadonlyMap<string, Cell>) {
  const name = sheet.text(parts.get('nom'), 'Le nom de la structure', 200)
  const shortName = sheet.text(parts.get('nom court'), 'Le nom court de la structure', 60)
  return { from: sheet.day(parts.get('depuis'), 'Le jour du nom'), name, shortName: shortName || name.slice(0, 60) }
}
