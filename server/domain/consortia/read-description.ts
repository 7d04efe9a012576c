import { codesOf } from '#server/vocabulary/closed-list.ts'
import type { DecisionNature } from '#server/vocabulary/decisions.ts'
import { addressWord } from './address-word.ts'
import type { ConsortiumDescription } from './description.ts'
import { readInstances } from './read-instances.ts'
import { readOrganisations } from './read-organisations.ts'
import { readChefs, readPeople } from './read-people.ts'
import { type Cell, type Mistake, Sheet } from './sheet.ts'
import { codeOf, kindWords, natureWords, plainWord, visibilityWords } from './words.ts'

export type Reading = { description: ConsortiumDescription } | { mistakes: Mistake[] }

/** Every part of the file that describes a consortium; `docs/consortium.md` explains each to whoever writes one. */
const headings = {
  required: ['consortium', 'structures', 'instances', 'compétences', 'chefs de projet'],
  optional: ['territoires', 'visibilités par défaut', 'organes externes', 'personnes'],
}

/**
 * Reads the file that describes a consortium (YAML, with French headings).
 *
 * @returns what it describes, or every mistake it holds with its line and how to mend it, in the order of the file.
 */
export function readDescription(text: string): Reading {
  const sheet = new Sheet(text)
  if (sheet.mistakes.length > 0) return { mistakes: sheet.mistakes }
  const parts = sheet.part(sheet.root, 'le fichier', headings)
  const territories = readTerritories(sheet, parts.get('territoires'))
  const territoryOf = (cell: Cell | undefined, what: string) => checkedTerritory(sheet, territories, cell, what)
  const organisations = readOrganisations(sheet, parts.get('structures'), territoryOf)
  const slugs = organisations.map(({ slug }) => slug)
  const instances = readInstances(sheet, parts.get('instances'), { territoryOf, organisations: slugs })
  const instanceSlugs = instances.map(({ slug }) => slug)
  const chefs = readChefs(sheet, parts.get('chefs de projet'), slugs)
  const description: ConsortiumDescription = {
    ...readConsortium(sheet, parts.get('consortium')),
    organisations,
    instances,
    competence: readCompetence(sheet, parts.get('compétences'), instanceSlugs),
    visibilityDefaults: readVisibilities(sheet, parts.get('visibilités par défaut')),
    externalBodies: readExternalBodies(sheet, parts.get('organes externes'), slugs),
    chefs,
    people: readPeople(sheet, parts.get('personnes'), {
      organisations: slugs,
      instances: instanceSlugs,
      taken: chefs.map(({ email }) => email),
    }),
  }
  if (sheet.mistakes.length === 0) return { description }
  return { mistakes: sheet.mistakes.toSorted((one, other) => one.line - other.line) }
}

function readConsortium(sheet: Sheet, cell: Cell | undefined) {
  const what = 'le consortium'
  const parts = cell
    ? sheet.part(cell, what, { required: ['repère', 'nom', 'territoire'], optional: ['objet', 'premier jour'] })
    : new Map<string, Cell>()
  return {
    slug: addressWord(sheet, parts.get('repère'), what),
    name: sheet.text(parts.get('nom'), 'Le nom du consortium', 200),
    territory: sheet.text(parts.get('territoire'), 'Le territoire du consortium', 100),
    purpose: sheet.text(parts.get('objet'), 'L’objet du consortium', 2000),
    firstDay: sheet.day(parts.get('premier jour'), 'Le premier jour'),
  }
}

function readTerritories(sheet: Sheet, cell: Cell | undefined): string[] | null {
  if (!cell) return null
  return sheet.items(cell, 'les territoires').map(item => sheet.text(item, 'Le territoire', 100))
}

/** Where territories are listed, a structure or an instance may only name one of them. */
function checkedTerritory(sheet: Sheet, known: string[] | null, cell: Cell | undefined, what: string): string | null {
  if (!cell) return null
  const text = sheet.text(cell, `Le territoire (${what})`, 100)
  const found = known?.find(each => plainWord(each) === plainWord(text))
  if (known && text !== '' && !found) {
    sheet.mistake(
      cell.line,
      `Le territoire « ${text} » n’est pas dans la liste « territoires ». Ajoutez-le, ou corrigez-le.`,
    )
  }
  return found ?? (text || null)
}

const itself = ['elle-même', 'l’instance elle-même']

function readCompetence(sheet: Sheet, cell: Cell | undefined, instances: readonly string[]) {
  const competence = new Map<DecisionNature, string | null>()
  for (const { key, cell: value } of sheet.pairs(cell, 'les compétences')) {
    const nature = codeOf(natureWords, key)
    const text = sheet.text(value, `L’instance compétente (« ${key} »)`, 100)
    if (nature === null) {
      const known = codesOf(natureWords).map(each => `« ${natureWords[each]} »`)
      sheet.mistake(value.line, `« ${key} » n’est pas une nature de décision. Les natures sont : ${known.join(', ')}.`)
    } else if (competence.has(nature)) {
      sheet.mistake(value.line, `La nature « ${key} » est écrite deux fois. Gardez-en une.`)
    } else if (itself.some(word => plainWord(word) === plainWord(text))) competence.set(nature, null)
    else if (instances.includes(text)) competence.set(nature, text)
    else unknownInstance(sheet, value.line, text, instances)
  }
  const missing = codesOf(natureWords).filter(nature => !competence.has(nature))
  if (cell && missing.length > 0 && sheet.mistakes.length === 0) {
    const words = missing.map(nature => `« ${natureWords[nature]} »`).join(', ')
    sheet.mistake(
      cell.line,
      `Dites aussi quelle instance est compétente pour : ${words}. Sans cela, une telle décision ne relèverait de personne.`,
    )
  }
  return Object.fromEntries(competence) as ConsortiumDescription['competence']
}

function unknownInstance(sheet: Sheet, line: number, text: string, instances: readonly string[]): void {
  sheet.mistake(
    line,
    `Aucune instance n’a le repère « ${text} ». Écrivez l’un de ceux du fichier (${instances.join(', ')}), ou « elle-même » pour l’instance qui propose.`,
  )
}

function readVisibilities(sheet: Sheet, cell: Cell | undefined): ConsortiumDescription['visibilityDefaults'] {
  const found = sheet.pairs(cell, 'les visibilités par défaut').flatMap(({ key, cell: value }) => {
    const kind = codeOf(kindWords, key)
    const visibility = sheet.choice(value, `La visibilité (« ${key} »)`, visibilityWords, null)
    if (kind === null) {
      const known = codesOf(kindWords).map(each => kindWords[each])
      sheet.mistake(value.line, `« ${key} » n’est pas un type d’instance. Les types sont : ${known.join(', ')}.`)
    }
    if (visibility === 'instance' && (kind === 'groupe_operationnel' || kind === 'groupe_transversal')) {
      sheet.mistake(
        value.line,
        'Les comptes rendus des groupes techniques vont au moins à leur niveau : écrivez « niveau » ou « consortium ».',
      )
    }
    return kind && visibility ? [[kind, visibility] as const] : []
  })
  return Object.fromEntries(found)
}

function readExternalBodies(sheet: Sheet, cell: Cell | undefined, organisations: readonly string[]) {
  const names = new Set<string>()
  return sheet.items(cell, 'les organes externes').map(item => {
    const parts = sheet.part(item, 'un organe externe', { required: ['nom'], optional: ['structure', 'objet'] })
    const name = sheet.text(parts.get('nom'), 'Le nom de l’organe externe', 200)
    if (name && names.has(name)) sheet.mistake(item.line, `L’organe « ${name} » est écrit deux fois. Gardez-en un.`)
    names.add(name)
    const structure = sheet.text(parts.get('structure'), 'La structure de l’organe', 100)
    if (structure && !organisations.includes(structure)) {
      sheet.mistake(
        item.line,
        `Aucune structure n’a le repère « ${structure} ». Les repères sont : ${organisations.join(', ')}.`,
      )
    }
    return {
      name,
      organisation: structure || null,
      purpose: sheet.text(parts.get('objet'), 'L’objet de l’organe', 500),
    }
  })
}
