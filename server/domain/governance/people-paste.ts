import { isEmail } from '#server/vocabulary/fields.ts'
import type { Civilite } from '#server/vocabulary/governance.ts'

/** Somebody as an address book writes them: « Claire VIDAL <claire.vidal@caf.fr> ». */
export type PastedPerson = { givenName: string; familyName: string; email: string; civilite: Civilite | '' }

/** People of a line or a list that was pasted; `unread` holds the pieces in which no address was found. */
export type Pasted = { people: PastedPerson[]; unread: string[] }

/** Nobody’s name and address are longer; reading more would take the time of everybody else. */
const LONGEST_PIECE = 1000

/**
 * Reads what Outlook, a spreadsheet or a message gives: `Prénom NOM <courriel>; …`, `"NOM, Prénom" <courriel>`, addresses
 * alone; separated by semicolons, commas, lines or tabs. Names are proposals: the person who pasted them corrects them.
 */
export function readPastedPeople(text: string): Pasted {
  const pasted: Pasted = { people: [], unread: [] }
  for (const line of text.replaceAll('\u00a0', ' ').split(/[\r\n]+/)) {
    for (const piece of line.includes('\t') ? [line] : piecesOf(line)) {
      const person = piece.length > LONGEST_PIECE ? null : readPiece(piece)
      if (person) pasted.people.push(person)
      else if (piece.trim() !== '') pasted.unread.push(piece.trim().slice(0, 100))
    }
  }
  return pasted
}

function readPiece(piece: string): PastedPerson | null {
  return piece.includes('\t') ? fromCells(piece.split('\t')) : fromPiece(piece)
}

/** « VIDAL » and « vidal » become « Vidal »; what has capitals and small letters keeps them. */
export function properCase(name: string): string {
  const clean = name.replace(/\s+/g, ' ').trim()
  if (clean !== clean.toLocaleUpperCase('fr') && clean !== clean.toLocaleLowerCase('fr')) return clean
  return clean
    .toLocaleLowerCase('fr')
    .replace(/(^|[\s'’-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toLocaleUpperCase('fr'))
}

/** Parts a line at semicolons and commas that stand neither in quotes nor inside « NOM, Prénom <…> ». */
function piecesOf(line: string): string[] {
  const pieces: string[] = []
  let piece = ''
  let quoted = false
  // Kept while reading: looking again at a piece for each of its commas takes the square of its length.
  let addressed = false
  let blank = true
  const end = () => {
    pieces.push(piece)
    piece = ''
    addressed = false
    blank = true
  }
  for (const character of line) {
    if (character === '"') quoted = !quoted
    const separates = character === ';' || (character === ',' && (addressed || blank))
    if (separates && !quoted) end()
    else {
      piece += character
      addressed ||= character === '@'
      blank &&= character.trim() === ''
    }
  }
  end()
  return pieces.map(each => each.trim()).filter(Boolean)
}

function fromPiece(piece: string): PastedPerson | null {
  const bracketed = /^(.*?)[<([]\s*(?:mailto:)?([^<>()[\]\s@]+@[^<>()[\]\s@]+)\s*[>)\]]/i.exec(piece)
  if (bracketed) return person(bracketed[1] ?? '', bracketed[2] ?? '')
  const words = piece.split(/\s+/)
  const at = words.findIndex(word => word.includes('@'))
  if (at < 0) return null
  return person(words.filter((_, index) => index !== at).join(' '), words[at] ?? '')
}

/** A line of a spreadsheet: the cell with an address, and the names before it. */
function fromCells(cells: readonly string[]): PastedPerson | null {
  const at = cells.findIndex(cell => cell.includes('@'))
  if (at < 0) return null
  const [first = '', second = ''] = cells.filter((cell, index) => index !== at && cell.trim() !== '')
  const read = person(second === '' ? first : '', cells[at] ?? '')
  return read && second !== '' ? { ...read, givenName: properCase(first), familyName: properCase(second) } : read
}

function person(name: string, address: string): PastedPerson | null {
  const email = address
    .trim()
    .replace(/^mailto:/i, '')
    .replace(/[.,;>]+$/, '')
    .toLowerCase()
  if (!isEmail(email)) return null
  const { civilite, rest } = withoutCivilite(
    name
      .replaceAll(/["“”«»]/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  )
  return { ...(rest === '' ? namesOfAddress(email) : namesOf(rest)), email, civilite }
}

function withoutCivilite(name: string): { civilite: Civilite | ''; rest: string } {
  const match = /^(madame|mme|monsieur|mr|m)\.?\s+/i.exec(name)
  if (!match) return { civilite: '', rest: name }
  const civilite = /^mad|^mme/i.test(match[1] ?? '') ? 'madame' : 'monsieur'
  return { civilite, rest: name.slice(match[0].length) }
}

/** A family name in capitals tells which it is; else the first word is the given name. */
function namesOf(name: string): { givenName: string; familyName: string } {
  const [family, given] = name.split(',').map(each => each.trim())
  if (family && given) return { givenName: properCase(given), familyName: properCase(family) }
  const words = name.replaceAll(',', ' ').split(/\s+/).filter(Boolean)
  const isCapital = (word: string) => word.length > 1 && /\p{L}/u.test(word) && word === word.toLocaleUpperCase('fr')
  const capitals = words.filter(isCapital)
  const others = words.filter(word => !isCapital(word))
  if (capitals.length > 0 && others.length > 0) {
    return { givenName: properCase(others.join(' ')), familyName: properCase(capitals.join(' ')) }
  }
  const [givenName = '', ...familyName] = words
  return { givenName: properCase(givenName), familyName: properCase(familyName.join(' ')) }
}

/** « claire.vidal@… » : a proposal, and nothing when the address does not say. */
function namesOfAddress(email: string): { givenName: string; familyName: string } {
  const [givenName, ...familyName] = (email.split('@')[0] ?? '').split('.')
  const read = [givenName ?? '', familyName.join(' ')]
  if (!read.every(part => /^[a-z -]{2,}$/.test(part))) return { givenName: '', familyName: '' }
  return { givenName: properCase(read[0] ?? ''), familyName: properCase(read[1] ?? '') }
}
